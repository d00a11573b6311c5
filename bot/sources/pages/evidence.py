"""What speaks for comments in elements that repeat, and what against: teasers of articles, lists of dates, sidebars."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import AUTHOR_ATTRIBUTES, Frame, tokens_of
from bot.sources.pages.lines import who_and_when
from bot.sources.pages.moments import Moments
from bot.sources.pages.roles import Role, role_of, vocabulary, words_of

#: Frames that are looked at.
_SAMPLE = 30
#: Elements around the frames whose names tell what they hold, and around which a heading is looked for.
_AROUND = 8
_LEVELS = 12
#: Elements of a frame that are looked at.
_PARTS = 400
#: Letters of a time, a button, and twice as many of a heading.
_LONGEST = 80
#: Letters of a comment, at least: of one that speaks for itself, and of a list of dates.
_WORDY = 48
_WORDLESS = 12
#: A script without spaces says as much in half the letters.
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_ENOUGH = 3

ABOUT_COMMENTS = vocabulary(
    "comment comments commentlist cmt cid kmt commentaire commentaires kommentar kommentare kommentarer comentario comentarios comentários comentarios commenti commento reactie reacties reaction reactions"
    " komentarz komentarze komentar komentare komentare yorum yorumlar discussion diskussion diskuse diskusia replies responses antworten réponses respuestas disqus feedback guestbook gästebuch gaestebuch"
    " opinions opiniones meinungen leserkommentare leserbriefe reviews conversation contributions bình pinglun huifu"
)
_OF_FORUMS = vocabulary(
    "post posts posting postings postbit message messages messagelist msg msgs thread threads topic topics forum forums reply replies talk beitrag beiträge beitraege postlist note notes journal issue"
)
#: Topics have them as well as articles.
_OF_EITHER = vocabulary(
    "replies responses antworten réponses respuestas conversation discussion diskussion diskuse"
)
_ELSEWHERE = vocabulary(
    "sidebar widget related recent recentcomments latest teaser teasers archive nav menu footer breadcrumb similar popular trending promo carousel feed"
)
_REPLY_BUTTON = regex.compile(
    r"\W*(?:reply|reply to this|respond|quote|antworten|antwort|zitieren|répondre|citer|responder|contestar|citar|rispondi|beantwoorden|reageren|reageer|odpowiedz|ответить|відповісти|svara|svar|vastaa|"
    r"yanıtla|cevapla|odpovědět|válasz|απάντηση|השב|הגב|رد|الرد|پاسخ|返信|返信する|回复|回覆|답글|답글 달기|댓글쓰기|ตอบกลับ|trả lời|balas|जवाब दें|उत्तर दें|प्रतिक्रिया|răspunde|odgovori|отговори|citare|citer ce message|répondre à ce message)\W*",
    regex.I,
)
_HEADING = regex.compile(
    r"(?<!\p{L})(?:comments?|replies|responses|discussion|reactions|guest ?book|kommentar\p{L}*|leserbriefe|antworten|diskussion|gästebuch|commentaires?|réactions?|vos réactions|comentarios|comentários|commenti|reacties|komentarze|komentáře|diskuse|diskusia|комментарии|комментариев|коментарі|обсуждение|"
    r"yorumlar|yorum|σχόλια|תגובות|تعليق\p{L}*|التعليقات|دیدگاه\p{L}*|コメント|评论|評論|留言|回复|댓글|ความคิดเห็น|bình luận|komentar|hozzászólás\p{L}*|comentarii|टिप्पणियाँ|kommentit|kommentarer|opiniones|opinie)(?!\p{L})|تعليق|コメント|评论|評論|댓글",
    regex.I,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "caption"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in frames and around them."""

    #: Whether their own ids and classes, those around them, or the heading above them speak of comments.
    own: bool
    around: bool
    headed: bool
    #: Whether ids and classes are those of a forum, and nothing says that an article is commented on.
    forum: bool
    topic: bool
    #: Whether most can be answered, say when they were written, and by whom.
    answered: bool
    dated: bool
    signed: bool
    #: Whether most have a headline that leads elsewhere, or stand beside the article.
    teasers: bool
    elsewhere: bool
    #: Letters of one, in the mean.
    letters: int

    @property
    def speaks_of_comments(self) -> bool:
        """Whether a word does; what stands alone may be the article, which has a name and a time like a forum's post."""
        return self.own or self.around or self.headed

    @property
    def of_forum_only(self) -> bool:
        """Whether nothing but the words of forums speaks for comments: lists of topics have them as well."""
        return self.forum and not (self.own or self.around or self.headed or self.answered)

    @property
    def is_enough(self) -> bool:
        """Whether these are comments."""
        speaking = self.own or self.around or self.headed or self.forum or self.answered
        weight = (
            2 * (self.own + self.around + self.headed + self.answered + self.signed)
            + self.forum
            + self.dated
            + (self.letters >= _WORDY)
            - 3 * (self.letters < _WORDLESS)
            - 3 * self.elsewhere
            - 4 * self.teasers
        )
        return speaking and weight >= _ENOUGH


def weigh(frames: Sequence[Frame], moments: Moments) -> Evidence:
    """What speaks for and against the frames being comments."""
    sample = [_look_at(frame, moments) for frame in frames[:_SAMPLE]]
    first = frames[0].element
    own = set(_words_about(first)) | set(words_of(frames[0].key or ""))
    around = set(chain.from_iterable(map(_words_about, islice(first.iterancestors(), _AROUND))))
    return Evidence(
        own=bool(own & ABOUT_COMMENTS) or any(name in first.attrib for name in AUTHOR_ATTRIBUTES),
        around=bool(around & ABOUT_COMMENTS),
        headed=_is_headed(first),
        forum=bool((own | around) & _OF_FORUMS),
        topic=bool((own | around) & _OF_FORUMS) and not _around_all(frames) & (ABOUT_COMMENTS - _OF_EITHER),
        answered=2 * sum(look.answered for look in sample) >= len(sample),
        dated=5 * sum(look.dated for look in sample) >= 4 * len(sample),
        signed=5 * sum(look.dated and look.named for look in sample) >= 4 * len(sample),
        teasers=2 * sum(look.leads_elsewhere for look in sample) >= len(sample),
        elsewhere=bool(around & _ELSEWHERE),
        letters=sum(look.letters for look in sample) // len(sample),
    )


def _around_all(frames: Sequence[Frame]) -> set[str]:
    """The words of what holds all frames."""
    last = set(frames[-1].element.iterancestors())
    holders = (holder for holder in frames[0].element.iterancestors() if holder in last)
    return set(chain.from_iterable(map(_words_about, islice(holders, _AROUND))))


def is_reply_button(element: HtmlElement) -> bool:
    """Whether an element offers to answer."""
    if element.tag not in {"a", "button", "span"}:
        return False
    return bool(_REPLY_BUTTON.fullmatch("".join(map(str, islice(element.itertext(), 4)))))


@dataclass(slots=True)
class _Look:
    """What one frame holds."""

    answered: bool = False
    dated: bool = False
    named: bool = False
    leads_elsewhere: bool = False
    letters: int = 0


def _look_at(frame: Frame, moments: Moments) -> _Look:
    look = _Look()
    for element in islice(_parts(frame), _PARTS):
        tag = str(element.tag)
        role = (
            role_of(tag, element.get("class", ""))
            if element.get("class") or tag in {"time", "cite"}
            else None
        )
        look.named |= role in {Role.NAME, Role.AUTHOR} or tag in {"b", "strong", "cite"}
        look.dated = look.dated or role is Role.TIME or _tells_a_time(element, moments)
        look.answered = look.answered or is_reply_button(element)
        if tag in {"h1", "h2", "h3", "h4"}:
            least = _LONGEST_NAME if tag in {"h3", "h4"} else 0
            look.leads_elsewhere |= any(_is_headline(link, least) for link in element.iter("a"))
    text = "".join(chain.from_iterable(map(str, part.itertext()) for part in frame.elements))
    look.letters = sum(map(str.isalnum, text)) + len(_DENSE.findall(text))
    return look


def _parts(frame: Frame) -> Iterator[HtmlElement]:
    for element in frame.elements:
        yield from element.iter()


def _is_headline(link: HtmlElement, least: int) -> bool:
    """Whether a link in a heading leads to another page under more letters than ``least``."""
    target = link.get("href") or ""
    if not target or "#" in target or target.startswith("javascript:"):
        return False
    text = "".join(map(str, link.itertext()))
    return sum(map(str.isalnum, text)) + len(_DENSE.findall(text)) > least


#: Letters of a name that stands in a small heading.
_LONGEST_NAME = 20


def _tells_a_time(element: HtmlElement, moments: Moments) -> bool:
    return next(iter(time_pieces(element, moments)), None) is not None


def time_pieces(element: HtmlElement, moments: Moments) -> Iterator[str]:
    """The pieces of an element's own text that are times, "5 May 2020", "3 years ago"."""
    if element.tag == "time":
        yield element.text or ""
    for piece in chain([element.text], (child.tail for child in element)):
        if piece and len(piece) <= 2 * _LONGEST and any(map(str.isdigit, piece)):
            text = " ".join(piece.split()).strip(" ,;|·•–—-()")
            if (
                moments.worded(text) is not None
                or moments.is_relative(text)
                or who_and_when(text, moments) is not None
            ):
                yield text


def _is_headed(element: HtmlElement) -> bool:
    """Whether the nearest heading above speaks of comments."""
    for number, before in enumerate(_before(element)):
        if before.tag in _HEADINGS or number == 0:
            text = "".join(map(str, before.itertext())).strip()
            if not text or len(text) > 2 * _LONGEST:
                continue
            if (speaking := bool(_HEADING.search(text))) or before.tag in _HEADINGS:
                return speaking
    return False


def _before(element: HtmlElement) -> Iterator[HtmlElement]:
    for above in islice(_with_ancestors(element), _LEVELS):
        for sibling in islice(above.itersiblings(preceding=True), 6):
            yield sibling
            inside = islice(sibling.iter("h1", "h2", "h3", "h4", "h5", "h6"), 8)
            yield from reversed([part for part in inside if part is not sibling])


def _with_ancestors(element: HtmlElement) -> Iterable[HtmlElement]:
    return chain([element], element.iterancestors())


def _words_about(element: HtmlElement) -> list[str]:
    if element.tag == "body":
        return []
    named = (element.get("id", "")[:100], *tokens_of(element))
    words = [word for token in named for word in words_of(token)]
    return [*words, str(element.tag)] if element.tag in {"nav", "footer", "menu"} else words
