"""When a request may leave: what Discord's answers taught about its limits. Knows no discord.py."""
