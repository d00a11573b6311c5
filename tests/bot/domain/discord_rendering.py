"""What a Discord client makes of a message, as far as tests ask: visible text, and which markup came alive.

After the client's rules as they are known from simple-markdown and its public descendants: at every place the
first rule that matches wins; of emphasis, underline and strikethrough the longest match wins.
"""

import re
from dataclasses import dataclass, field

_LINE = [
    ("heading", re.compile(r" *#{1,3}\s+(?P<body>[^\n]+)")),
    ("subtext", re.compile(r" *-# +(?P<body>[^\n]+)")),
    ("quote", re.compile(r" *>>> (?P<body>[\s\S]*)|(?: *> [^\n]*(?:\n|\Z))+")),
    ("list", re.compile(r" *(?P<kept>[*-]|\d+\.) +(?=\S)")),
]
_INLINE = [
    ("escape", re.compile(r"\\(?P<kept>[^0-9A-Za-z\s])")),
    ("block", re.compile(r"```(?:[A-Za-z0-9_+.#-]+\n)?\n*(?P<kept>[^\n][\s\S]*?)\n*```")),
    ("code", re.compile(r"(?P<ticks>`+)(?P<kept>[\s\S]*?[^`])(?P=ticks)(?!`)")),
    ("timestamp", re.compile(r"<t:-?\d{1,17}(?::[tTdDfFRsS])?>")),
    ("mention", re.compile(r"<(?:@[!&]?|#)\d+>|</[^:\n]+:\d+>|<id:\w+>|@everyone|@here")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:(?!\d\d?:)[\w+-]{1,40}:")),
    ("url", re.compile(r"<(?P<kept>[^: >]+:/[^ >]+)>")),
    ("url", re.compile(r"(?P<kept>(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s])")),
    (
        "link",
        re.compile(r"\[(?P<body>(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?(?:[^\s\\]|\\.)*?>?\s*\)"),
    ),
    ("spoiler", re.compile(r"\|\|(?P<body>[\s\S]+?)\|\|")),
]
_SPANS = [
    ("em", re.compile(r"_(?P<body>(?:__|\\[\s\S]|[^\\_])+?)_\b", re.ASCII)),
    (
        "em",
        re.compile(r"\*(?=\S)(?P<body>(?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"),
    ),
    ("strong", re.compile(r"\*\*(?P<body>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__(?P<body>(?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("strike", re.compile(r"~~(?P<body>(?=\S)(?:\\[\s\S]|~(?!~)|[^\s~\\]|\s(?!~~))+?)~~")),
]


@dataclass
class Rendered:
    text: str = ""
    markup: set[str] = field(default_factory=set)


def rendered(message: str) -> Rendered:
    """The message as people see it."""
    seen = Rendered()
    _render(message, seen, starts_line=True)
    return seen


def _render(source: str, seen: Rendered, *, starts_line: bool) -> None:
    place = 0
    while place < len(source):
        found = _first(_LINE, source, place) if starts_line else None
        found = found or _longest(source, place) or _first(_INLINE, source, place)
        if found is None:
            seen.text += source[place]
            starts_line = source[place] == "\n" or (starts_line and source[place] == " ")
            place += 1
            continue
        rule, match = found
        if rule != "escape":
            seen.markup.add(rule)
        groups = match.groupdict()
        if rule == "quote" and groups["body"] is None:
            _render(re.sub(r"^ *> ?", "", match[0], flags=re.MULTILINE), seen, starts_line=True)
        elif groups.get("body") is not None:
            _render(groups["body"], seen, starts_line=starts_line)
        elif rule == "list":
            seen.text += f"{groups['kept']} "
        else:
            seen.text += groups.get("kept", match[0])
        starts_line = rule == "quote" or (rule == "list" and match.end() > match.start())
        place = match.end()


def _first(rules, source, place):
    for rule, pattern in rules:
        if match := pattern.match(source, place):
            return rule, match
    return None


def _longest(source, place):
    found = [(rule, match) for rule, pattern in _SPANS if (match := pattern.match(source, place))]
    return max(found, key=lambda entry: len(entry[1][0]), default=None)
