"""Names: what is left of an author's line when the words around the name are taken away."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import regex

#: No page shows longer names; longer text is something else.
LONGEST = 120

_SAYS = (
    r"say|says|said|wrote|writes|replied|commented|comments|respond|responds|responded|add|adds|asks|sagt|sagte|schreibt|schrieb|meint|meinte|antwortet|kommentiert|kommentierte|"
    r"dit|a dit|écrit|a écrit|a commenté|répond|dice|dijo|escribió|comentó|ha dicho|ha detto|scrive|ha scritto|disse|diz|escreveu|comentou|"
    r"zegt|zei|schreef|schrijft|reageerde|säger|skriver|siger|sier|sanoo|kirjoitti|pisze|mówi|napisał|napisał\(a\)|napisała|píše|říká|пишет|говорит|сказал|"
    r"dedi ki|diyor ki|λέει|יגיד|כתב|אומר|يقول|قال|說道|说道|より|のコメント|さんのコメント|さん"
)
_AFTER = regex.compile(
    rf"(?:^|\s+|(?<=[\p{{Lo}}]))(?:{_SAYS})\s*(?:[:：…]|\.\.\.)?\s*$|\s*[:：,|•·–—-]+\s*$", regex.I
)
#: The last words of these, by which most names are seen to end in none of them.
_LAST_SAID = frozenset(phrase.split()[-1] for phrase in _SAYS.split("|"))
_COMMENT = r"(?:comment|reply|kommentar|antwort|commentaire|comentario|comentário|commento|reactie|komentarz|комментарий|yorum)"
_DOING = (
    r"(?:submitted|posted|written|left|added|made|commented|replied|verfasst|geschrieben|erstellt|eingetragen|gespeichert|kommentiert|soumis|publié|rédigé|posté|écrit|déposé|ajouté|enviado|publicado|escrito|comentado|"
    r"inviato|scritto|pubblicato|inserito|geplaatst|ingediend|geschreven|skrevet|skrivet|postet|postat|lagt inn|dodany|dodane|napisane|wysłane|vložil|přidal|написал|отправил|добавил|yazan|gönderen|投稿者|作者|글쓴이|작성자)"
)
_BY = r"(?:by|from|von|par|de|por|di|da|door|av|af|от|przez|autor)"
_BEFORE = regex.compile(rf"^(?:{_COMMENT}\s+)?(?:{_DOING}\s+)?{_BY}:?\s+(?=\S|$)", regex.I)
#: The same where more than a preposition leads to the name: "von Halm" is one.
_SURELY_BEFORE = regex.compile(
    rf"^(?:(?:{_COMMENT}\s+)?{_DOING}(?:\s+{_BY})?|{_COMMENT}\s+{_BY})\s?[:：]?\s+(?=\S|$)|^{_DOING}\s?[:：]\s*(?=\S)",
    regex.I,
)
_POSTED = regex.compile(rf"^{_DOING}\b[\s:：]*", regex.I)
#: Some sites print it behind the name; it is nobody's business.
NETWORK_ADDRESS = regex.compile(
    r"[\s_]*[(\[]?(?<![\w.])(?:IP:?\s*)?\d{1,3}(?:\.(?:\d{1,3}|[*x]{1,3})){3}(?![\w.])[)\]]?", regex.I
)
_MARKS_BEFORE = regex.compile(r"^(?:[:：,;|·•–—-]+\s+|[·•|：]\s*)+")
#: What stands where a name was.
_NOBODY = regex.compile(r"\[\s?(?:deleted|removed|gelöscht|supprimé|eliminado|unknown|n/a)\s?\]", regex.I)
#: Drupal marks who wrote without an account.
_NOT_VERIFIED = regex.compile(
    r"\s*\((?:not verified|nicht überprüft|nicht verifiziert|non vérifié|no verificado|non verificato|não verificado|niet gecontroleerd|inte verifierad|не проверено)\)\s*$",
    regex.I,
)


def name_in(text: str, *, alone: bool) -> str | None:
    """The name that ``text`` holds; ``alone`` where the page marks it as a name and nothing else."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST:
        return None
    if name[0] == "[" and _NOBODY.fullmatch(name):
        return None
    if name[-1] == ")":
        name = _NOT_VERIFIED.sub("", name)
    name = (_SURELY_BEFORE if alone else _BEFORE).sub("", name)
    if (before := _without_saying(name)) != name:
        name = _without_saying(before)
    name = NETWORK_ADDRESS.sub("", _MARKS_BEFORE.sub("", name)).strip(" \u00a0\u200b")
    if not alone and not any(map(str.isalpha, name)):
        return None
    return name if name.strip(":：,|•·–—-@#") else None


def _without_saying(name: str) -> str:
    """A name without what is said of it behind it."""
    last = name.rpartition(" ")[2]
    if name.isascii() and last.isalpha() and last.lower() not in _LAST_SAID:
        return name
    return _AFTER.sub("", name) or name


def name_after(text: str) -> str | None:
    """The name in what follows a time, "par Ada"; None where no word leads to a name."""
    found = _BEFORE.match(text)
    return name_in(text[found.end() :], alone=True) if found else None


def without_numbers(names: Sequence[str | None]) -> Sequence[str | None]:
    """Names without the numbers of their comments, where all names of a page have one, and it rises."""
    found = takewhile(bool, (_NUMBERED.match(name) for name in names if name))
    numbers = [int(number[1]) for number in found if number]
    if len(numbers) < max(2, sum(map(bool, names))) or sorted(set(numbers)) not in (numbers, numbers[::-1]):
        return names
    return [name and _NUMBERED.sub("", name) for name in names]


_NUMBERED = regex.compile(r"^(?:#|No\.?\s?|№\s?)?(\d{1,6})\s?(?:[.:)#|–-]?\s+|[：、]\s*)(?=\S)", regex.I)


def without_shared_ending(names: Sequence[str | None]) -> Sequence[str | None]:
    """Names without the remark in brackets that nearly all of a page have: "(unregistered)"."""
    endings = Counter(found[0] for name in names if name and (found := _REMARK.search(name)))
    ending, times = next(iter(endings.most_common(1)), ("", 0))
    if times < max(_FEWEST_ALIKE, _MOST_ALIKE * sum(name is not None for name in names)):
        return names
    return [name and (name.removesuffix(ending).rstrip() or name) for name in names]


_REMARK = regex.compile(r"\s*[(\[][^()\[\]]{2,24}[)\]]$")
#: In fewer names a remark may recur by chance.
_FEWEST_ALIKE = 3
_MOST_ALIKE = 0.8


def is_introduction(text: str) -> bool:
    """Whether ``text`` only leads to a name: "Posted by"."""
    return bool(_BEFORE.fullmatch(f"{text.strip()} x"[:-1])) or not text.strip(" :–—-|·•,(@#\u00a0")


def leads_to_a_name(text: str) -> bool:
    """Whether ``text`` is what more than a preposition says before a name: "posted by", "User:"."""
    text = f"{' '.join(text.split())} x"[:-1]
    return bool(_SURELY_BEFORE.fullmatch(text) or _CALLED.fullmatch(text))


_CALLED = regex.compile(
    r"(?:user|name|nick|nickname|author|autor|autorin|auteur|autore|utente|usuario|usuário|utilisateur|benutzer|nutzer|gebruiker|użytkownik|uživatel|автор|имя|пользователь|користувач|"
    r"yazar|kullanıcı|όνομα|משתמש|الاسم|نام|名前|投稿者|作者|昵称|用户|이름|작성자|tên)\s?[:：]\s",
    regex.I,
)


def is_saying(text: str) -> bool:
    """Whether ``text`` is only what stands behind a name: "says:"."""
    return bool(_AFTER.fullmatch(text.strip())) or bool(_POSTED.fullmatch(text.strip()))
