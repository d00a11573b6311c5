"""The article above the comments: body and metadata by trafilatura, pull-quotes and speakers by the page's markup."""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Final

import regex
from lxml import etree
from lxml.html import HtmlElement

from bot.domain.discussion import Article, Block, BlockKind, Moment, PullQuote
from bot.sources.addresses import article_address
from bot.sources.flattened.language import language_of
from bot.sources.flattened.quotations import LEAST, Alphabet, letters_of
from bot.sources.flattened.voices import announces, named_speaker
from bot.sources.markup import blocks_from_element, words_from_element
from bot.sources.pages.fields import Post
from bot.sources.pages.frames import tokens_of
from bot.sources.pages.moments import machine_readable
from bot.sources.pages.names import name_in
from bot.sources.pages.parsing import Page

_TITLE_SEPARATOR = regex.compile(r"\s+[|·•»–—-]\s+")
_PULLED_CLASS = regex.compile(r"pull-?_?quote", regex.I)
_QUOTED_TAGS: Final = ("aside", "blockquote", "q", "figure", "div", "p", "section", "span")
_MAY_BE_PULLED: Final = frozenset({"aside", "blockquote", "q"})
#: More than this is how an article is written, not what it pulls out.
_MOST_PULLED = 64
#: Elements around each other that may all be such a passage; each of them is read whole.
_DEEPEST_PULLED = 8
_LONGEST_PULLED = 1000
#: trafilatura's elements as those of HTML.
_AS_HTML: Final = {
    "head": "h2", "item": "li", "quote": "blockquote", "graphic": "img", "ref": "a", "lb": "br", "row": "tr", "cell": "td", "hi": "b",
}  # fmt: skip
_HIGHLIGHTS: Final = {"#i": "i", "#b": "b", "#t": "code", "#u": "span", "#sub": "sub", "#sup": "sup"}


def read_article(
    page: Page, comments: Sequence[HtmlElement], *, post: Post | None
) -> tuple[Article, list[str]]:
    """The article of a page, and what was unclear about it. ``comments``, its elements, are taken out of the tree."""
    for element in comments:
        _remove(element)
    title, site = _title(page)
    _remove_comment_sections(page)
    if post is not None:
        blocks, pulled, found = post.blocks, [], _Extracted()
    else:
        pulled = _pulled(page)
        told = site and _stated_author(page) and _stated_time(page)
        found = _extract(page, with_metadata=not told)
        blocks = found.blocks or _plain_blocks(page)
    blocks = _without_title(blocks, title)
    blocks, quotes = _anchored(_with_speakers(blocks), pulled)
    published, source = _published(page, found)
    if post is not None and post.posted_at is not None:
        published, source = post.posted_at, "header"
    texts = [block.text for block in blocks]
    article = Article(
        title=title or next((text[:120] for text in texts if text), "…"),
        url=article_address(page.url) if page.url else None,
        site=site or found.site,
        byline=(post.author if post is not None else None) or _byline(page, found),
        published=published,
        published_source=source,
        language=page.language or language_of("\n".join(texts)),
        lede=next((block.text for block in blocks if block.kind is BlockKind.PARAGRAPH), None),
        blocks=blocks,
        pull_quotes=quotes,
    )
    return article, [] if title else ["The page has no title; its first words stand in the title's place."]


class _Extracted:
    """What trafilatura found."""

    def __init__(self, document: object = None, blocks: tuple[Block, ...] = ()) -> None:
        self.blocks = blocks
        self.author: str | None = getattr(document, "author", None)
        self.date: str | None = getattr(document, "date", None)
        self.site: str | None = getattr(document, "sitename", None)


#: Its search through all words of a page takes seconds, and finds days that are no publication's.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2200-01-01"}


#: trafilatura's time grows with the third power of the depth: minutes at 2,000 levels. Pages have some thirty.
_TOO_DEEP: Final = f"boolean({'/*' * 256})"


_PARAGRAPHS: Final = ("p", "li", "td", "div", "br", "h2", "h3", "dd", "blockquote")
_MANY = 2_000


def _extract(page: Page, *, with_metadata: bool) -> _Extracted:
    from trafilatura import bare_extraction  # noqa: PLC0415 - a second that only pages need

    if page.root.getroottree().xpath(_TOO_DEEP):
        return _Extracted()
    # Its second opinion compares every paragraph with those around it, which takes minutes where there are thousands.
    fast = sum(1 for _ in page.body.iter(_PARAGRAPHS)) > _MANY
    try:
        document = bare_extraction(
            page.root,
            url=page.url,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
            include_tables=True,
            with_metadata=with_metadata,
            fast=fast,
            date_extraction_params=_DATES,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        # A library that guesses stumbles over pages that nobody wrote by hand; the plain walk reads them.
        return _Extracted()
    body = getattr(document, "body", None)
    if body is None:
        return _Extracted(document)
    return _Extracted(document, blocks_from_element(_as_html(body), base=page.base))


def _as_html(body: HtmlElement) -> HtmlElement:
    for element in body.iter(etree.Element):
        tag = str(element.tag)
        if tag == "hi":
            element.tag = _HIGHLIGHTS.get(element.get("rend", ""), "span")
        elif tag == "list":
            element.tag = "ol" if element.get("rend") == "ol" else "ul"
        elif tag == "head":
            level = element.get("rend", "")
            element.tag = level if level in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"
        elif tag == "code":
            element.tag = "pre" if "\n" in "".join(map(str, element.itertext())) else "code"
        elif tag in _AS_HTML:
            if tag == "ref" and (target := element.get("target")):
                element.set("href", target)
            element.tag = _AS_HTML[tag]
    return body


def _plain_blocks(page: Page) -> tuple[Block, ...]:
    """The walk over the page's own article element, where extraction found nothing."""
    for path in (".//article", ".//main", ".//*[@itemprop='articleBody']"):
        element = page.body.find(path)
        if element is not None and (blocks := blocks_from_element(element, base=page.base)):
            return blocks
    return ()


def _title(page: Page) -> tuple[str, str | None]:
    """The title without the site's name, and the site's name."""
    site = page.stated("og:site_name", "application-name", "publisher")
    stated = page.stated("og:title", "twitter:title", "headline", "dc.title")
    heads = [
        text
        for heading in page.body.iter("h1")
        if (text := words_from_element(heading).text.replace("\n", " "))
    ]
    document = " ".join((page.root.findtext(".//title") or "").split())
    title = stated or document
    for heading in heads:
        if letters_of(heading) and letters_of(title).startswith(letters_of(heading)):
            title = heading
            break
    else:
        title = _without_site(title, site) if site else _as_headed(page, title)
    return title or next(iter(heads), ""), site or _site_behind(document, title)


def _without_site(title: str, site: str | None) -> str:
    pieces = _TITLE_SEPARATOR.split(title)
    if site and len(pieces) > 1:
        for piece, rest in (
            (pieces[-1], title[: title.rfind(pieces[-1])]),
            (pieces[0], title[len(pieces[0]) :]),
        ):
            if letters_of(piece) == letters_of(site):
                return rest.strip(_AROUND_SEPARATOR)
    return title


def _as_headed(page: Page, title: str) -> str:
    """A title of several pieces without the first or the last, where what is left stands in a heading of the page."""
    pieces = _TITLE_SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    headings = [
        letters_of("".join(map(str, heading.itertext())))
        for heading in islice(page.body.iter("h1", "h2", "h3", "h4", "strong"), _HEADINGS)
    ]
    last, first = title.rfind(pieces[-1]), len(pieces[0])
    for shorter in (title[:last].strip(_AROUND_SEPARATOR), title[first:].strip(_AROUND_SEPARATOR)):
        letters = letters_of(shorter)
        if letters and any(letters in heading and len(heading) <= _LONGEST_HEADING for heading in headings):
            return shorter
    return title


#: Headings of a page among which its title is looked for, and letters of the longest.
_HEADINGS = 60
_LONGEST_HEADING = 300
_AROUND_SEPARATOR = " \u00a0|·•»–—-"


def _site_behind(document: str, title: str) -> str | None:
    if title and document.startswith(title):
        pieces = _TITLE_SEPARATOR.split(document[len(title) :])
        return pieces[-1].strip() or None if len(pieces) > 1 else None
    return None


def _byline(page: Page, found: _Extracted) -> str | None:
    if stated := _stated_author(page):
        return stated
    return name_in(_ALL_BY.sub("", found.author.replace("; ", ", ")), alone=False) if found.author else None


def _stated_author(page: Page) -> str | None:
    stated = page.stated("author", "article:author", "dc.creator", "parsely-author")
    return stated if stated and not stated.lower().startswith("http") else None


_ALL_BY = regex.compile(
    r"^(?:(?:view )?(?:all )?(?:posts|articles|stories|entries) by|alle (?:beiträge|artikel) (?:von|anzeigen von)|(?:voir )?tous les articles (?:par|de)|ver todas las entradas de)\s+",
    regex.I,
)


def _published(page: Page, found: _Extracted) -> tuple[Moment | None, str | None]:
    if (moment := _stated_time(page)) is not None:
        return moment, "metadata"
    if found.date:
        try:
            return date.fromisoformat(found.date), "metadata"
        except ValueError:
            return None, None
    return None, None


def _stated_time(page: Page) -> Moment | None:
    stated = page.stated(
        "article:published_time",
        "datepublished",
        "dc.date",
        "date",
        "pubdate",
        "og:published_time",
        "dcterms.created",
    )
    return machine_readable(stated) if stated else None


def _remove(element: HtmlElement) -> None:
    # Dropping it would copy what follows, which may hold characters that lxml reads but refuses to write.
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "span"


_COMMENT_SECTION = regex.compile(
    r"^(?:comments?|respond|commentform|comments?-(?:area|section|wrapper|list|respond)|commentlist|comment-respond|disqus_thread|kommentare)$",
    regex.I,
)


def _remove_comment_sections(page: Page) -> None:
    sections = [
        element
        for element in page.body.iter("div", "section", "ol", "ul", "form", "aside")
        if any(_COMMENT_SECTION.match(token) for token in (element.get("id") or "", *tokens_of(element)))
    ]
    for section in sections:
        if not any(True for _ in section.iter("article", "main")) and section is not page.body:
            _remove(section)


def _pulled(page: Page) -> list[tuple[str, HtmlElement, bool]]:
    """Passages in markup that may be pull-quotes: words, element, and whether a class says so."""
    found = []
    around = 0
    taken: HtmlElement | None = None
    for event, element in etree.iterwalk(page.body, events=("start", "end"), tag=_QUOTED_TAGS):
        sure = bool(_PULLED_CLASS.search(element.get("class") or ""))
        if not sure and element.tag not in _MAY_BE_PULLED:
            continue
        if event == "end":
            around -= 1
            taken = None if element is taken else taken
            continue
        around += 1
        if taken is None and around <= _DEEPEST_PULLED:
            text = words_from_element(element, without=set(element.iter("cite", "figcaption", "footer"))).text
            if len(letters_of(text)) >= LEAST and len(text) <= _LONGEST_PULLED:
                taken = element
                found.append((text, element, sure))
    for _, element, sure in found[:_MOST_PULLED]:
        if sure:
            _remove(element)
    return found[:_MOST_PULLED]


def _anchored(
    blocks: tuple[Block, ...], pulled: Sequence[tuple[str, HtmlElement, bool]]
) -> tuple[tuple[Block, ...], tuple[PullQuote, ...]]:
    """The blocks without those that only repeat a passage, and the passages with their places."""
    if not pulled:
        return blocks, ()
    letters = [letters_of(block.text) for block in blocks]
    whole = "\n".join(letters)
    repeated = {own for text, _, _ in pulled if whole.count(own := letters_of(text)) > 1}
    bodies = [(block, own) for block, own in zip(blocks, letters, strict=True) if own not in repeated]
    quotes: list[PullQuote] = []
    seen: set[str] = set()
    for text, _, sure in pulled:
        own = letters_of(text)
        place = next(
            (
                (number, *span)
                for number, (body, held) in enumerate(bodies)
                if own in held and own != held and (span := Alphabet(body.text).span(own))
            ),
            None,
        )
        if own not in seen and (place or sure):
            seen.add(own)
            block, start, end = place or (None, None, None)
            quotes.append(PullQuote(text=text, source="markup", block=block, start=start, end=end))
    return tuple(body for body, _ in bodies), tuple(quotes)


def _with_speakers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Quotes with whom the sentence before names."""
    spoken: list[Block] = []
    speaker: str | None = None
    for block in blocks:
        if block.kind is BlockKind.QUOTE:
            spoken.append(block.model_copy(update={"speaker": speaker}))
        else:
            speaker = named_speaker(block.text) if announces(block.text) else None
            spoken.append(block)
    return tuple(spoken)


def _without_title(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    own = letters_of(title)
    return tuple(
        block
        for number, block in enumerate(blocks)
        if number >= _TITLE_WITHIN or letters_of(block.text) != own
    )


#: An image, a caption and a section's name may stand above the title.
_TITLE_WITHIN = 6
