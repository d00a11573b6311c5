"""The whole plan: card, progress where it is worth it, every comment in its layout, and the end card."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Literal

from bot.domain import cards, quotes, transcript, tree
from bot.domain.discussion import Discussion, Rights
from bot.domain.layout import pages, replies, voices
from bot.domain.layout.phrases import Terms
from bot.domain.layout.setting import Setting
from bot.domain.limits import (
    FILE_BYTES,
    MESSAGES_PER_WINDOW,
    MESSAGES_WINDOW,
    WEBHOOK_CHANNEL_MESSAGES,
    WEBHOOK_CHANNEL_WINDOW,
    WEBHOOK_MESSAGES,
    WEBHOOK_WINDOW,
)
from bot.domain.outgoing import Attachment, Layout, MessageKind, Outgoing, Plan, PlannedMessage
from bot.domain.quotes import Passage
from bot.domain.tree import Node

#: Bytes that a file may gain on its way: the mark that says it is UTF-8.
_FILE_MARGIN: Final = 16

Chosen = Literal[Layout.REPLIES, Layout.CARDS, Layout.VOICES]
_ROOMS: Final[Mapping[Chosen, Callable[[Sequence[Node], Terms, int], list[PlannedMessage]]]] = {
    Layout.REPLIES: replies.messages,
    Layout.CARDS: pages.messages,
    Layout.VOICES: voices.messages,
}


def prepare(found: Discussion) -> tuple[Discussion, list[Node], Passage | None]:
    """What is imported of a discussion, whatever the setting: the discussion, its tree, the quote for the card."""
    discussion = tree.importable(found)
    candidates = quotes.candidates(discussion.article, discussion.comments)
    return discussion, tree.arrange(discussion.comments), candidates[0] if candidates else None


def plan(discussion: Discussion, nodes: Sequence[Node], *, quote: Passage | None, setting: Setting) -> Plan:
    """Every message in order. The discussion's comments are those of ``nodes``."""
    layout = chosen(setting, len(nodes))
    terms = Terms.of(discussion.article, setting.rights, setting.now)
    shows_progress = len(nodes) >= setting.progress_from
    comments = _ROOMS[layout](nodes, terms, 2 if shows_progress else 1)
    first = card(discussion, nodes, quote=quote, setting=setting, layout=layout)
    before = [PlannedMessage(ordinal=0, kind=MessageKind.CARD, outgoing=first)]
    if shows_progress:
        panel = cards.progress(0, len(nodes), seconds_left=_seconds(comments), layout=layout)
        before.append(PlannedMessage(ordinal=1, kind=MessageKind.PROGRESS, outgoing=panel))
    end = cards.end(discussion.article, nodes, _beginnings(nodes, comments), layout=layout)
    ordinal = len(before) + len(comments)
    last = PlannedMessage(ordinal=ordinal, kind=MessageKind.END, outgoing=end)
    return Plan(layout=layout, messages=(*before, *comments, last))


def chosen(setting: Setting, comments: int) -> Chosen:
    """The layout for so many comments: `AUTO` decides here, and never for `VOICES`."""
    if setting.layout is not Layout.AUTO:
        return setting.layout
    return Layout.REPLIES if comments <= setting.one_by_one_limit else Layout.CARDS


def seconds(plan: Plan) -> float:
    """How long the plan takes at Discord's pace, in seconds."""
    return _seconds(plan.messages)


def _seconds(messages: Sequence[PlannedMessage]) -> float:
    """At an even pace; what a webhook says meets the cap of its channel after half a minute."""
    spoken = sum(message.outgoing.persona is not None for message in messages)
    capped = spoken > WEBHOOK_CHANNEL_MESSAGES
    pace = WEBHOOK_CHANNEL_WINDOW / WEBHOOK_CHANNEL_MESSAGES if capped else WEBHOOK_WINDOW / WEBHOOK_MESSAGES
    return max((len(messages) - spoken) * MESSAGES_WINDOW / MESSAGES_PER_WINDOW, spoken * pace)


def _beginnings(nodes: Sequence[Node], comments: Sequence[PlannedMessage]) -> dict[int, int]:
    """For every comment's number the ordinal of the message in which it begins."""
    ordinal_of = {
        key: message.ordinal for message in comments for key, part in message.placements if part == 0
    }
    return {node.number: ordinal_of[node.comment.key] for node in nodes}


def card(
    discussion: Discussion,
    nodes: Sequence[Node],
    *,
    quote: Passage | None,
    setting: Setting,
    layout: Layout,
    hidden: Collection[int] = (),
) -> Outgoing:
    """The card above the comments with the file of all; of ``hidden`` ones only the numbers stand in it."""
    shown = cards.article(
        discussion.article,
        comments=len(nodes),
        quote=quote,
        in_forum=setting.in_forum,
        contact=setting.contact,
        now=setting.now,
        layout=layout,
    )
    return shown.model_copy(update={"attachment": _file(discussion, nodes, setting, hidden)})


def _file(
    discussion: Discussion, nodes: Sequence[Node], setting: Setting, hidden: Collection[int]
) -> Attachment | None:
    """All comments as one file; none for words that are only quoted, and none that Discord would refuse."""
    if setting.rights is Rights.QUOTED or not nodes:
        return None
    text = transcript.render(discussion, nodes, hidden=hidden)
    if len(text.encode("utf-8", "replace")) + _FILE_MARGIN > FILE_BYTES:
        return None
    return Attachment(filename=transcript.filename(discussion.article.title), text=text)
