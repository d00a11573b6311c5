"""Addresses to bytes: what may be asked (guard), how (wire, turns, robots), and what an answer is worth."""
