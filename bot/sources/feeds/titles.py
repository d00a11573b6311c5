"""The title of the article in the titles of its comments: "Comment on TITLE by NAME", in the site's language."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from urllib.parse import unquote, urlsplit

import regex

from bot.sources.feeds.entries import Entry

#: WordPress's own words in its most common languages, and the mark that mail and Disqus put before an answer.
_KNOWN = tuple(
    regex.compile(rf"\s*(?:{before})\s+(?P<title>.+?){behind}\s*", regex.I | regex.S)
    for before, behind in (
        (r"Comments? on:?", r"\s+by:?"),
        (r"Kommentare? zu:?", r"\s+von:?"),
        (r"Commentaires? sur\s*:?", r"\s+par\s*:?"),
        (r"Comentarios? (?:en|sobre):?", r"\s+por:?"),
        (r"Comentários? (?:em|sobre|a):?", r"\s+por:?"),
        (r"Comment[oi] su:?", r"\s+di:?"),
        (r"Reacties? op:?", r"\s+door:?"),
        (r"Kommentar(?:er)? (?:på|til|till):?", r"\s+a[vf]:?"),
        (r"Re:", r""),
    )
)
_COLON = regex.compile(r"\s*[:：]\s*")
_SLUG_NUMBER = regex.compile(r"-\d+$")
#: Words that a site puts before a title at the most.
_FEW = 5

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

Frame = tuple[str, str]


def titles_of(articles: dict[str, Sequence[Entry]]) -> dict[str, str]:
    """The title of each article, by its key, as the titles of its comments tell it; "" where they tell none.

    Words known from WordPress come first. In other languages the end of an article's address shows which part of
    the line is the title, and what stands around it there is cut off everywhere; else what all lines share.
    """
    bare = {key: [_without_author(entry) for entry in entries] for key, entries in articles.items()}
    frame = _learned(articles, bare) or _shared(list(bare.values()))
    return {
        key: next(
            filter(
                None,
                (
                    _known(entry) or _framed(line, frame)
                    for entry, line in zip(entries, bare[key], strict=True)
                ),
            ),
            "",
        )
        for key, entries in articles.items()
    }


def title_after_colon(line: str) -> str:
    """The title in the line “Comments on: TITLE”, the title of one post's feed; else the line."""
    words, _, title = line.partition(found[0]) if (found := _COLON.search(line)) else (line, "", "")
    return title if title and len(words.split()) <= _FEW else line


def _known(entry: Entry) -> str:
    behind = entry.title.removesuffix(entry.author or "").rstrip() if entry.author else entry.title
    for phrase in _KNOWN:
        if found := phrase.fullmatch(behind):
            return found["title"].strip()
    return ""


def _without_author(entry: Entry) -> str:
    """The title without its last, or else its first, mention of the comment's author."""
    if not entry.author or entry.author not in entry.title:
        return entry.title
    if entry.title.startswith(entry.author) and not entry.title.endswith(entry.author):
        return entry.title.removeprefix(entry.author).strip()
    before, _, behind = entry.title.rpartition(entry.author)
    return f"{before}{behind}".strip()


def _framed(line: str, frame: Frame) -> str:
    before, behind = frame
    if line.startswith(before) and line.endswith(behind) and len(line) > len(before) + len(behind):
        return line[len(before) : len(line) - len(behind)].strip(" ,;–—")
    return ""


def _learned(articles: dict[str, Sequence[Entry]], bare: dict[str, list[str]]) -> Frame | None:
    """What stands around the title, by the articles whose addresses end in their titles."""
    frames: Counter[Frame] = Counter()
    for key, entries in articles.items():
        slug = _slug(entries[0].link)
        for line in bare[key]:
            if slug and (frame := _around(slug, line)):
                frames[frame] += 1
    return frames.most_common(1)[0][0] if frames else None


def _around(slug: str, line: str) -> Frame | None:
    """The words before and after the part of ``line`` that reads as ``slug``, with ä as a or as ae."""
    for spelt in (line, line.translate(_GERMAN)):
        places = [(place, letter) for place, character in enumerate(spelt) for letter in _folded(character)]
        start = "".join(letter for _, letter in places).find(slug)
        if start >= 0:
            return _frame(spelt, places[start][0], places[start + len(slug) - 1][0])
    return None


def _frame(line: str, first: int, last: int) -> Frame | None:
    # Quotation marks and the like belong to the word that they stand at.
    while first and not line[first - 1].isspace():
        first -= 1
    while last + 1 < len(line) and (
        not line[last + 1].isspace() or line[last + 2 : last + 3] in {"?", "!", "»"}
    ):
        last += 1
    before, behind = line[:first], line[last + 1 :]
    return (before, behind) if len(before.split()) <= _FEW and len(behind.split()) <= _FEW else None


def _slug(link: str) -> str:
    """The letters of an address's last part, which WordPress makes of the title."""
    try:
        parts = [
            part for part in urlsplit(link).path.split("/") if part and not part.startswith("comment-page-")
        ]
    except ValueError:
        return ""
    name = unquote(parts[-1]).rpartition(".")[0] or unquote(parts[-1]) if parts else ""
    letters = "".join(_folded(_SLUG_NUMBER.sub("", name)))
    return "" if letters.isdecimal() else letters


def _folded(text: str) -> str:
    """Letters and digits only, without case and accents."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.casefold())))


def _shared(lines: Iterable[Sequence[str]]) -> Frame:
    """What the lines of different articles begin and end with, in whole words; nothing where there is one article."""
    firsts = [line[0].split() for line in lines if line]
    if len({tuple(words) for words in firsts}) < 2:  # noqa: PLR2004 - one line shares everything with itself
        return "", ""
    before = _common_beginning(firsts)
    behind = _common_beginning([words[len(before) :][::-1] for words in firsts])[::-1]
    return "".join(f"{word} " for word in before), "".join(f" {word}" for word in behind)


def _common_beginning(lines: Sequence[Sequence[str]]) -> list[str]:
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*lines, strict=False))]
