"""Signs in the language that a paragraph begins another comment, or goes on with the one above it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import regex

from bot.sources.flattened import lexicon
from bot.sources.flattened.names import addresses
from bot.sources.flattened.outline import Outline
from bot.sources.flattened.quotations import letters_of, opens_with_quotation, quoted_passages
from bot.sources.flattened.section import WIDE_GAP
from bot.sources.flattened.voices import wholly_quoted


class Sign(StrEnum):
    """One sign; the value says in words what was seen."""

    # The paragraph above is not finished.
    OPEN_ENDING = "the paragraph above ends in a colon or comma"
    UNCLOSED = "the paragraph above leaves a quotation or bracket open"
    SALUTATION = "the paragraph above is a salutation"
    QUOTATION_ABOVE = "the paragraph above is a quotation that this one answers"
    UNSTOPPED = "the paragraph above has no full stop"
    # The paragraph hangs on the one above.
    LINK = "it is only a link"
    SIGN_OFF = "it is a sign-off"
    POSTSCRIPT = "it is a postscript"
    CONNECTIVE = "its first word continues an argument"
    POINTING_BACK = "its first word points back"
    LISTED = "it continues a list"
    SHARED_WORDS = "it shares rare words with the text above"
    CLAIMED = "the answer below is to the author of the header above"
    # The paragraph begins something.
    GREETING = "it begins with a greeting"
    THANKS = "it begins with thanks"
    PRAISE = "it begins with a verdict on the piece"
    ADDRESS = "it addresses somebody by @"
    CALLS_AUTHOR = "it addresses who wrote the text above"
    QUOTES_ABOVE = "it quotes the comment above"
    QUOTES_ARTICLE = "it begins with a quotation from the article"
    EXPERIENCE = "it begins with what its writer did with the piece"
    FIRST_PERSON = "it begins with “I”"
    QUOTED_BELOW = "an answer below quotes its beginning"
    TWIN = "it begins as another comment does: somebody posted twice"
    QUOTATION = "it begins with a quotation"
    TEASER = "it is the part that a folded comment shows"
    # The paragraph above ends something.
    SIGNED = "the paragraph above ends with a sign-off"
    CLOSING_LINE = "the line above closes comments on this page"
    GAP = "there is more space above it than usual"
    ADDRESSED = "the text above answers somebody by name, point by point"
    OPENER = "the text above is no more than thanks or a verdict"
    # Both are of one kind.
    ENUMERATED = "it and the line above are items"
    NAME_ONLY = "it is only a name"
    SAME_WE = "it speaks for the same “we” as the text above"
    FIGURES = "it and the paragraph above both give figures"
    SAME_YOU = "it speaks to the same person as the text above"
    THANKS_AHEAD = "it thanks for the answer to the question above"
    ELLIPSIS = "it or the text above trails off"


#: How much likelier a sign makes it that another comment begins here, as a logarithm. Set by hand and by fits to pages
#: with known boundaries, then rounded; where those show a sign too rarely, the weight is a judgement.
WEIGHTS: Mapping[Sign, float] = MappingProxyType(
    {
        Sign.OPEN_ENDING: -3.0,
        Sign.UNCLOSED: -1.5,
        Sign.SALUTATION: -4.0,
        Sign.QUOTATION_ABOVE: -2.5,
        Sign.UNSTOPPED: 1.5,
        Sign.LINK: -2.5,
        Sign.SIGN_OFF: -4.0,
        Sign.POSTSCRIPT: -4.0,
        Sign.CONNECTIVE: -2.2,
        Sign.POINTING_BACK: -0.3,
        Sign.LISTED: -2.5,
        Sign.SHARED_WORDS: -1.2,
        Sign.CLAIMED: -4.0,
        Sign.GREETING: 2.4,
        Sign.THANKS: 1.6,
        Sign.PRAISE: 1.5,
        Sign.ADDRESS: 3.0,
        Sign.CALLS_AUTHOR: 2.0,
        Sign.QUOTES_ABOVE: 3.0,
        Sign.QUOTES_ARTICLE: 1.5,
        Sign.EXPERIENCE: 1.0,
        Sign.FIRST_PERSON: 0.3,
        Sign.QUOTED_BELOW: 1.2,
        Sign.TWIN: 2.7,
        Sign.QUOTATION: -1.0,
        Sign.TEASER: 4.0,
        Sign.SIGNED: 1.2,
        Sign.CLOSING_LINE: 3.0,
        Sign.GAP: 2.0,
        Sign.ADDRESSED: -1.3,
        Sign.OPENER: -1.0,
        Sign.ENUMERATED: -1.5,
        Sign.NAME_ONLY: -2.0,
        Sign.SAME_YOU: -1.0,
        Sign.SAME_WE: -0.8,
        Sign.FIGURES: -1.2,
        Sign.THANKS_AHEAD: -3.5,
        Sign.ELLIPSIS: -0.5,
    }
)

#: Most signs speak against a beginning, so a gap without any speaks for one.
_NOTHING_SEEN = 0.9
#: With each paragraph of a comment it grows likelier that it goes on, up to so many.
_GOES_ON = 0.15
_LONG = 5
#: How steeply a missing stop loses its meaning where stops are often missing.
_STOPS_MATTER = 4
#: A sign-off, a salutation, a closing line: longer paragraphs say something.
_SHORT = 60
_SALUTATION_WORDS = 5
#: A word in so few paragraphs of the page is rare; so many shared ones count.
_RARE = 4
_MOST_SHARED = 3
#: Paragraphs of the comment above that are compared, and characters of each: the near ones tell most.
LOOK_BACK = 4
_LOOKED_AT = 2000
#: A line must close so many comments before it is the page's own.
_CLOSES = 3
#: The beginning of a paragraph by which a quotation of it is recognised, in letters.
_BEGINNING = 24
#: Letters that two neighbours share only where the second repeats the first.
_TWIN = 18
#: An item of a list without marks is so short.
_ITEM_WORDS = 7

_OPEN = regex.compile(r"[:,;–—-]\s*$|\b(?:and|und|et|y|e|en|or|oder|ou)\s*$", regex.I)
_STOPPED = regex.compile(r"[.!?…:;,)\]\"”“»’]\W*$|\p{So}\W*$|[:;]-?[()DPp]\s*$|(?:https?://|www\.)\S+\s*$")
_URL = r"(?:https?://|www\.)\S+"
_LINK = regex.compile(rf"^\s*{_URL}(?:\s+{_URL})*\s*$")
_ITEM = regex.compile(r"^\s*(?:[•*–◦▪‣-]|\(?\p{L}\)|\(?\d{1,3}[.)]|\d{1,3}[-–:])\s")
_AT = regex.compile(r"^\W*@\s?\p{L}")
_WORD = regex.compile(r"\p{L}[\p{L}’'-]{4,}|(?<=[\p{Ll},;:] )\p{Lu}\p{L}{2,}|\d{3,}")
_SENTENCE = regex.compile(r"^.{1,160}?(?:[.!?…](?=\s|$)|$)", regex.S)
_NAME_ONLY = regex.compile(r"^\s*[-–—~]?\s*\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*){0,2}\s*$")
_FIGURE = regex.compile(r"(?<![\p{L}\d/=_-])[$€£]?\d[\d.,]*(?![\p{L}\d/=_])")
#: A site that folds long comments puts an ellipsis behind the finished sentence that it leaves in sight.
_TEASER = regex.compile(r"[.!?][\"”“»’)]?\s?…\s*$|[\"”“»’)]\s?…\s*$")
_TRAILS = regex.compile(r"(?:…|\.\.)[.]*\s*$")


class Page:
    """What the whole page tells about each of its paragraphs."""

    def __init__(self, outline: Outline, *, topic: str, body: str) -> None:
        self.topic = words_of(topic)
        self.body = letters_of(body)
        texts = [text for run in outline.runs for text in run.texts]
        self.frequency = Counter(word for text in texts for word in words_of(text))
        self.quoted_beginnings = _quoted_beginnings(outline)
        self.closing_lines = _closing_lines(outline)
        self.in_sight = _in_sight(outline)
        firsts = [run.texts[0] for run in outline.runs if run.texts]
        self.beginnings = frozenset(_beginning(text) for text in firsts if not opens_with_quotation(text)) - {
            None
        }
        self.stops = _stops(texts)
        self.usual_gap = Counter(gap for run in outline.runs for gap in run.gaps[1:]).most_common(1)


@dataclass(frozen=True, slots=True)
class Gap:
    """The place between the paragraphs of a comment so far and the next one."""

    #: The first paragraph of the comment above, and its last few, which may be the same.
    first: str
    near: Sequence[str]
    below: str
    blank_lines: int
    #: Whether a reply below the run names the author of the run's own header.
    claimed: bool
    #: How many paragraphs the comment above has so far.
    paragraphs: int = 1
    #: Who wrote it, where its header is left.
    author: str | None = None


def ratio(gap: Gap, page: Page, seen: Sequence[Sign]) -> float:
    """How much likelier ``seen`` makes it that a comment begins at ``gap``, as a logarithm.

    A missing stop says little on a page whose writers leave it out; and the longer a comment is already, the likelier
    its writer is one who goes on.
    """
    told = sum(WEIGHTS[sign] for sign in seen)
    if Sign.UNSTOPPED in seen:
        told -= WEIGHTS[Sign.UNSTOPPED] * (1 - page.stops**_STOPS_MATTER)
    return told + _NOTHING_SEEN - _GOES_ON * min(gap.paragraphs, _LONG)


def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` that can tie it to another."""
    return frozenset(word.casefold() for word in _WORD.findall(text[:_LOOKED_AT])) - lexicon.SMALL_WORDS


def signs(gap: Gap, page: Page) -> list[Sign]:
    """The signs at ``gap``; one that counts several times stands several times."""
    found = [sign for sign, seen in _SEEN.items() if seen(gap, page)]
    return found + [Sign.SHARED_WORDS] * _shared_rare_words(gap, page)


def _signs_off(text: str) -> bool:
    return len(text) <= _SHORT and bool(lexicon.SIGN_OFF.match(text) or lexicon.HOPES.match(text))


def _signed(gap: Gap, _page: Page) -> bool:
    """Whether the text above ends with a sign-off, or with a name below its words."""
    last = gap.near[-1]
    if _NAME_ONLY.match(gap.below):
        return False
    return bool(
        lexicon.SIGN_OFF.match(last)
        or lexicon.ENDS_SIGNED.search(last[-_SHORT:])
        or (gap.paragraphs > 1 and _NAME_ONLY.match(last))
    )


def _is_salutation(text: str) -> bool:
    words = text.split()
    if len(words) > _SALUTATION_WORDS:
        return False
    return bool(lexicon.GREETING.match(text)) or text.rstrip().endswith((",", ":"))


def _shared_rare_words(gap: Gap, page: Page) -> int:
    if _addresses(gap.below) or opens_with_quotation(gap.below) or _is_twin(gap, page):
        return 0  # Whoever answers takes up the words that they answer, and who posts twice repeats them.
    below = words_of(gap.below)
    rare = {word for word in below - page.topic if 1 < page.frequency[word] <= _RARE}
    above = frozenset().union(*(words_of(text) for text in gap.near)) if rare else frozenset()
    return min(len(rare & above), _MOST_SHARED)


def _quotes_above(gap: Gap, _page: Page) -> bool:
    passages = quoted_passages(gap.below[:_LOOKED_AT])[:1]
    if not passages or not opens_with_quotation(gap.below):
        return False
    return any(passages[0] in letters_of(text[:_LOOKED_AT]) for text in gap.near)


def _quotes_article(gap: Gap, page: Page) -> bool:
    if not opens_with_quotation(gap.below):
        return False
    return any(passage in page.body for passage in quoted_passages(gap.below[:_LOOKED_AT])[:1])


def _unclosed(gap: Gap, _page: Page) -> bool:
    last = gap.near[-1]
    if last.count("(") > last.count(")"):
        return ")" in gap.below
    opened = sum(map(last.count, "“„«")) - sum(map(last.count, "”»"))
    return opened > 0 and "„" not in last and bool(regex.search("[”»]", gap.below))


def _unstopped(gap: Gap, _page: Page) -> bool:
    """Whether a stop is missing above; items of a list have none."""
    last = gap.near[-1]
    return not (_STOPPED.search(last) or _ITEM.match(last) or (_is_item(last) and _is_item(gap.below)))


def _quotation_above(gap: Gap, _page: Page) -> bool:
    last = gap.near[-1].rstrip("… .")
    return (wholly_quoted(last) or last.startswith(">")) and not opens_with_quotation(gap.below)


def _addresses(text: str) -> bool:
    if _AT.match(text):
        return True
    first = _SENTENCE.match(text)
    return bool(first and lexicon.VOCATIVE.match(text) and lexicon.SECOND_PERSON.search(first.group()))


def _is_twin(gap: Gap, page: Page) -> bool:
    beginning = _beginning(gap.below)
    if beginning is None:
        return False
    return beginning in page.beginnings or beginning[:_TWIN] == (_beginning(gap.first) or "")[:_TWIN]


def _beginning(text: str) -> str | None:
    """The first letters, by which a text is known again; None for one too short to be known."""
    letters = letters_of(text[: 8 * _BEGINNING])[:_BEGINNING]
    return letters if len(letters) == _BEGINNING else None


def _both(gap: Gap, words: regex.Pattern[str]) -> bool:
    """Whether the paragraph and the text above it both hold one of ``words``."""
    if not words.search(gap.below[:_LOOKED_AT]):
        return False
    return any(words.search(text[:_LOOKED_AT]) for text in gap.near)


def _is_item(text: str) -> bool:
    return len(text.split()) <= _ITEM_WORDS and not _STOPPED.search(text)


def _listed(gap: Gap, _page: Page) -> bool:
    return bool(_ITEM.match(gap.below)) and not _LINK.match(gap.below)


def _is_teaser(gap: Gap, page: Page) -> bool:
    """Whether the paragraph ends what a fold leaves in sight, and the text above it can't be in sight with it."""
    if not page.in_sight or not _TEASER.search(gap.below):
        return False
    return sum(map(len, gap.near)) + len(gap.below) > page.in_sight


_SEEN: Mapping[Sign, Callable[[Gap, Page], bool]] = MappingProxyType(
    {
        Sign.OPEN_ENDING: lambda gap, _: bool(_OPEN.search(gap.near[-1])),
        Sign.UNCLOSED: _unclosed,
        Sign.SALUTATION: lambda gap, _: len(gap.near) == 1 and _is_salutation(gap.first),
        Sign.QUOTATION_ABOVE: _quotation_above,
        Sign.UNSTOPPED: _unstopped,
        Sign.LINK: lambda gap, _: bool(_LINK.match(gap.below)),
        Sign.SIGN_OFF: lambda gap, _: _signs_off(gap.below),
        Sign.POSTSCRIPT: lambda gap, _: bool(lexicon.POSTSCRIPT.match(gap.below)),
        Sign.CONNECTIVE: lambda gap, _: bool(lexicon.CONNECTIVE.match(gap.below)),
        Sign.POINTING_BACK: lambda gap, _: bool(lexicon.POINTING_BACK.match(gap.below)),
        Sign.LISTED: _listed,
        Sign.CLAIMED: lambda gap, _: gap.claimed,
        Sign.GREETING: lambda gap, _: bool(lexicon.GREETING.match(gap.below)),
        Sign.THANKS: lambda gap, _: bool(lexicon.THANKS.match(gap.below)) and not _signs_off(gap.below),
        Sign.PRAISE: lambda gap, _: bool(lexicon.PRAISE.match(gap.below)),
        Sign.ADDRESS: lambda gap, _: _addresses(gap.below),
        Sign.CALLS_AUTHOR: lambda gap, _: gap.author is not None and addresses(gap.below, gap.author),
        Sign.QUOTES_ABOVE: _quotes_above,
        Sign.QUOTES_ARTICLE: _quotes_article,
        Sign.EXPERIENCE: lambda gap, _: bool(lexicon.EXPERIENCE.match(gap.below)),
        Sign.FIRST_PERSON: lambda gap, _: bool(lexicon.FIRST_PERSON.match(gap.below)),
        Sign.QUOTED_BELOW: lambda gap, page: (
            not opens_with_quotation(gap.below) and _beginning(gap.below) in page.quoted_beginnings
        ),
        Sign.TWIN: _is_twin,
        Sign.QUOTATION: lambda gap, _: opens_with_quotation(gap.below),
        Sign.TEASER: _is_teaser,
        Sign.SIGNED: _signed,
        Sign.CLOSING_LINE: lambda gap, page: (
            gap.near[-1] in page.closing_lines or bool(lexicon.CLOSES.match(gap.near[-1]))
        ),
        Sign.GAP: lambda gap, page: (
            bool(page.usual_gap) and gap.blank_lines >= max(page.usual_gap[0][0] + 1, WIDE_GAP - 1)
        ),
        Sign.ADDRESSED: lambda gap, _: _addresses(gap.first),
        Sign.OPENER: lambda gap, _: (
            len(gap.near) == 1
            and len(gap.first) <= _SHORT
            and bool(lexicon.THANKS.match(gap.first) or lexicon.PRAISE.match(gap.first))
        ),
        Sign.ENUMERATED: lambda gap, _: _is_item(gap.near[-1]) and _is_item(gap.below),
        Sign.NAME_ONLY: lambda gap, _: bool(_NAME_ONLY.match(gap.below)),
        Sign.SAME_WE: lambda gap, _: _both(gap, lexicon.WE),
        Sign.FIGURES: lambda gap, _: bool(
            _FIGURE.search(gap.near[-1]) and _FIGURE.search(gap.below[:_LOOKED_AT])
        ),
        Sign.SAME_YOU: lambda gap, _: _both(gap, lexicon.SECOND_PERSON),
        Sign.THANKS_AHEAD: lambda gap, _: bool(
            "?" in gap.near[-1][-_SHORT:] and lexicon.THANKS.match(gap.below)
        ),
        Sign.ELLIPSIS: lambda gap, _: bool(
            _TRAILS.search(gap.near[-1]) or gap.below.startswith(("...", "…"))
        ),
    }
)


def _stops(texts: Sequence[str]) -> float:
    """The share of the page's paragraphs that end in a stop."""
    stopped = sum(bool(_STOPPED.search(text)) for text in texts)
    return (stopped + 3) / (len(texts) + 4)


def _quoted_beginnings(outline: Outline) -> frozenset[str]:
    """The beginnings, in letters, of all that replies quote."""
    return frozenset(
        passage[:_BEGINNING]
        for run in outline.runs
        for text in run.texts
        if len(text) <= _LOOKED_AT
        for passage in quoted_passages(text)
        if len(passage) >= _BEGINNING
    )


def _in_sight(outline: Outline) -> int:
    """How many characters of a folded comment stay in sight, by the longest that surely begins one; 0: none fold."""
    if not any(lexicon.UNFOLD.match(text) for run in outline.runs for text in run.texts):
        return 0
    firsts = (run.texts[0] for run in outline.runs if run.header and run.texts)
    return max((len(text) for text in firsts if _TEASER.search(text)), default=0)


def _closing_lines(outline: Outline) -> frozenset[str]:
    """Short lines that repeat on the page and stand last wherever an end is certain."""
    repeats = Counter(text for run in outline.runs for text in run.texts if len(text) <= _SHORT)
    last = Counter(run.texts[-1] for run in outline.runs if run.texts)
    return frozenset(text for text, count in repeats.items() if count >= _CLOSES and last[text] >= count / 2)
