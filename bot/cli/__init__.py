"""The `rejoinder` command: one room a command; what is heavy to import is imported where it is used."""
