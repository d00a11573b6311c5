"""What a plan is measured by: how few calls would do, and how soon Discord would have taken them.

Nothing here is used to make a plan: the fewest pages are found in another way than `packing` does it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count

from bot.domain.discussion import Discussion
from bot.domain.layout import pages
from bot.domain.layout.packing import Entry, Frame, Span
from bot.domain.layout.pages import Piece
from bot.domain.layout.phrases import Terms, body
from bot.domain.layout.planning import chosen
from bot.domain.layout.setting import Setting
from bot.domain.limits import (
    COMMENT_TEXT,
    MESSAGES_PER_WINDOW,
    MESSAGES_WINDOW,
    PANEL_CHARACTERS,
    PANEL_COMPONENTS,
    WEBHOOK_CHANNEL_MESSAGES,
    WEBHOOK_CHANNEL_WINDOW,
    WEBHOOK_MESSAGES,
    WEBHOOK_WINDOW,
)
from bot.domain.outgoing import Layout, Plan
from bot.domain.tree import Node


def calls(plan: Plan, setting: Setting) -> int:
    """The calls that send a plan. Under a text channel's card one more opens the thread."""
    return len(plan.messages) + _opens_thread(setting)


def floor_calls(discussion: Discussion, nodes: Sequence[Node], setting: Setting) -> int:
    """The fewest calls that send these comments in this layout, with what stands around them.

    One by one a comment needs as many messages as its text has times 1,700 characters; on pages each comment, or
    part of one that no page holds, is whole and in its order.
    """
    around = 2 + (len(nodes) >= setting.progress_from) + _opens_thread(setting)
    if chosen(setting, len(nodes)) is not Layout.CARDS:
        return around + sum(-(-len(body(node)) // COMMENT_TEXT) for node in nodes)
    terms = Terms.of(discussion.article, setting.rights, setting.now)
    return around + _fewest_pages(pages.pieces_of(nodes, terms), terms)


def seconds_at_limit(plan: Plan) -> float:
    """Seconds from the first message in the thread to the last, where Discord's limits alone hold them up.

    A window opens with its first message: the sixth message waits for the second window.
    """
    spoken = sum(message.outgoing.persona is not None for message in plan.messages)
    own = len(plan.messages) - spoken - 1
    return float(
        max(
            _last_window(own, MESSAGES_PER_WINDOW, MESSAGES_WINDOW),
            _last_window(spoken, WEBHOOK_MESSAGES, WEBHOOK_WINDOW),
            _last_window(spoken, WEBHOOK_CHANNEL_MESSAGES, WEBHOOK_CHANNEL_WINDOW),
        )
    )


def _opens_thread(setting: Setting) -> bool:
    """Whether a call does nothing else: a forum's post opens its own."""
    return not (setting.in_forum or setting.in_thread)


def _last_window(messages: int, per_window: int, window: int) -> int:
    return max(0, messages - 1) // per_window * window


def _fewest_pages(pieces: Sequence[Piece], terms: Terms) -> int:
    """How many pages these pieces need; a page's text says how many there are."""
    entries, frame_of = pages.entries(pieces), partial(pages.frame, pieces, terms)
    if not entries or _fits(entries, frame_of, Span(0, len(entries), 1, 1)):
        return min(len(entries), 1)
    for digits in count(1):
        needed = _reach(len(entries), partial(_fits, entries, frame_of), 10**digits - 1)
        if needed < 10**digits:
            return needed
    raise AssertionError("count() does not end")


def _reach(places: int, fits: Callable[[Span], bool], pages: int) -> int:
    """How many pages it takes to come from the first piece to the last.

    What fits on a page also fits without its end. So every place up to the furthest that so many pages reach is
    reached by them, and the furthest place that a page can end from any of those is what one page more reaches.
    """
    start = furthest = 0
    end = 1
    for page in count(1):
        beyond = furthest
        while start <= furthest:
            if fits(Span(start, places, page, pages)):
                return page
            end = max(end, start + 1)
            while not fits(Span(start, end, page, pages)):
                end -= 1
            while end + 1 < places and fits(Span(start, end + 1, page, pages)):
                end += 1
            beyond = max(beyond, end)
            start += 1
        furthest = beyond
    raise AssertionError("count() does not end")


def _fits(entries: Sequence[Entry], frame_of: Callable[[Span], Frame], span: Span) -> bool:
    """Whether Discord takes these entries as a page, every link at its full length."""
    if span.end - span.start > PANEL_COMPONENTS:
        return False
    held, frame = entries[span.start : span.end], frame_of(span)
    links = sum(entry.link for entry in held if entry.parent is not None and entry.parent < span.start)
    return (
        frame.components + sum(entry.components for entry in held) <= PANEL_COMPONENTS
        and frame.characters + sum(entry.characters for entry in held) + links <= PANEL_CHARACTERS
        and len({entry.comment for entry in held}) == len(held)
    )
