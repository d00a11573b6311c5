"""`rejoinder plan`: the messages that an import would send; needs no configuration and no token."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.cli.options import ConfigPath
from bot.cli.source import MaxBytes, Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.discussion import Discussion
    from bot.domain.outgoing import Outgoing, Plan

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of an outline.")]
LayoutName = Annotated[
    Literal["replies", "cards", "voices", "auto"],
    typer.Option("--layout", help="One by one, on pages, under their names, or by their number."),
]
RightsName = Annotated[
    Literal["own", "permission", "quoted"],
    typer.Option("--rights", help="Whose words they are; only quoted ones carry credit."),
]


def plan(
    source: Source,
    config: ConfigPath = None,
    *,
    layout: LayoutName = "auto",
    rights: RightsName = "own",
    as_json: AsJson = False,
    max_bytes: MaxBytes = None,
) -> None:
    """Show the messages that an import of SOURCE would send.

    They are those for a new post in a forum. SOURCE is a page with an article and its comments; of several articles the first with comments is planned. Of the
    configuration only the section fetch is read, and only for an address.

    Exit status: 0 planned, 2 no such file, 3 not readable as any kind, 4 could not be fetched or too large.
    """
    from bot.domain import layout as layouts
    from bot.domain.discussion import Rights
    from bot.domain.outgoing import Layout
    from bot.ports.clock import SystemClock

    found = _first(read(source, config=config, max_bytes=max_bytes))
    discussion, nodes, quote = layouts.prepare(found)
    setting = layouts.Setting(
        rights=Rights(rights), in_forum=True, now=SystemClock().now(), layout=Layout(layout)
    )
    made = layouts.plan(discussion, nodes, quote=quote, setting=setting)
    document = {
        "layout": made.layout,
        "messages": list(_messages(made)),
        "calls": layouts.calls(made, setting),
        "floor_calls": layouts.floor_calls(discussion, nodes, setting),
        "seconds_at_limit": layouts.seconds_at_limit(made),
    }
    if as_json:
        from pydantic_core import to_json

        # Bytes, so that the document is UTF-8 whatever the terminal speaks.
        typer.echo(to_json(document, indent=1))
        return

    from rich.console import Console

    from bot.cli.plan_outline import show

    show(discussion, nodes, document, Console(highlight=False, markup=False, emoji=False))


def _first(found: "Iterator[Discussion]") -> "Discussion":
    """The discussion that an import would take: the first with comments, else the first."""
    first = next(found)
    if first.comments:
        return first
    return next((discussion for discussion in found if discussion.comments), first)


def _messages(plan: "Plan") -> "Iterator[dict[str, Any]]":
    """What a program is told of each message, every link at its full length."""
    from bot.domain.limits import MESSAGE_ADDRESS

    for message in plan.messages:
        sent: Outgoing = message.outgoing.bound(lambda _: "x" * MESSAGE_ADDRESS)
        yield {
            "kind": message.kind,
            "placements": message.placements,
            "characters": sent.characters,
            "components": sent.components,
        }
