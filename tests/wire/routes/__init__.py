"""The REST API, a room a topic. Importing a room puts its routes into the table."""

from tests.wire.routes import (
    application,
    channels,
    guilds,
    interactions,
    messages,
    reactions,
    threads,
    webhooks,
)
from tests.wire.routes.table import ROUTES, Call, Route

__all__ = [
    "ROUTES",
    "Call",
    "Route",
    "application",
    "channels",
    "guilds",
    "interactions",
    "messages",
    "reactions",
    "threads",
    "webhooks",
]
