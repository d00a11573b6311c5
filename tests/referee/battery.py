"""Requests that must pass and requests that must fail: they keep the referee honest, and the wire."""

from dataclasses import dataclass, field
from typing import Any

_V2 = 1 << 15
_ROW, _BUTTON, _SELECT, _SECTION, _TEXT, _CONTAINER = 1, 2, 3, 9, 10, 17
TEXT_CHANNEL, THREAD, FORUM = 0, 11, 15


@dataclass(frozen=True)
class Attempt:
    """A request: what, where (by kind of place), and with which files and words in the query."""

    place: str
    body: Any
    files: int = 0
    query: dict[str, str] = field(default_factory=dict)
    #: Nothing but a schema of Discord forbids it, and the wire doesn't mind.
    only_here: bool = False


def text(content: str) -> dict[str, Any]:
    return {"type": _TEXT, "content": content}


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": _BUTTON, "style": 2, "label": "Answer", "custom_id": f"rj:a:{number}"} | more


def link(**more: Any) -> dict[str, Any]:
    return {"type": _BUTTON, "style": 5, "label": "Parent", "url": "https://lamp.example/1"} | more


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": _ROW, "components": list(buttons)}


def section(number: int, content: str = "words") -> dict[str, Any]:
    return {"type": _SECTION, "components": [text(content)], "accessory": button(number)}


def page(*components: dict[str, Any]) -> dict[str, Any]:
    """A message of Components V2."""
    return {"flags": _V2, "components": [{"type": _CONTAINER, "components": list(components)}]}


def choice(count: int) -> dict[str, Any]:
    options = [{"label": f"Comment {n}", "value": str(n)} for n in range(count)]
    return row({"type": _SELECT, "custom_id": "which", "options": options})


def embed(**parts: Any) -> dict[str, Any]:
    return {"description": "words"} | parts


def message(body: Any, **more: Any) -> Attempt:
    return Attempt("message", body, **more)


def post(**more: Any) -> Attempt:
    return Attempt("post", {"name": "A post", "message": {"content": "first"}} | more)


def voice(**more: Any) -> Attempt:
    return Attempt("webhook", {"content": "words", "username": "Ida Brekke"} | more, query={"wait": "true"})


def form(**more: Any) -> dict[str, Any]:
    entry = {"type": 4, "custom_id": "answer", "style": 2}
    label = {"type": 18, "label": "Your answer", "component": entry}
    return {"type": 9, "data": {"custom_id": "form", "title": "Answer", "components": [label]} | more}


def choices(count: int, name: str = "one") -> dict[str, Any]:
    return {"type": 8, "data": {"choices": [{"name": name, "value": str(n)} for n in range(count)]}}


def option(**more: Any) -> dict[str, Any]:
    return {"name": "article", "description": "which", "type": 3} | more


def commands(**more: Any) -> Attempt:
    return Attempt(
        "commands", [{"name": "import", "description": "Import", "type": 1} | more], only_here=True
    )


ALLOWED: dict[str, Attempt] = {
    "words": message({"content": "x" * 2000, "nonce": "n" * 25, "enforce_nonce": True}),
    "an arrow": message(
        {"content": "x", "message_reference": {"message_id": 5, "fail_if_not_exists": False}}
    ),
    "ids as words": message(
        {"content": "x", "message_reference": {"message_id": "5", "fail_if_not_exists": False}}
    ),
    "a page": message(page(text("x" * 3000), *(section(n) for n in range(11)), row(link()))),
    "a select": message({"content": "which?", "components": [choice(25)]}),
    "ten embeds": message({"embeds": [embed()] * 10}),
    "ten files": message({"content": "x"}, files=10),
    "a post": post(name="n" * 100, applied_tags=[]),
    "a voice": voice(components=[row(link())]),
    "a form": Attempt("callback", form()),
    "25 choices": Attempt("callback", choices(25)),
    "a command": commands(options=[option() | {"name": f"option{n}"} for n in range(25)]),
    "history": Attempt("history", None, query={"limit": "100", "after": "5"}),
}
FORBIDDEN: dict[str, Attempt] = {
    "2,001 characters": message({"content": "x" * 2001}),
    "2,001 characters in a post": post(message={"content": "x" * 2001}),
    "2,001 characters by webhook": voice(content="x" * 2001),
    "11 embeds": message({"embeds": [embed()] * 11}),
    "an embed of 4,097 characters": message({"embeds": [embed(description="x" * 4097)]}, only_here=True),
    "embeds of 6,001 characters": message({"embeds": [embed(description="x" * 3001)] * 2}, only_here=True),
    "26 fields": message({"embeds": [embed(fields=[{"name": "a", "value": "b"}] * 26)]}, only_here=True),
    "11 files": message({"content": "x"}, files=11),
    "a nonce of 26": message({"content": "x", "nonce": "n" * 26}),
    "41 components": message(page(text("x"), *(section(n) for n in range(13)))),
    "41 components side by side": message({"flags": _V2, "components": [text("x")] * 41}),
    "4,001 characters in components": message(page(text("x" * 2001), text("x" * 2000))),
    "a text of 4,001 characters": message(page(text("x" * 4001))),
    "an empty text": message(page(text("")), only_here=True),
    "a custom id of 101": message({"components": [row(button(custom_id="x" * 101))]}),
    "a custom id twice": message({"components": [row(button(1), button(1))]}),
    "a button without an id": message({"components": [row(button(custom_id=None))]}, only_here=True),
    "a link with an id": message({"components": [row(link(custom_id="x"))]}, only_here=True),
    "a link that is no address": message({"components": [row(link(url="no address"))]}, only_here=True),
    "an address of 513": message(
        {"components": [row(link(url="https://a.example/" + "x" * 496))]}, only_here=True
    ),
    "a label of 81": message({"components": [row(button(label="x" * 81))]}, only_here=True),
    "a button without a word": message({"components": [row(button(label=None))]}, only_here=True),
    "6 buttons in a row": message({"components": [row(*(button(n) for n in range(6)))]}),
    "26 options": message({"components": [choice(26)]}, only_here=True),
    "a section of 4 texts": message(page(section(1) | {"components": [text("x")] * 4}), only_here=True),
    "a section without its button": message(
        page({"type": _SECTION, "components": [text("x")]}), only_here=True
    ),
    "V2 without its flag": message(page(text("x")) | {"flags": 0}),
    "V2 beside content": message(page(text("x")) | {"content": "x"}),
    "a field that Discord doesn't know": message({"content": "x", "colour": "blue"}, only_here=True),
    "an id that is no number": message(
        {"content": "x", "message_reference": {"message_id": "x"}}, only_here=True
    ),
    "a mention that Discord doesn't know": message(
        {"content": "x", "allowed_mentions": {"parse": ["people"]}}, only_here=True
    ),
    "a post without a name": post(name=""),
    "a post with a name of 101": post(name="n" * 101),
    "a post with 6 tags": post(applied_tags=["1"] * 6),
    "a post archived after 61 minutes": post(auto_archive_duration=61),
    "a post without a message": Attempt("post", {"name": "A post"}),
    "a post's message in a text channel": Attempt(
        "thread", {"name": "A thread", "message": {"content": "x"}}, only_here=True
    ),
    "a thread with a name of 101": Attempt("thread", {"name": "n" * 101}),
    "a voice with a name of 81": voice(username="n" * 81),
    "a form with a title of 46": Attempt("callback", form(title="x" * 46), only_here=True),
    "a form with a label of 46": Attempt(
        "callback",
        form(
            components=[
                {"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a", "style": 1}}
            ]
        ),
        only_here=True,
    ),
    "a form without fields": Attempt("callback", form(components=[]), only_here=True),
    "26 choices": Attempt("callback", choices(26), only_here=True),
    "a choice of 101 characters": Attempt("callback", choices(1, "x" * 101), only_here=True),
    "a command with a name of 33": commands(name="x" * 33),
    "a command with a description of 101": commands(description="x" * 101),
    "26 options of a command": commands(options=[option()] * 26),
    "26 choices of an option": commands(options=[option(choices=[{"name": "a", "value": "a"}] * 26)]),
    "an option of a type that isn't": commands(options=[option(type=99)]),
    "a page of 101": Attempt("history", None, query={"limit": "101"}),
    "a word that the query doesn't know": Attempt("history", None, query={"offset": "3"}, only_here=True),
    "a route that isn't": Attempt("nowhere", None, only_here=True),
}
