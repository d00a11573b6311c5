"""Whose voice a paragraph of the article is: the author's, or that of somebody the author lets speak.

Flattened text has lost the marks of block quotes. What is left is language: a paragraph that ends in a colon and
says that somebody speaks opens a run; the run ends where the author speaks again, which each paragraph is weighed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

_SAYING = (
    # English
    "told|tells?|said|says?|saying|spoke|speaks?|speaking|stress(?:ed|es)|reiterat(?:ed|es)|announc(?:ed|es)|explain(?:ed|s)|"
    "add(?:ed|s)|not(?:ed|es)|argu(?:ed|es)|stat(?:ed|es)|declar(?:ed|es)|tweet(?:ed|s)|posted|wrote|writes?|written|replied|repl(?:y|ies)|"
    "answered|asked|asks|warn(?:ed|s)|insist(?:ed|s)|claim(?:ed|s)|conclud(?:ed|es)|continu(?:ed|es)|report(?:ed|s)|quot(?:ed|es)|"
    "recall(?:ed|s)|remark(?:ed|s)|emphasi[sz](?:ed|es)|promised|admitted|acknowledged|confirm(?:ed|s)|observ(?:ed|es)|responded|reads|put it|according to|"
    "statement|speech|letter|transcript|excerpts?|passage|remarks|in (?:his|her|their) (?:own )?words|"
    # German
    "sagt(?:e|en)?|erklärt(?:e|en)?|schrieb(?:en)?|schreibt|schreiben|betont(?:e|en)?|meint(?:e|en)?|teilte|mitteilte|mitgeteilt|heißt es|hieß es|fügte|fragt(?:e|en)?|"
    "antwortet(?:e|en)?|warnt(?:e|en)?|ergänzt(?:e|en)?|berichtet(?:e|en)?|kündigt(?:e|en)?|erläutert(?:e|en)?|behauptet(?:e|en)?|"
    "zitiert(?:e)?|sprach|spricht|wörtlich|wortlaut|stellungnahme|erklärung|rede|begründet(?:e|en)?|bekräftigt(?:e|en)?|unterstrich|"
    # French, Spanish, Italian, Portuguese, Dutch
    "dit|disait|déclar(?:e|é|ait)|affirm(?:e|é|ait)|écri(?:t|vait)|expliqu(?:e|é|ait)|soulign(?:e|é|ait)|ajout(?:e|é|ait)|répond(?:u|ait)?|annonc(?:e|é|ait)|"
    "dijo|dice|afirm(?:ó|a|ou)|escrib(?:ió|e)|explic(?:ó|a|ou)|declar(?:ó|a|ou)|añad(?:ió|e)|respond(?:ió|e|eu)|señal(?:ó|a)|anunci(?:ó|a|ou)|"
    "detto|disse|diz|scri(?:ve|sse|tto)|dichiarat[oa]|spiega(?:to)?|aggiun(?:ge|to)|sottolinea(?:to)?|escreveu|"
    "zei(?:den)?|zegt|schrijft|schreef|verklaarde|legde uit|voegde|benadrukte|antwoordde|meldde"
)
_SAYS = regex.compile(rf"\b(?:{_SAYING})\b", regex.I)
#: "Ostrander told the crowd", "sagte Gesine Weber": a name is one to three capitalised words beside the verb.
_NAME = r"\p{Lu}[\p{L}’'.-]+(?:\s+(?:(?:von|van|de|di|da|der|den|al|bin)\s+)?\p{Lu}[\p{L}’'-]+){0,2}"
_SAID_BY = (
    regex.compile(
        rf"(?P<name>{_NAME}),?\s+(?:(?:has|had|also|then|later|recently|hat|hatte|a|ha)\s+)?(?i:{_SAYING})\b"
    ),
    regex.compile(rf"\b(?i:{_SAYING})\s+(?P<name>{_NAME})"),
)
#: Capitalised words that name nobody: they begin sentences.
_SENTENCE_STARTS = (
    "the a an he she they it we you i this that these those there here his her their our my in on at as after before when while but and so "
    "anyway then later also instead however meanwhile because since what who one some many everybody everyone president secretary "
    "er sie es wir ihr ich der die das ein eine dieser diese im am in auf wie als dann so und aber dazu darauf "
    "il elle ils elles nous vous je le la les un une dans mais puis él ella ellos nosotros yo el los las lui lei noi io gli "
    "hij zij wij ik het een de toen maar"
)
_NO_NAME = frozenset(_SENTENCE_STARTS.split())
_QUOTED = regex.compile(r"^[\"“”„«‘‚»].*[\"“”«»’‘][.,;]?$", regex.S)
_OPENS_QUOTATION = regex.compile(r"^[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign of who speaks; positive weights speak for the quoted voice."""

    weight: float
    pattern: regex.Pattern[str]


#: A speaker speaks for a body and of what must be done; an author speaks as "I", of the speaker, or about what was said.
_SIGNS = (
    _Sign(1.6, regex.compile(r"\b(?:we|our|ours|us|wir|uns|unser\w*|nous|notre|nos|nosotros|nuestr\w+|noi|nostr\w+|nós|noss\w+|wij|ons|onze)\b", regex.I)),
    _Sign(1.2, regex.compile(r"^(?:instead|moreover|furthermore|therefore|in addition|second(?:ly)?|third(?:ly)?|finally|that is why|for (?:all|the sake|example)|let me|stattdessen|außerdem|deshalb|darum|zweitens|drittens|schließlich|ferner|en outre|c’est pourquoi|enfin|además|por eso|por tanto|inoltre|perciò|além disso|bovendien|daarom|ten tweede)\b", regex.I)),
    _Sign(0.7, regex.compile(r"\b(?:must|shall|will not|should|ought|müssen|muss|sollen|dürfen|devons|doit|doivent|debe(?:mos|n)?|deve|dobbiamo|devem(?:os)?|moeten|moet)\b", regex.I)),
    _Sign(-0.8, regex.compile(r"\b(?:he|she|er|elle|lui|lei|hij|él|ella|ele|ela)(?:’s|'s|’d)?\b", regex.I)),
    _Sign(-1.0, regex.compile(r"\b(?:that is|this is|that was|so much for|das (?:ist|war)|dies (?:ist|war)|c’est|voilà|eso es|così|isso é|dat (?:is|was))\b.{0,30}\b(?:story|all|it|point|idea|problem|lot|news|alles|punkt|tout|todo|tutto|tudo)\b", regex.I)),
    _Sign(-2.2, regex.compile(r"^(?:look|anyway|well|so|in other words|translation|of course|oh|hmm+|sorry|yes|no|nope|yeah|right|really|wow|ouch|meanwhile|nun|tja|also|naja|mit anderen worten|übrigens|wie auch immer|kurz|bref|en clair|autrement dit|bueno|en fin|es decir|insomma|cioè|ossia|enfim|ou seja|kortom|met andere woorden|tot slot)\b[,:.]?", regex.I)),
    _Sign(-0.8, regex.compile(r"(\p{L})\1\1|!\s*$|\*\p{L}[^*]*\*")),
)  # fmt: skip
_FIRST_PERSON = regex.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|ich|mich|mir|je|j[’']\p{L}+|moi|yo|io|eu|ik)\b")
#: A paragraph without any sign leans to the author: most runs are a paragraph or two.
_LEAN = -0.3
_I_ALONE = -2.4
_I_BEFORE = 0.8
_NAMES_SPEAKER = -2.4


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a paragraph."""

    quoted: bool
    speaker: str | None = None


def voices(texts: Sequence[str]) -> list[Voice]:
    """The voice of every paragraph of an article's body."""
    found: list[Voice] = []
    run: list[str] = []
    speaker: str | None = None
    introduced = marked = False
    for text in texts:
        opens = announces(text)
        quoted = not opens and introduced and (not run or _goes_on(text, run, speaker=speaker, marked=marked))
        if quoted:
            marked = bool(_OPENS_QUOTATION.match(text)) if not run else marked
            run.append(text)
        else:
            run = []
            introduced, speaker = opens, named_speaker(text) if opens else None
        found.append(Voice(quoted=quoted, speaker=speaker if quoted else None))
    return found


def announces(text: str) -> bool:
    """Whether ``text`` ends in a colon and says that somebody is about to speak."""
    return text.rstrip().endswith((":", "：")) and bool(_SAYS.search(text))


def named_speaker(text: str) -> str | None:
    """The last name beside a verb of saying in ``text``; None where it names nobody."""
    last: tuple[int, str] | None = None
    for pattern in _SAID_BY:
        for match in pattern.finditer(text):
            name = _without_sentence_start(match["name"])
            if name and (last is None or match.start() > last[0]):
                last = match.start(), name
    return last[1] if last else None


def wholly_quoted(text: str) -> bool:
    """Whether quotation marks hold the whole of ``text``."""
    return bool(_QUOTED.match(text.strip()))


def _goes_on(text: str, run: Sequence[str], *, speaker: str | None, marked: bool) -> bool:
    if marked:
        return bool(_OPENS_QUOTATION.match(text))
    score = _LEAN + sum(sign.weight for sign in _SIGNS if sign.pattern.search(text))
    if _FIRST_PERSON.search(text):
        score += _I_BEFORE if any(_FIRST_PERSON.search(before) for before in run) else _I_ALONE
    if speaker and speaker.split()[-1] in text:
        score += _NAMES_SPEAKER
    return score > 0


def _without_sentence_start(name: str) -> str | None:
    words = name.split()
    while words and words[0].casefold().strip(".,") in _NO_NAME:
        words.pop(0)
    return " ".join(words) or None
