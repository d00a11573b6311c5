"""What no schema can say of a message: sums, and what goes together."""

from collections.abc import Iterator, Mapping
from typing import Any

_TEXT, _COMPONENTS, _EMBED_TEXT = 4000, 40, 6000
_V2 = 1 << 15
_ROW, _BUTTON, _TEXT_DISPLAY, _LINK, _PREMIUM = 1, 2, 10, 5, 6
_LEGACY = ("content", "embeds", "poll", "sticker_ids")
_BELOW = ("components", "component", "accessory")


def wrong_sums(body: Any) -> Iterator[str]:
    """Everything that is too much, or doesn't go together, in the messages of a request."""
    for message in _messages(body):
        given = message.get("components")
        components = [c for c in given if isinstance(c, dict)] if isinstance(given, list) else []
        yield from _wrong_components([*_walk(components)])
        yield from _wrong_parts(message, components)


def _messages(body: Any) -> Iterator[Mapping[str, Any]]:
    """The body itself, and the message that a forum post or an answer holds."""
    if isinstance(body, dict):
        yield from (part for part in (body, body.get("message"), body.get("data")) if isinstance(part, dict))


def _walk(components: list[Any]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        for place in _BELOW:
            below = component.get(place)
            yield from _walk(below if isinstance(below, list) else [below] if below else [])


def _wrong_components(components: list[Mapping[str, Any]]) -> Iterator[str]:
    if len(components) > _COMPONENTS:
        yield f"{len(components)} components, {_COMPONENTS} are allowed"
    text = sum(len(c.get("content", "")) for c in components if c.get("type") == _TEXT_DISPLAY)
    if text > _TEXT:
        yield f"{text} characters in components, {_TEXT} are allowed"
    ids = [c["custom_id"] for c in components if c.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield "a custom id that occurs twice"
    for button in (c for c in components if c.get("type") == _BUTTON):
        yield from _wrong_button(button)


def _wrong_button(button: Mapping[str, Any]) -> Iterator[str]:
    style, has_id, has_url = button.get("style"), bool(button.get("custom_id")), bool(button.get("url"))
    if style == _LINK and (has_id or not has_url):
        yield "a link button needs an address and no custom id"
    if style not in {_LINK, _PREMIUM} and (has_url or not has_id):
        yield "a button needs a custom id and no address"
    if style != _PREMIUM and not (button.get("label") or button.get("emoji")):
        yield "a button without a word on it"


def _wrong_parts(message: Mapping[str, Any], components: list[Any]) -> Iterator[str]:
    is_form = "title" in message
    if int(message.get("flags") or 0) & _V2:
        yield from (f"{field} beside V2 components" for field in _LEGACY if message.get(field))
    elif not is_form and any(component.get("type") != _ROW for component in components):
        yield "V2 components without their flag"
    embeds = sum(_embed_characters(embed) for embed in message.get("embeds") or ())
    if embeds > _EMBED_TEXT:
        yield f"{embeds} characters in embeds, {_EMBED_TEXT} are allowed"


def _embed_characters(embed: Mapping[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field.get(part) for field in embed.get("fields") or () for part in ("name", "value")]
    return sum(len(text) for text in texts if text)
