"""A Discourse topic's feed (``.rss`` behind its address): the newest posts, without parents."""

from collections import defaultdict

import regex
from lxml import html

from bot.domain.discussion import Article, AuthorSource, Comment, Discussion, Source
from bot.domain.wording import plural
from bot.sources.bodies import body
from bot.sources.feeds.entries import Entry, Feed
from bot.sources.growing import grow, stand_in_title
from bot.sources.markup import blocks_from_html

KIND = "comments-feed"

#: Host, topic, post; posts are numbered from 1, which is the article.
_GUID = regex.compile(r"[^/\s]+-post-(?P<topic>\d+)-(?P<post>\d+)")
_POST_IN_ADDRESS = regex.compile(r"(/t/(?:[^/]+/)?\d+)/\d+/?\Z")


def is_of(feed: Feed) -> bool:
    """Whether all entries are posts of topics; the feeds of a whole site hold topics, whose ids look different."""
    return all(_GUID.fullmatch(entry.id) for entry in feed.entries)


def discussions(feed: Feed) -> list[Discussion]:
    """One for each topic that the feed has posts of."""
    topics: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in feed.entries:
        if found := _GUID.fullmatch(entry.id):
            topics[found["topic"]].setdefault(int(found["post"]), entry)
    return [_discussion(feed, dict(sorted(posts.items()))) for posts in topics.values()]


def _discussion(feed: Feed, posts: dict[int, Entry]) -> Discussion:
    opening = posts.pop(1, None)
    comments, warnings = grow([_comment(number, entry) for number, entry in posts.items()])
    last = max(posts, default=1)
    missing = last - 1 - len(comments)
    said = [
        f"This feed holds the newest {plural(len(comments), 'post')} of a topic and does not say who answers whom."
    ]
    if missing > 0:
        said.append(
            f"{plural(missing, 'earlier post')} of the topic {'is' if missing == 1 else 'are'} not in it."
        )
    return Discussion(
        source=Source(kind=KIND, location="", declared_comments=last - 1, complete=missing <= 0),
        article=_article(feed, opening, next(iter(posts.values()), opening)),
        comments=comments,
        warnings=(*said, *warnings),
    )


def _article(feed: Feed, opening: Entry | None, any_post: Entry | None) -> Article:
    link = _POST_IN_ADDRESS.sub(r"\1", any_post.link) if any_post else feed.link
    blocks = blocks_from_html(_written(opening)) if opening else ()
    title = any_post.title if any_post else feed.title
    return Article(
        title=title or stand_in_title(feed.title, *(block.text for block in blocks[:1])),
        url=link or None,
        byline=opening.author if opening else None,
        published=opening.published if opening else None,
        published_source="metadata" if opening and opening.published else None,
        language=feed.language,
        blocks=blocks,
    )


def _comment(number: int, entry: Entry) -> Comment:
    words = body(_written(entry))
    return Comment(
        key=str(number),
        author=entry.author,
        author_source=AuthorSource.HEADER if entry.author else AuthorSource.UNKNOWN,
        posted_at=entry.published,
        markdown=words.markdown,
        text=words.text,
    )


def _written(entry: Entry) -> str:
    """What the post says: Discourse wraps it into a quotation between its own first and last lines."""
    if not entry.body.strip():
        return ""
    parts = html.fragment_fromstring(entry.body, create_parent="div")
    elements = list(parts.iterchildren("*"))
    match elements:
        case [before, quotation, behind] if (
            before.tag == "p" and quotation.tag == "blockquote" and behind.tag == "p" and _is_link(behind)
        ):
            return (
                html.tostring(quotation, encoding="unicode", with_tail=False)
                .partition(">")[2]
                .rpartition("<")[0]
            )
        case [*_, behind] if _is_link(behind) and len(elements) > 1:
            parts.remove(behind)
            return html.tostring(parts, encoding="unicode")
        case _:
            return entry.body


def _is_link(paragraph: html.HtmlElement) -> bool:
    """Whether a paragraph is nothing but a link to a post."""
    links = paragraph.findall("a")
    return (
        len(links) == 1
        and _POST_IN_ADDRESS.search(links[0].get("href", "")) is not None
        and paragraph.text_content().strip() == links[0].text_content().strip()
    )
