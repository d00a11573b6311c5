"""What Discord lets into a message, and what it makes of it: trimming, limits, components, mentions.

Limits: Discord's documentation, resources/message and components/reference.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tests.wire.errors import ApiError, invalid
from tests.wire.world import Json, MessageFlag, User

if TYPE_CHECKING:
    from tests.wire.world import World

MAX_CONTENT = 2000
MAX_EMBEDS = 10
MAX_FILES = 10
MAX_NONCE = 25
MAX_COMPONENTS = 40
MAX_COMPONENT_TEXT = 4000
MAX_CUSTOM_ID = 100
_TEXT_DISPLAY = 10
_SELECT_DEFAULTS: Json = {"min_values": 1, "max_values": 1, "disabled": False}
#: By type.
_FILLED_IN: dict[int, Json] = {
    **dict.fromkeys((3, 5, 6, 7, 8), _SELECT_DEFAULTS),
    17: {"accent_color": None, "spoiler": False},
}
_ACCESSORIES = ("components", "component", "accessory")
_USER_MENTION = re.compile(r"<@!?([0-9]+)>")
#: What a bot may set when it writes; everything else is Discord's to set.
_SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)


def read_content(body: Json, *, has_files: bool) -> str:
    """The trimmed content. Raises 50035 over the limit, 50006 when there is nothing at all to show."""
    content = (body.get("content") or "").strip()
    if len(content) > MAX_CONTENT:
        raise invalid("content", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_CONTENT} or fewer in length.")
    if not (content or has_files or body.get("embeds") or body.get("components") or body.get("sticker_ids")):
        raise ApiError(400, 50006, "Cannot send an empty message")
    return content


def read_flags(body: Json) -> int:
    """The flags that the author may choose."""
    return int(body.get("flags") or 0) & _SETTABLE


def read_nonce(body: Json) -> str | None:
    nonce = body.get("nonce")
    if nonce is None:
        return None
    if len(str(nonce)) > MAX_NONCE:
        raise invalid("nonce", "NONCE_TYPE_TOO_LONG", f"Must be {MAX_NONCE} or fewer in length.")
    return str(nonce)


def check_shape(body: Json, flags: int, *, files: int) -> None:
    """Refuse what can't stand together, and what is too much."""
    if files > MAX_FILES:
        raise ApiError(400, 30015, "Maximum number of attachments reached (10)")
    if len(body.get("embeds") or ()) > MAX_EMBEDS:
        raise invalid("embeds", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_EMBEDS} or fewer in length.")
    components = body.get("components") or []
    if flags & MessageFlag.COMPONENTS_V2:
        for field in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(field):
                raise invalid(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Not with V2.")
    elif any(component["type"] != 1 for component in components):
        raise invalid("components", "UNION_TYPE_CHOICES", "Only action rows without the V2 flag.")
    _check_components(components)


def walk_components(components: Iterable[Json]) -> Iterator[Json]:
    """Every component of a message or form, outer ones first."""
    for component in components:
        yield component
        for place in _ACCESSORIES:
            below = component.get(place)
            yield from walk_components(below if isinstance(below, list) else [below] if below else [])


def numbered(components: list[Json]) -> list[Json]:
    """The same with ids, which Discord gives to those that have none, and what else it fills in."""
    taken = {component.get("id") for component in walk_components(components)}
    free = (number for number in range(1, 1000) if number not in taken)
    for component in walk_components(components):
        if not component.get("id"):
            component["id"] = next(free)
        for name, value in _FILLED_IN.get(component["type"], {}).items():
            component.setdefault(name, value)
    return components


def mentioned_users(world: "World", content: str, body: Json, *, replied: User | None) -> list[User]:
    """Who is pinged. Without ``allowed_mentions`` everybody named is, and the author replied to."""
    allowed = body.get("allowed_mentions")
    named = [int(found) for found in _USER_MENTION.findall(content)]
    if allowed is not None and "users" not in (allowed.get("parse") or ()):
        chosen = {int(user_id) for user_id in allowed.get("users") or ()}
        named = [user_id for user_id in named if user_id in chosen]
    if replied is not None and (allowed is None or allowed.get("replied_user")):
        named.append(replied.id)
    return [world.users[user_id] for user_id in dict.fromkeys(named) if user_id in world.users]


def mentions_everyone(content: str, body: Json) -> bool:
    """Whether ``@everyone`` or ``@here`` would ring, the right to do so left aside."""
    allowed = body.get("allowed_mentions")
    parsed = allowed is None or "everyone" in (allowed.get("parse") or ())
    return parsed and ("@everyone" in content or "@here" in content)


def _check_components(components: list[Json]) -> None:
    everything = list(walk_components(components))
    if len(everything) > MAX_COMPONENTS:
        raise invalid("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components.")
    if sum(len(c["content"]) for c in everything if c["type"] == _TEXT_DISPLAY) > MAX_COMPONENT_TEXT:
        raise invalid("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "At most 4000 characters.")
    custom_ids = [component["custom_id"] for component in everything if component.get("custom_id")]
    if len(custom_ids) != len(set(custom_ids)):
        raise invalid(
            "components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    if any(len(custom_id) > MAX_CUSTOM_ID for custom_id in custom_ids):
        raise invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    if any(c["type"] == 1 and len(c["components"]) > 5 for c in everything):
        raise invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
