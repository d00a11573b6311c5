"""Discourse: a topic with its posts, or pages of posts."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly, names
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "discourse-json"

#: What a post is (Discourse's Post.types): 3 is a note of the forum software, 4 is seen by the staff only.
_NOTE, _WHISPER = 3, 4
#: The action that is a like (PostActionType).
_LIKE = 2


def recognises(item: Mapping[str, JSON]) -> bool:
    """A topic or a page of posts."""
    return isinstance(item.get("post_stream"), dict)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the topic; several pages of it may stand in a list."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    posts = [post for page in pages for post in page.record("post_stream").records("posts")]
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
    topic = next((page for page in pages if "title" in page), pages[0] if pages else assembly.record(None))
    declared = _declared(pages, posts)
    if declared is not None:
        declared = max(0, declared - apart)
    _name_missing(pages, posts, assembly)
    first = unique.get("1", assembly.record(None))
    return [assembly.discussion(_article(topic, first, posts, assembly), declared=declared)]


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
    return Article(
        title=assembly.title(topic.line("title"), slug.replace("-", " ").capitalize() if slug else "Topic"),
        byline=first.line("username", "name"),
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(html) if html else (),
    )
