"""What Discord says about the bot's account and its rights, asked over REST without going online."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Literal

import aiohttp
import discord

from bot.adapters import endpoints
from bot.errors import ConfigError, DeliveryError
from bot.ports.records import ChannelId, GuildId
from bot.ports.rights import PORTAL, Right, missing_rights
from bot.settings import DiscordSettings

#: Seconds for the login, and again for each server. discord.py itself would wait for minutes.
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Account:
    """The application behind the token."""

    name: str
    application_id: int
    #: The intent is on in the developer portal.
    message_content: bool
    #: Discord sends interactions to a web address instead of the bot, which then never sees a command.
    interactions_elsewhere: bool


@dataclass(frozen=True, slots=True)
class ChannelRights:
    """A channel in which articles can go."""

    channel_id: ChannelId
    name: str
    kind: Literal["text", "forum"]
    missing: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class GuildRights:
    """A server that the bot is in."""

    guild_id: GuildId
    name: str
    #: By the bot's roles, whatever single channels say.
    missing: tuple[Right, ...]
    channels: tuple[ChannelRights, ...]


class Inspection:
    """An open connection to Discord's REST interface. Every method raises DeliveryError with a sentence."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def account(self) -> Account:
        """Known since the login."""
        application, user = self._client.application, self._client.user
        assert application is not None, "login fetches it"
        assert user is not None, "login fetches it"
        flags = application.flags
        return Account(
            name=str(user),
            application_id=application.id,
            message_content=flags.gateway_message_content or flags.gateway_message_content_limited,
            interactions_elsewhere=application.interactions_endpoint_url is not None,
        )

    async def guilds(self) -> AsyncIterator[GuildRights]:
        """Every server that the bot is in, with the bot's rights there."""
        async with _sentences():
            found = [guild async for guild in self._client.fetch_guilds(limit=None, with_counts=False)]
        for guild in found:
            async with _sentences():
                rights = await self._rights_in(guild.id)
            yield rights

    async def _rights_in(self, guild_id: int) -> GuildRights:
        user = self._client.user
        assert user is not None, "login fetches it"
        guild = await self._client.fetch_guild(guild_id, with_counts=False)
        me = await guild.fetch_member(user.id)
        channels = await guild.fetch_channels()
        return GuildRights(
            guild_id=GuildId(guild.id),
            name=guild.name,
            missing=_missing(me.guild_permissions),
            channels=tuple(rights for channel in channels if (rights := _rights_at(channel, me))),
        )


@asynccontextmanager
async def connect(settings: DiscordSettings) -> AsyncIterator[Inspection]:
    """Log in over REST. Raises ConfigError when Discord refuses the token, DeliveryError when it is unreachable."""
    endpoints.use(api_base=settings.api_base, gateway_url=settings.gateway_url)
    async with discord.Client(intents=discord.Intents.none()) as client:
        async with _sentences():
            try:
                await client.login(settings.token.get_secret_value())
            except discord.LoginFailure as error:
                raise ConfigError(
                    "discord.token is not accepted by Discord.",
                    next_step=f"Reset it at {PORTAL} (your application, Bot, Reset Token) and put the new one in its place.",
                ) from error
        yield Inspection(client)


@asynccontextmanager
async def _sentences() -> AsyncIterator[None]:
    """Discord's and the network's failures as sentences, after a patience that a person has."""
    try:
        async with asyncio.timeout(_PATIENCE):
            yield
    except discord.HTTPException as error:
        raise DeliveryError(f"Discord answered with status {error.status}.") from error
    except TimeoutError as error:
        raise DeliveryError(f"Discord did not answer within {_PATIENCE:.0f} seconds.") from error
    except (aiohttp.ClientError, OSError) as error:
        raise DeliveryError(f"Discord can't be reached: {error}.") from error


def _rights_at(channel: discord.abc.GuildChannel, me: discord.Member) -> ChannelRights | None:
    kind = _kind(channel)
    if kind is None:
        return None
    missing = _missing(channel.permissions_for(me), kind)
    return ChannelRights(ChannelId(channel.id), channel.name, kind, missing)


def _missing(held: discord.Permissions, kind: Literal["text", "forum"] | None = None) -> tuple[Right, ...]:
    return missing_rights(lambda attribute: getattr(held, attribute), kind=kind)


def _kind(channel: discord.abc.GuildChannel) -> Literal["text", "forum"] | None:
    match channel.type:
        case discord.ChannelType.text:
            return "text"
        case discord.ChannelType.forum:
            return "forum"
        case _:
            return None
