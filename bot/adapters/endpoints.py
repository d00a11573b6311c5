"""The one file that touches what discord.py keeps to itself; `tests/bot/adapters/test_endpoints.py` guards it."""

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


def use(*, api_base: str | None, gateway_url: str | None) -> None:
    """Speak to a proxy or another gateway instead of Discord's own; must be called before the login.

    These are attributes of classes: they hold for the process.
    """
    if api_base is not None:
        Route.BASE = api_base
        discord.asset.Asset.BASE = api_base
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway_url)
