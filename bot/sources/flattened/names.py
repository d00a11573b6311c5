"""Names that headers lost, from the answers that name them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.discussion import AuthorSource


@dataclass(frozen=True, slots=True)
class Name:
    """Who wrote a comment, as far as it is known."""

    name: str | None
    source: AuthorSource
    guess: str | None = None
    evidence: str | None = None
    #: Whether the answers contradict each other.
    disputed: bool = False


def name_of(claims: Sequence[str], *, certain: bool) -> Name:
    """The author of a headless comment, whose direct answers say that they are in reply to ``claims``.

    Answers that agree infer the name if it is ``certain`` that the whole comment is what they answer; else it is a
    guess. Answers that disagree leave it unknown, and what most of them say is a guess.
    """
    if not claims:
        return Name(None, AuthorSource.UNKNOWN)
    counts = Counter(folded(claim) for claim in claims)
    spelled = {folded(claim): claim for claim in reversed(claims)}
    (most, votes), (_, second) = [*counts.most_common(2), ("", 0)][:2]
    if second:
        names = ", ".join(f"“{spelled[folded]}”" for folded in counts)
        guess = spelled[most] if votes > second else None
        evidence = f"Its direct answers name different authors: {names}."
        return Name(None, AuthorSource.UNKNOWN, guess=guess, evidence=evidence, disputed=True)
    said = "1 direct answer says" if votes == 1 else f"{votes} direct answers say"
    evidence = f"{said} “in reply to {spelled[most]}”."
    if certain:
        return Name(spelled[most], AuthorSource.INFERRED, evidence=evidence)
    return Name(
        None,
        AuthorSource.UNKNOWN,
        guess=spelled[most],
        evidence=f"{evidence} That holds for its last paragraph; whether the ones before it are the same comment is open.",
    )


def same(one: str, other: str) -> bool:
    """Whether two spellings name the same person; the stop that ends "in reply to X." may be the name's own."""
    return folded(one) == folded(other)


def addresses(text: str, name: str) -> bool:
    """Whether ``text`` begins by calling ``name``: "@Name", "Name," or "Name:"."""
    opening = text.lstrip('@ "“„*_').casefold()
    called_by = folded(name)
    called = opening.startswith(called_by) and not opening[len(called_by) : len(called_by) + 1].isalnum()
    return called and (
        text.lstrip().startswith("@") or opening[len(called_by) : len(called_by) + 1] in (",", ":", "!")
    )


def folded(name: str) -> str:
    """The spelling by which names are compared."""
    return " ".join(name.casefold().split()).rstrip(".")
