"""What the descriptions of Discord lack although Discord has it: each with its reason."""

from collections.abc import Mapping
from typing import Any, Final

_LEFT_OUT = "discord.py 2.7.1 always sends it and Discord takes it; the description leaves it out"
_TOLD = "Discord sends it; the types leave it out"
_PARTIAL = "the documentation names ten fields more than the types"

#: (schema, field) of a request's body.
REQUEST_FIELDS: Final[dict[tuple[str, str], str]] = {
    ("ApplicationCommandUpdateRequest", "nsfw"): "documented in interactions/application-commands",
    ("BaseCreateMessageCreateRequest", "tts"): _LEFT_OUT,
    ("CreateForumThreadRequest", "type"): _LEFT_OUT,
    ("IncomingWebhookUpdateForInteractionCallbackRequestPartial", "tts"): _LEFT_OUT,
    ("IncomingWebhookUpdateRequestPartial", "tts"): _LEFT_OUT,
    ("MessageEditRequestPartial", "tts"): _LEFT_OUT,
}
#: (enumeration, value) of a request or an answer.
VALUES: Final[dict[tuple[str, int], str]] = {
    ("ChannelTypes", 16): "media channels, documented in resources/channel",
}
#: (operation, name) of a query.
QUERY_FIELDS: Final[dict[tuple[str, str], str]] = {
    ("create_thread", "use_nested_fields"): _LEFT_OUT,
}
#: (definition, field) of an event.
EVENT_FIELDS: Final[dict[tuple[str, str], str]] = {
    **{
        ("GatewayReadyDispatchData", field): _TOLD
        for field in (
            "session_type",
            "private_channels",
            "relationships",
            "presences",
            "guild_join_requests",
            "geo_ordered_rtc_regions",
            "auth",
            "_trace",
        )
    },
    **{
        (interaction, "channel.permissions"): _TOLD
        for interaction in (
            "APIApplicationCommandAutocompleteInteraction",
            "APIApplicationCommandInteractionWrapper",
            "APIMessageComponentInteraction",
            "APIModalSubmitInteraction",
        )
    },
    ("APIMessageComponentBaseInteractionData", "id"): _TOLD,
    ("APIMessageStringSelectInteractionData", "id"): _TOLD,
    ("APIMessageChannelSelectInteractionData", "id"): _TOLD,
    ("APIMessageUserSelectInteractionData", "id"): _TOLD,
}
#: Definitions of events that are left open.
OPEN_EVENTS: Final[dict[str, str]] = {
    "APIInteractionDataResolvedChannel": _PARTIAL,
    "APIInteractionDataResolvedChannelBase": _PARTIAL,
}


def with_values(components: Mapping[str, Any]) -> dict[str, Any]:
    """The components of the API's description, with the values that they lack."""
    schemas = dict(components["schemas"])
    for enumeration, value in VALUES:
        schema = schemas[enumeration]
        schemas[enumeration] = schema | {"oneOf": [*schema["oneOf"], {"const": value}]}
    return {**components, "schemas": schemas}
