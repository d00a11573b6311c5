"""The pure core: what a discussion is and how it becomes messages.

Nothing in this package knows Discord's client, a database, a clock or an event loop.
"""
