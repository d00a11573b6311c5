"""Dates as people write them on the web, in some fifty languages: read whole, or found within a line."""
