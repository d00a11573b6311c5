"""What happens in our threads reaches the tracker, and nothing else does."""

from discord.ext import commands

from bot.adapters.gateway import Gateway
from bot.client import Rejoinder


class Tracking(commands.Cog):
    """Listens while it is loaded."""

    def __init__(self, bot: Rejoinder) -> None:
        self._gateway = Gateway(bot, bot.services.tracker, bot.services.arrivals, echo=bot.hear)

    async def cog_load(self) -> None:
        """Before the bot connects: no event may pass unheard."""
        self._gateway.listen()

    async def cog_unload(self) -> None:
        """Events go past us."""
        self._gateway.stop()


async def setup(bot: Rejoinder) -> None:
    """Add the cog."""
    await bot.add_cog(Tracking(bot))
