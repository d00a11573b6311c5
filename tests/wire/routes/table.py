"""The table of routes, and what a handler is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.wire.gateway import Gateway
from tests.wire.interactions import Interactions
from tests.wire.posting import Draft, Upload
from tests.wire.world import Channel, Guild, Json, Message, World


@dataclass(frozen=True)
class Call:
    """One request, read."""

    world: World
    gateway: Gateway
    interactions: Interactions
    args: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    uploads: list[Upload]

    @property
    def json(self) -> Json:
        """The body where it is an object; empty where there is none."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def draft(self) -> Draft:
        """The body as a message."""
        return Draft(self.json, self.uploads)

    @property
    def channel(self) -> Channel:
        """The channel or thread that the path names."""
        return self.world.get_channel(self.number("channel_id"))

    @property
    def message(self) -> Message:
        """The message that the path names, in that channel."""
        return self.world.get_message(self.channel, self.number("message_id"))

    @property
    def guild(self) -> Guild:
        """The guild that the path names."""
        return self.world.get_guild(self.number("guild_id"))

    def number(self, name: str) -> int:
        """An id out of the path."""
        return int(self.args[name])


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    """One route; its name is the handler's, which limits, faults and the log go by."""

    method: str
    path: str
    handler: Handler
    #: Proven by a token in the path instead of the bot's; outside the global limit too.
    public: bool = False
    #: What is answered when it is done and there is something to say.
    success: int = 200

    @property
    def name(self) -> str:
        return self.handler.__name__


ROUTES: list[Route] = []


def route(
    method: str, path: str, *, public: bool = False, success: int = 200
) -> Callable[[Handler], Handler]:
    """Put a handler into the table. It returns the answer's document, or None for 204."""

    def register(handler: Handler) -> Handler:
        ROUTES.append(Route(method, path, handler, public, success))
        return handler

    return register
