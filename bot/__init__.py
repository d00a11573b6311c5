"""Rejoinder: an old discussion, carried on live in Discord."""
