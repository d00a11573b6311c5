"""Words and names of the commenters, each with what readers see of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Self


@dataclass(frozen=True, slots=True)
class Body:
    """A comment as it was typed, and as readers see it."""

    html: str
    text: str
    by_editor: bool = False

    @classmethod
    def plain(cls, text: str) -> Self:
        """Words without markup."""
        return cls(escape(text, quote=False), text)


#: Names with what sites and readers trip over: quotes, periods, brackets, other scripts.
SPOKEN = (
    "Ines Vold", "J. R. Tarrant", 'Dora "Dot" Quay', "Mrs. O'Dell-Pryce", "St. Maur & Sons", "Jürgen Groß", "نورا الحداد", "Old Tom (the ferryman)",
    "x", "Zoë", "A.B. Kjær", "Dr. h.c. Sól", "nobody", "The Editor", "王 小明", "Anna-Lena v. d. Heide", "admin", "1987",
)  # fmt: skip

_PLACES = (
    "on the pier",
    "behind the net loft",
    "at the third buoy",
    "in the sexton's kitchen",
    "under the old bridge",
    "at Tanner's Row",
)
_PEOPLE = ("my aunt", "the pilot", "a man with two dogs", "the sexton", "our teacher", "somebody's brother")
_DEEDS = (
    "counted the steps",
    "mended the lamp",
    "kept a diary",
    "sold herring",
    "lost a boot",
    "sang to the seals",
    "hid the key",
)
_ENDS = (
    "I have it in writing.", "Nobody believed it then.", "Ask at the harbour office.", "That was before the storm.",
    "Is there a picture of it?", "It says so in volume twelve!", "But who can tell?", "The rest is in the ledger…",
)  # fmt: skip
_GERMAN = (
    "Mein Großvater hat dort drei Winter lang das Licht gehütet; er sprach nie davon.",
    "Im Band vom März steht „Öl knapp“, mehr nicht. Schade!",
    "Das stimmt so nicht: die Treppe hat einhundertzwölf Stufen, nicht hundertzehn.",
)
_ARABIC = (
    "كان جدي يحكي عن هذا الفنار كل ليلة.",
    "من كتب هذه السطور؟ أود أن أقرأ بقية الدفتر.",
)


def sayings(chance: random.Random) -> Iterator[Body]:
    """Comments without end, no two alike."""
    for number in count(1):
        first = f"{chance.choice(_PEOPLE).capitalize()} {chance.choice(_DEEDS)} {chance.choice(_PLACES)}, {number} winters ago."
        match number % 12:
            case 3:
                yield Body.plain(f"{chance.choice(_GERMAN)} (Nr. {number})")
            case 7:
                yield Body.plain(f"{chance.choice(_ARABIC)} {number}")
            case 5 | 9:
                yield Body.plain(f"{first}\n\n{chance.choice(_ENDS)}")
            case _:
                yield Body.plain(f"{first} {chance.choice(_ENDS)}")


def said_by() -> Iterator[tuple[str, Body]]:
    """A comment for each thing that markup, furniture or a script can do to it, and who wrote it."""
    yield (
        'Dora "Dot" Quay',
        Body(
            'See <a href="https://tides.example/tables?a=1&amp;b=2">the tide tables</a> for that day.',
            "See the tide tables for that day.",
        ),
    )
    yield (
        "A.B. Kjær",
        Body(
            "It is <em>not</em> the oil, it is the <strong>wick</strong>.",
            "It is not the oil, it is the wick.",
        ),
    )
    yield (
        "1987",
        Body("Try <code>sort -n tides.txt | uniq</code> first.", "Try sort -n tides.txt | uniq first."),
    )
    yield (
        "Zoë",
        Body(
            "<blockquote>The lamp was lit at six.</blockquote>\n\nIt was not; I was there.",
            "The lamp was lit at six.\n\nIt was not; I was there.",
        ),
    )
    yield (
        "Marit Holm",
        Body(
            "Three things they always had:\n\n<ul>\n<li>oil</li>\n<li>wicks</li>\n<li>time</li>\n</ul>",
            "Three things they always had:\n\n- oil\n- wicks\n- time",
            by_editor=True,
        ),
    )
    yield (
        "Marit Holm",
        Body(
            "In this order:\n\n<ol>\n<li>clean</li>\n<li>fill</li>\n<li>light</li>\n</ol>\n\nNever the other way.",
            "In this order:\n\n1. clean\n2. fill\n3. light\n\nNever the other way.",
            by_editor=True,
        ),
    )
    yield (
        "Jürgen Groß",
        Body.plain("Die Stufen habe ich selbst gezählt: es sind 112.\n\nWer's nicht glaubt, möge hingehen."),
    )
    yield (
        "نورا الحداد",
        Body.plain("كان جدي حارسًا هناك ثلاث سنوات، وكان يقول: «النور لا ينام».\n\nشكرًا على هذه الصفحة."),
    )
    yield "王 小明", Body.plain("灯塔的故事很好看。")
    yield "St. Maur & Sons", Body.plain("Tide < 2 m & wind > 4 Bft: no boat went out.")
    yield (
        "Old Tom (the ferryman)",
        Body(
            "https://ferry.example/2019/02/ledger is where I read it.",
            "https://ferry.example/2019/02/ledger is where I read it.",
        ),
    )
    yield (
        "Mrs. O'Dell-Pryce",
        Body.plain("Dora says: “I'd never.” But she'd – she 'borrowed' it --- twice..."),
    )
    yield (
        "nobody",
        Body.plain("*not* emphasis, _nor_ this, and `no code`; # no heading\n\n1. no list\n2. nor this"),
    )
    yield "The Editor", Body.plain("In reply to the harbour master. The key is where it was.")
    yield "x", Body.plain("👍🏽")
    yield "admin", Body.plain("Reply")
    yield "Dr. h.c. Sól", Body.plain("31 December 1986 at 4:15 pm: that is the entry you want.")
    yield "Anna-Lena v. d. Heide", Body.plain("First line,\nsecond line,\nthird line.")
    yield (
        "J. R. Tarrant",
        Body.plain(
            " ".join(
                f"Volume {number} tells of the wind, of the oil and of the {number}th night."
                for number in range(1, 42)
            )
        ),
    )
    yield (
        "Ines Vold",
        Body(
            "<cite>Volume 3</cite> has <q>nobody about</q> <del>twice</del> <b>three times</b>, and <i>so on</i>.",
            "Volume 3 has “nobody about” twice three times, and so on.",
        ),
    )
