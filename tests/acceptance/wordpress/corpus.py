"""Posts and comments of our own: everything that a long discussion on a WordPress site holds."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tests.acceptance.wordpress.phrases import SPOKEN, Body, said_by, sayings
from tests.acceptance.wordpress.writing import Post, Remark

#: Comments that readers see under the long post, and those that begin a thread: three pages of 50.
VISIBLE = 300
THREADS = 120
DEEPEST = 10
#: The posts whose comments everybody may read, with all that is above them.
OPEN = ("long", "short", "silent")

_CONTENT = """<p>The light on Skerry Point was kept by hand until the winter of 1987. Every evening somebody wrote a line into the ledger: the hour, the wind, the oil.</p>
<p>We have read all forty-one volumes. What follows is what the keepers thought worth a line, and what they left out.</p>
<h2>What they wrote</h2>
<p>“Lit at a quarter past four,” says the first entry. “Nobody about.”</p>"""


def long_post() -> Post:
    """300 comments for readers, ten levels deep, with all that editors do to comments."""
    return Post(
        title="What the keepers of Skerry Point wrote down",
        content=_CONTENT,
        at="2025-12-29 08:00:00",
        comments=tuple(_in_order([*_chain(), *_special(), *_crowd()])),
    )


def short_post() -> Post:
    """Three comments."""
    return Post(
        title="Three letters about the ferry",
        content="<p>Three readers wrote to us about the ferry. We print them as they came.</p>",
        at="2026-02-02 09:30:00",
        comments=(
            _remark(
                "letter-1", None, 0, Body.plain("The ferry was late again on Monday."), author="Ines Vold"
            ),
            _remark(
                "letter-2", "letter-1", 9, Body.plain("It was the tide, not the ferry."), author="R. Tarn"
            ),
            _remark("letter-3", None, 20, Body.plain("I shall walk from now on."), author="Ole"),
        ),
    )


def silent_post() -> Post:
    """No comment at all."""
    return Post(
        title="A street on which nothing happens",
        content="<p>Nobody has ever written to us about Tanner's Row.</p><p>This is about Tanner's Row.</p>",
        at="2026-02-03 09:30:00",
    )


def gaps_post() -> Post:
    """A comment in the trash that people had answered, beside one that nobody had."""
    return Post(
        title="What was taken away",
        content="<p>Some words were taken away from under this page, and their answers stayed.</p>",
        at="2026-02-04 09:30:00",
        comments=(
            _remark("stays", None, 0, Body.plain("I have nothing against the new lamp."), author="Ada Brekke"),
            replace(_remark("taken", None, 1, Body.plain("Words that nobody should read."), author="Mr. Rude"), state="trash"),
            _remark("answers", "taken", 2, Body.plain("That was uncalled for."), author="Ines Vold"),
            _remark("below", "answers", 3, Body.plain("It was, and the wind had nothing to do with it."), author="Ole"),
            replace(_remark("alone", None, 4, Body.plain("Words that nobody answered."), author="Mr. Rude"), state="trash"),
            _remark("last", "stays", 5, Body.plain("Nor have I, since it was cleaned."), author="R. Tarn"),
        ),
    )  # fmt: skip


def locked_post() -> Post:
    """Behind a password, with a comment behind it as well."""
    return Post(
        title="For members of the lamp society",
        content="<p>The key hangs behind the third door.</p>",
        at="2026-02-05 09:30:00",
        password="paraffin",
        comments=(
            _remark("inside", None, 0, Body.plain("The third from the left, that is."), author="Ines Vold"),
        ),
    )


def posts() -> dict[str, Post]:
    """All of them."""
    return {
        "long": long_post(),
        "short": short_post(),
        "silent": silent_post(),
        "gaps": gaps_post(),
        "locked": locked_post(),
    }


def _remark(name: str, parent: str | None, minutes: float, body: Body, *, author: str) -> Remark:
    """A comment ``minutes`` after nine in the evening of the second of February."""
    at = datetime(2026, 2, 5, 20, 0) + timedelta(minutes=minutes)  # noqa: DTZ001 - UTC, as WordPress keeps it
    return Remark(
        name=name, parent=parent, author=author, at=f"{at:%Y-%m-%d %H:%M:%S}", html=body.html, text=body.text
    )


def _chain() -> Iterator[Remark]:
    """One answer under the other, down to the deepest level that WordPress indents."""
    for level in range(DEEPEST):
        parent = f"chain-{level - 1}" if level else None
        body = Body.plain(f"The stairs have a landing here; this is number {level + 1}.")
        yield replace(
            _remark(f"chain-{level}", parent, 0, body, author=f"Climber {level + 1}"), at=_moment(level / 400)
        )


def _special() -> Iterator[Remark]:
    """One comment of each kind that a reader may get wrong."""
    for number, (author, body) in enumerate(said_by()):
        parent = f"special-{number - 1}" if number % 3 == 2 else None
        remark = _remark(f"special-{number}", parent, 0, body, author=author)
        yield replace(remark, by_editor=body.by_editor, at=_moment(0.03 + number / 300))
    yield from _at_midnight()
    yield from _settled()
    yield from _linkbacks()


def _at_midnight() -> Iterator[Remark]:
    """In Berlin the days end at 23 o'clock UTC in winter and at 22 in summer."""
    moments = ("2025-12-31 22:59:59", "2025-12-31 23:00:00", "2025-12-31 23:59:59", "2026-01-01 00:00:00", "2026-03-29 00:59:59", "2026-03-29 01:00:00", "2026-04-30 21:59:59", "2026-04-30 22:00:00")  # fmt: skip
    for number, at in enumerate(moments):
        body = Body.plain(f"The bell rang {number + 1} times, and I looked at the clock.")
        yield replace(_remark(f"midnight-{number}", None, 0, body, author="Nils Aune"), at=at)


def _settled() -> Iterator[Remark]:
    """What editors changed, held back or took away."""
    written = Body.plain("The lamp was read in the tower.")
    for number, (state, author) in enumerate((("held", "Waiting Wim"), ("spam", "Best Lamps 4 U"), ("spam", "Cheap Oil"), ("trash", "Mr. Rude"))):  # fmt: skip
        remark = _remark(
            f"{state}-{number}",
            f"chain-{number}",
            0,
            Body.plain(f"This should be seen by nobody, {state} {number}."),
            author=author,
        )
        yield replace(remark, state=state, at=_moment(0.2 + number / 100))
    for number in range(2):
        edited = Body.plain(f"The lamp was red in the tower, as I saw {number + 1} times.")
        remark = _remark(f"edited-{number}", f"chain-{number}", 0, written, author="Karin Lie")
        yield replace(remark, edited_html=edited.html, text=edited.text, at=_moment(0.25 + number / 100))


def _linkbacks() -> Iterator[Remark]:
    """Other sites that wrote of the post."""
    for number, kind in enumerate(("pingback", "pingback", "trackback")):
        body = Body.plain(f"[…] the keepers of Skerry Point, part {number + 1} […]")
        remark = _remark(f"{kind}-{number}", None, 0, body, author=f"Lamps and Ledgers, part {number + 1}")
        yield replace(
            remark, type=kind, url=f"https://lamps.example/{number + 1}/", at=_moment(0.4 + number / 100)
        )


def _crowd() -> Iterator[Remark]:
    """Everybody else, until there are as many comments and threads as were promised."""
    chance = random.Random(1987)
    before = [remark for remark in (*_chain(), *_special()) if remark.state == "approved"]
    depths = {"chain-0": 0}
    threads = THREADS - sum(remark.parent is None for remark in before)
    rest = VISIBLE - len(before)
    opens = [True] * threads + [False] * (rest - threads)
    chance.shuffle(opens)
    for number, (is_thread, body) in enumerate(zip(opens, sayings(chance), strict=False)):
        shallow = [name for name, depth in depths.items() if depth < DEEPEST - 1]
        parent = None if is_thread else chance.choice(shallow[-40:])
        name = f"crowd-{number}"
        depths[name] = 0 if parent is None else depths[parent] + 1
        remark = _remark(name, parent, 0, body, author=chance.choice(SPOKEN))
        yield replace(remark, at=_moment(0.5 + number / (2 * rest)))


def _moment(part: float) -> str:
    """A moment between New Year's Eve and the first of May, which lies beyond the change to summer time."""
    begun = datetime(2025, 12, 30, 6, 17, 11)  # noqa: DTZ001 - UTC, as WordPress keeps it
    return f"{begun + part * timedelta(days=140):%Y-%m-%d %H:%M:%S}"


def _in_order(remarks: list[Remark]) -> list[Remark]:
    """By time, as they were written; a parent before its answers."""
    return sorted(remarks, key=lambda remark: remark.at)
