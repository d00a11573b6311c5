"""A plan as a person reads it on a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.cli.outline import plain
from bot.domain.cards import duration
from bot.domain.discussion import Discussion
from bot.domain.tree import Node
from bot.domain.wording import plural

_WIDEST_KIND = len("progress")


def show(discussion: Discussion, nodes: Sequence[Node], plan: Mapping[str, Any], console: Console) -> None:
    """Print what the plan comes to, then a line for each message."""
    for line in _lines(discussion, nodes, plan):
        console.print(line, soft_wrap=True)


def _lines(discussion: Discussion, nodes: Sequence[Node], plan: Mapping[str, Any]) -> Iterator[Text]:
    messages = plan["messages"]
    yield Text(plain(discussion.article.title) or "Without a title", style="bold")
    yield Text(f"{plural(len(nodes), 'comment')} {plan['layout'].words}: {plural(len(messages), 'message')}")
    pace = plan["seconds_at_limit"]
    soonest = f"at Discord's pace the last comes {duration(pace)} after the first" if pace else "all at once"
    yield Text(
        f"{plural(plan['calls'], 'call')}, {plan['floor_calls']:,} at the least; {soonest}", style="dim"
    )
    yield Text()
    numbers = {node.comment.key: node.number for node in nodes}
    width = len(f"{len(messages)}")
    for place, message in enumerate(messages, start=1):
        line = Text(f"{place:>{width}} ", style="dim")
        line.append(f"{message['kind']:<{_WIDEST_KIND}} ", style="bold")
        held = _held([(numbers[key], part) for key, part in message["placements"]])
        size = plural(message["characters"], "character")
        if message["components"]:
            size += f", {plural(message['components'], 'component')}"
        line.append(", ".join(filter(None, [held, size])))
        yield line


def _held(placements: Sequence[tuple[int, int]]) -> str | None:
    """``comments 4 to 6``, ``comment 12, part 2``."""
    if not placements:
        return None
    (first, part), (last, _) = placements[0], placements[-1]
    if first != last:
        return f"comments {first} to {last}"
    return f"comment {first}" + (f", part {part + 1}" if part else "")
