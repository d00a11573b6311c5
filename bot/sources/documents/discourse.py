"""Discourse: a topic with its posts, or pages of posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly, names
from bot.sources.documents.fields import Oddities, Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "discourse-json"

#: What a post is (Discourse's Post.types): 3 is a note of the forum software, 4 is seen by the staff only.
_NOTE, _WHISPER = 3, 4
#: The action that is a like (PostActionType).
_LIKE = 2
#: Where nothing says which topic it is, there is one.
_ONLY = "?"


@dataclass(slots=True)
class _Topic:
    """What the pages hold of a topic."""

    pages: list[dict[str, JSON]] = field(default_factory=list)
    posts: list[dict[str, JSON]] = field(default_factory=list)


def recognises(item: Mapping[str, JSON]) -> bool:
    """A topic, a page of its posts, a single post, or a site's latest posts."""
    return (
        isinstance(item.get("post_stream"), dict)
        or isinstance(item.get("latest_posts"), list)
        or _is_post(item)
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a topic; several pages of it may stand in a list."""
    topics: dict[str, _Topic] = {}
    for item in items:
        page = Record(item, Oddities())
        posts = [page] if _is_post(page.fields) else page.record("post_stream").records("posts")
        number = page.identity("id") if "post_stream" in page else None
        for post in [*posts, *page.records("latest_posts")]:
            place = post.identity("topic_id") or number or _ONLY
            topics.setdefault(place, _Topic()).posts.append(post.fields)
        if "post_stream" in page:
            place = next((found for post in posts if (found := post.identity("topic_id"))), number) or _ONLY
            topics.setdefault(place, _Topic()).pages.append(page.fields)
    return [_discussion(topic) for topic in topics.values()] or [_discussion(_Topic())]


def _is_post(item: Mapping[str, JSON]) -> bool:
    return "cooked" in item and "post_number" in item


def _discussion(topic: _Topic) -> Discussion:
    assembly = Assembly(KIND)
    pages, posts = assembly.records(topic.pages), assembly.records(topic.posts)
    unique = {post.identity("post_number") or f"?{place}": post for place, post in enumerate(posts)}
    apart = 0
    for number, post in sorted(unique.items(), key=lambda entry: entry[1].number("post_number") or 0):
        if number == "1":
            continue
        if post.number("post_type") in {_NOTE, _WHISPER}:
            apart += 1
            _set_apart(post, assembly)
        else:
            _add(post, assembly)
    head = next((page for page in pages if "title" in page), pages[0] if pages else assembly.record(None))
    declared = _declared(pages, posts)
    if declared is not None:
        declared = max(0, declared - apart)
    _name_missing(pages, posts, assembly)
    first = unique.get("1", assembly.record(None))
    return assembly.discussion(_article(head, first, posts, assembly), declared=declared)


def _add(post: Record, assembly: Assembly) -> None:
    parent = post.identity("reply_to_post_number")
    created = post.moment("created_at")
    kind = CommentKind.HELD if post.flag("hidden") else CommentKind.COMMENT
    gone = post.flag("user_deleted") or "deleted_at" in post
    likes = [
        action.number("count") for action in post.records("actions_summary") if action.number("id") == _LIKE
    ]
    assembly.add(
        key=post.identity("post_number"),
        parent=parent if parent != "1" else None,
        kind=CommentKind.DELETED if gone else kind,
        body=post.text("cooked"),
        words=words_from_html,
        author=post.line("username", "name"),
        posted_at=created,
        edited_at=post.moment("updated_at") if (post.number("version") or 1) > 1 else None,
        score=likes[0] if likes else None,
    )


def _set_apart(post: Record, assembly: Assembly) -> None:
    if post.number("post_type") == _WHISPER:
        assembly.drop("", "a post that only the staff sees")
    else:
        said = words_from_html(post.text("cooked") or "").text or (post.line("action_code") or "").replace(
            ".", " "
        )
        assembly.drop(said, "a note of the forum software")


def _declared(pages: Sequence[Record], posts: Sequence[Record]) -> int | None:
    """Posts that the topic says it has, without the first, which is the article."""
    counts = [len(page.record("post_stream").strings("stream")) for page in pages]
    counts += [record.number("posts_count") or 0 for record in (*pages, *posts[:1])]
    most = next((count for count in counts if count), 0)
    return most - 1 if most else None


def _name_missing(pages: Sequence[Record], posts: Sequence[Record], assembly: Assembly) -> None:
    """Name the posts that the stream lists and the pages do not hold."""
    here = {post.identity("id") for post in posts}
    listed = dict.fromkeys(
        number for page in pages for number in page.record("post_stream").strings("stream")
    )
    if missing := [number for number in listed if number not in here]:
        assembly.miss(f"{plural(len(missing), 'post')} of the topic not in this file: {names(missing)}.")


def _article(topic: Record, first: Record, posts: Sequence[Record], assembly: Assembly) -> Article:
    slug = next((slug for record in (topic, *posts) if (slug := record.line("slug", "topic_slug"))), None)
    html = first.text("cooked")
    published = first.moment("created_at") or topic.moment("created_at")
    title = topic.line("title") or next((said for post in posts if (said := post.line("topic_title"))), None)
    return Article(
        title=assembly.title(title, slug.replace("-", " ").capitalize() if slug else "Topic"),
        byline=first.line("username", "name"),
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(html) if html else (),
    )
