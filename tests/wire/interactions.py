"""Interactions: what a person asked of the bot, and what came back."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

from tests.wire.errors import ApiError
from tests.wire.payloads import channel_payload, member_payload, message_payload, user_payload
from tests.wire.world import Channel, Json, Member, Message, World

#: Discord's documentation, interactions/receiving-and-responding.
FIRST_ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 900.0
_TOKEN_BYTES = 162


class Kind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Callback(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """One act of a person, with everything that the bot showed them for it."""

    id: int
    token: str
    kind: Kind
    member: Member
    channel: Channel
    asked_at: float
    #: The message whose button was pressed or select was used.
    source: Message | None = None
    #: The act that opened the form which this one hands in.
    form: "Interaction | None" = None
    callback: Callback | None = None
    #: The bot's answer; for an update the source itself.
    message: Message | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    followups: list[Message] = field(default_factory=list)
    #: When the first answer came, in seconds of the loop.
    answered_at: float | None = None
    #: Whether there is something to read, which a deferred answer alone is not.
    shown: bool = False

    @property
    def metadata(self) -> Json:
        """What Discord writes on messages that answer it."""
        metadata: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": user_payload(self.member.user),
            "authorizing_integration_owners": {"0": str(self.channel.guild_id)},
        }
        if self.kind is Kind.COMPONENT and self.source is not None:
            metadata["interacted_message_id"] = str(self.source.id)
        if self.form is not None:
            metadata["triggering_interaction_metadata"] = self.form.metadata
        return metadata


class Interactions:
    """All interactions by token."""

    def __init__(self, world: World, *, clock: Callable[[], float]) -> None:
        self._world = world
        self._clock = clock
        #: How long a person's client waits; a test that is not about speed gives a starved machine more.
        self.first_answer_seconds = FIRST_ANSWER_SECONDS
        self._by_token: dict[str, Interaction] = {}

    def begin(
        self,
        kind: Kind,
        member: Member,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        form: Interaction | None = None,
    ) -> Interaction:
        """Tell the bot of an act."""
        interaction = Interaction(
            id=self._world.new_id(),
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            kind=kind,
            member=member,
            channel=channel,
            asked_at=self._clock(),
            source=source,
            form=form,
        )
        self._by_token[interaction.token] = interaction
        self._world.tell("INTERACTION_CREATE", self._payload(interaction, data), channel.guild_id)
        return interaction

    def to_answer(self, interaction_id: int, token: str) -> Interaction:
        """The one that a callback is for. Raises 10062 when it is too late, 40060 when it was answered."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise ApiError(404, 10062, "Unknown interaction")
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        if self._clock() - interaction.asked_at > self.first_answer_seconds:
            raise ApiError(404, 10062, "Unknown interaction")
        return interaction

    def note_answer(self, interaction: Interaction) -> None:
        """The first answer was taken."""
        interaction.answered_at = self._clock()

    def by_token(self, application_id: int, token: str) -> Interaction:
        """The one that a followup belongs to. Raises 10015, or 50027 after fifteen minutes."""
        interaction = self._by_token.get(token)
        if interaction is None or application_id != self._world.application_id:
            raise ApiError(404, 10015, "Unknown Webhook")
        if self._clock() - interaction.asked_at > TOKEN_SECONDS:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _payload(self, interaction: Interaction, data: Json) -> Json:
        world, member, channel = self._world, interaction.member, interaction.channel
        guild = world.guilds[channel.guild_id]
        permissions = guild.permissions(member.id, channel)
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(world.application_id),
            "type": int(interaction.kind),
            "token": interaction.token,
            "version": 1,
            "data": data,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "channel_id": str(channel.id),
            "channel": channel_payload(channel) | {"permissions": str(int(permissions))},
            "member": member_payload(member) | {"permissions": str(int(permissions))},
            "app_permissions": str(int(guild.permissions(world.bot.id, channel))),
            "locale": "en-US",
            "guild_locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if interaction.source is not None:
            payload["message"] = message_payload(world, interaction.source)
        return payload
