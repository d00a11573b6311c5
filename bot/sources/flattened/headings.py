"""Headings of a comment section: "24 Comments", "Leserkommentare", "5 réponses à « Un titre »"."""

import regex

#: A heading is a line of its own, and short.
_LONGEST = 120

_NOUN = (
    r"(?:(?:reader|user|leser)[- ]?)?(?:comments?|responses?|repl(?:ies|y)|thoughts?|discussion|conversation|kommentare?n?|kommentar|"
    r"leserkommentare|antworten|reaktionen|meinungen|diskussion|gedanken|commentaires?|réponses?|réactions?|comentarios?|comentários?|"
    r"respuestas?|opiniones|respostas?|commenti|commento|risposte|risposta|reacties?|opmerkingen|kommentarer|komentarze|"
    r"komentarz|komentarzy|odpowiedzi|komentářů?e?|комментари(?:й|я|и|ев)|коментар(?:і|ів)|yorum(?:lar)?|komment(?:it|ia|tia))"
)
_HEADING = regex.compile(
    rf"(?:(?P<before>\d[\d.,’' ]*|an?|one|no|ein|une?|un[ao]?|keine)\s+)?{_NOUN}"
    r"(?:\s*[(\[|:·]?\s*(?P<after>\d[\d.,]*)\s*[)\]]?)?"
    r"(?:\s+(?:to|on|zu|auf|sur|à|a|к|sobre|en|su|op|till|til|do|über|für|bij|em)\s.+)?\s*[:↓]?",
    regex.I,
)
#: A single one without a number is a button, and so is the verb that looks like its plural.
_BUTTON = regex.compile(
    r"(?:comment|response|reply|thought|kommentar|antwort(?:en)?|commentaire|réponse|comentario|comentário|respuesta|resposta|commento|risposta)\W*",
    regex.I,
)
_DIGIT = regex.compile(r"\d+")
_WORDS_FOR_ONE = frozenset({"a", "an", "one", "ein", "un", "une", "una", "uno"})


def is_heading(line: str) -> bool:
    """Whether ``line`` is the heading of a comment section."""
    return _heading(line) is not None


def declared_in(line: str) -> int | None:
    """How many comments the heading ``line`` says that there are; None where it says nothing."""
    match = _heading(line)
    written = match and (match["before"] or match["after"])
    if not written:
        return None
    if digits := "".join(_DIGIT.findall(written)):
        return int(digits[:9])
    return 1 if written.casefold() in _WORDS_FOR_ONE else 0


def _heading(line: str) -> regex.Match[str] | None:
    return None if len(line) > _LONGEST or _BUTTON.fullmatch(line) else _HEADING.fullmatch(line)
