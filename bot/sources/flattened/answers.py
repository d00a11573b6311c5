"""Who answers whom on a page whose comments all stand at one indent.

The headers of such a page may name the parent, and a comment may quote it. Either is followed only where it leads to
one comment; a name or a quotation that fits several leaves the comment at the top, and says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from bot.sources.flattened.names import folded
from bot.sources.flattened.outline import Outline, Run
from bot.sources.flattened.quotations import LEAST, letters_of

#: A name's comments are searched for a quotation up to so many letters together: the time stays linear.
_MOST_SEARCHED = 50_000
#: Letters of a quoted line that are looked up; the rest may have been cut or mended.
_COMPARED = 120
#: How sure an answer's place is where its addressee has written more than one comment.
_NEAREST = 0.6

#: Fewer letters in a quoted line that names nobody may stand in two comments by chance.
_LEAST_NAMELESS = 20

_NAME = r"(?P<name>\S[^\n:]{0,59}?)"
_WROTE = r"(?:wrote|said|schrieb|sagte|hat geschrieben|a écrit|écrit|a dit|escribió|dijo|ha scritto|scrisse|escreveu|schreef|skrev|napisał|написал)"
_QUOTE = (
    regex.compile(
        rf"^(?:on|am|le|el|il|op|em|den)\s[^\n]{{3,60}}?\d,?(?:\s(?:am|pm|uhr|h)\b,?)?\s+(?:{_WROTE}\s+{_NAME}|{_NAME}\s+{_WROTE})\s?:\s*\n+>?\s*(?P<words>[^\n]+)",
        regex.I,
    ),
    regex.compile(
        rf"^(?:(?:quote|zitat|citation|cita|citazione)\s*:?\s*)?{_NAME}\s+{_WROTE}"
        r"\b[^\n:]{0,60}(?::\d\d[^\n:]{0,20})?\s?:\s*(?:\n+|(?=[\"“„«>]))(?P<words>[^\n]+)",
        regex.I,
    ),
    regex.compile(
        rf"^(?:originally posted by|quote from|quoting|zitat von|citation de|posté à l[’']origine par|cita de|citando a|citazione di)\s+{_NAME}"
        r"(?:\s+(?:on|am|le|el)\s[^\n]{1,60})?\s*:?\s*\n+(?P<words>[^\n]+)",
        regex.I,
    ),
)
#: A quoted line, as mail and Markdown mark it.
_MARKED = regex.compile(r"^>\s?(?P<words>[^\n]+)")


@dataclass(frozen=True, slots=True)
class _Answer:
    """The run that is answered, if it is known, how sure that is, and why."""

    run: int | None
    confidence: float
    evidence: str


def hang(outline: Outline) -> Outline:
    """``outline`` as a tree where it is flat and its headers are all kept; unchanged where its indent tells."""
    if not outline.runs or not all(run.whole and run.header and not run.depth for run in outline.runs):
        return outline
    page = _Earlier()
    parents: list[int | None] = []
    hung: list[Run] = []
    for number, run in enumerate(outline.runs):
        answer = page.answered(run)
        parents.append(answer.run if answer else None)
        hung.append(replace(run, placed=answer.confidence, evidence=answer.evidence) if answer else run)
        page.add(number, run, parents[-1])
    return replace(outline, runs=_in_tree_order(hung, parents))


class _Earlier:
    """The comments above the one that is looked at, by their authors."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._letters: list[str] = []
        self._searched: dict[str, int] = defaultdict(int)
        self._total = 0
        #: The last comment and those that it answers, up to the article.
        self._branch: list[int] = []

    def add(self, number: int, run: Run, parent: int | None) -> None:
        name = folded(run.header.name) if run.header and run.header.name else ""
        lines = "\n".join(run.texts).split("\n")
        text = letters_of("\n".join(line for line in lines if not line.startswith(">")))
        self._by_name[name].append(number)
        self._searched[name] += len(text)
        self._total += len(text)
        self._letters.append(text)
        while self._branch and self._branch[-1] != parent:
            self._branch.pop()
        self._branch.append(number)

    def answered(self, run: Run) -> _Answer | None:
        """The comment that ``run`` answers; None where it doesn't say that it answers any."""
        if run.header and run.header.parent:
            return self._named(run.header.parent)
        text = "\n".join(run.texts)
        if match := next((found for pattern in _QUOTE if (found := pattern.match(text))), None):
            return self._quoted(match["name"].strip(), letters_of(match["words"])[:_COMPARED])
        marked = _MARKED.match(text)
        return self._repeated(letters_of(marked["words"])[:_COMPARED]) if marked else None

    def _named(self, parent: str) -> _Answer:
        said = f"Its header says “in reply to {parent}”"
        known = self._by_name.get(folded(parent), [])
        if len(known) == 1:
            return _Answer(known[0], 1.0, f"{said}, and {parent} has one comment above it.")
        if not known:
            return _Answer(None, _NEAREST, f"{said}, but no comment by that name stands above it.")
        above = set(known).intersection(self._branch)
        if len(above) == 1:
            return _Answer(
                above.pop(),
                _NEAREST,
                f"{said}, who has {len(known)} comments above it; it was placed under the one in whose thread it stands.",
            )
        return _Answer(
            None, _NEAREST, f"{said}, who has {len(known)} comments above it; which one is not known."
        )

    def _quoted(self, name: str, words: str) -> _Answer | None:
        key = folded(name)
        if len(words) < LEAST or self._searched.get(key, _MOST_SEARCHED + 1) > _MOST_SEARCHED:
            return None
        holding = [number for number in self._by_name[key] if words in self._letters[number]]
        if len(holding) != 1:
            return None
        return _Answer(holding[0], 1.0, f"It quotes words that only this comment by {name} has.")

    def _repeated(self, words: str) -> _Answer | None:
        if len(words) < _LEAST_NAMELESS or self._total > _MOST_SEARCHED:
            return None
        holding = [number for number, letters in enumerate(self._letters) if words in letters]
        if len(holding) != 1:
            return None
        return _Answer(holding[0], 1.0, "It quotes words that only this comment has.")


def _in_tree_order(runs: Sequence[Run], parents: Sequence[int | None]) -> list[Run]:
    """``runs`` with every answer behind its parent, and the indexes of the new order."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for number, parent in enumerate(parents):
        children[parent].append(number)
    ordered: list[Run] = []
    waiting: list[tuple[int, int, int | None]] = [(number, 0, None) for number in reversed(children[None])]
    while waiting:
        number, depth, parent = waiting.pop()
        waiting += [(child, depth + 1, len(ordered)) for child in reversed(children[number])]
        ordered.append(replace(runs[number], depth=depth, parent=parent))
    return ordered
