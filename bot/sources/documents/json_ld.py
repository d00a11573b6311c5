"""schema.org in JSON-LD: an article or a forum posting with its comments, in a file of its own or inside a page."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import blocks_from_either, words_from_either

KIND = "json-ld"

_COMMENTS = {"Comment", "Answer", "UserComments"}
_ARTICLES = {
    *(
        "Article",
        "NewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "DiscussionForumPosting",
    ),
    *(
        "OpinionNewsArticle",
        "AnalysisNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "ScholarlyArticle",
    ),
    *("TechArticle", "Report", "Question", "Conversation", "VideoObject", "Recipe", "CreativeWork"),
}
_HELP = "FAQPage"
#: Where the answers to an article, a question or a comment stand.
_ANSWERS = ("comment", "comments", "acceptedAnswer", "suggestedAnswer")
#: What may lead from the outermost object to the article.
_WAYS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
#: Where an object's own name stands.
_NAMES = ("@id", "identifier", "url")
#: The one figure by which schema.org counts comments where ``commentCount`` is not given.
_COMMENTING = "CommentAction"


def recognises(item: Mapping[str, JSON]) -> bool:
    """An object that says what it is in schema.org's words."""
    return bool({"@context", "@graph", "@type"} & item.keys())


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of a file; without an article in it, one without a title."""
    return [_discussion(items)]


def discussion_of(items: Sequence[JSON]) -> Discussion | None:
    """What the parsed JSON-LD blocks of one page say together; None where they name no article and no comment."""
    nodes = _nodes(Assembly(KIND).records(items))
    told = any(_is_article(node) or not _COMMENTS.isdisjoint(_types(node)) for node in nodes)
    return _discussion(items) if told else None


def _discussion(items: Sequence[JSON]) -> Discussion:
    assembly = Assembly(KIND)
    nodes = list(_nodes(assembly.records(items)))
    named = {name: node for node in nodes if not _is_reference(node) and (name := node.line("@id"))}
    loose = [node for node in nodes if not _COMMENTS.isdisjoint(_types(node))]
    article = max(filter(_is_article, nodes), key=_comments_in, default=assembly.record(None))
    _add_all(article, loose, named, assembly)
    return assembly.discussion(_article(article, assembly), declared=_declared(article))


def _nodes(records: Sequence[Record]) -> Iterator[Record]:
    """The objects that stand outermost, in the order of the document."""
    waiting = list(reversed(records))
    while waiting:
        node = waiting.pop()
        yield node
        # The questions of a help page are its own, and nobody discusses them.
        inside = [] if _HELP in _types(node) else [found for name in _WAYS for found in _objects(node, name)]
        waiting.extend(reversed(inside))


def _objects(node: Record, name: str) -> list[Record]:
    """What stands in a field, one object or several. An address in an object's place is none."""
    value = node.fields.get(name)
    values = value if isinstance(value, list) else [value]
    return [Record(found, node.oddities) for found in values if isinstance(found, dict)]


def _types(node: Record) -> set[str]:
    value = node.fields.get("@type")
    values = value if isinstance(value, list) else [value]
    return {found.rpartition("/")[2].rpartition(":")[2] for found in values if isinstance(found, str)}


def _is_article(node: Record) -> bool:
    """Whether it says so, or is anything else that people comment on."""
    types = _types(node)
    return not _ARTICLES.isdisjoint(types) or (types.isdisjoint(_COMMENTS) and _comments_in(node) > 0)


def _comments_in(article: Record) -> int:
    return sum(len(_objects(article, name)) for name in _ANSWERS)


def _add_all(
    article: Record, loose: Sequence[Record], named: Mapping[str, Record], assembly: Assembly
) -> None:
    """Take the comments below the article, then those that stand beside it and name what they answer."""
    called = [name for field in _NAMES if isinstance(name := article.fields.get(field), str)]
    roots = {_key(article), *map(_name, called)}
    taken: set[int] = {id(article.fields)}
    lacking = 0
    waiting: list[tuple[Record, str | None]] = [(comment, None) for comment in reversed(loose)]
    waiting += [(comment, None) for comment in reversed(_answers(article))]
    while waiting:
        comment, above = waiting.pop()
        if _is_reference(comment):
            comment = named.get(comment.line("@id") or "", comment)
        if id(comment.fields) in taken:
            continue
        taken.add(id(comment.fields))
        if _is_reference(comment):
            lacking += 1
            continue
        parents = [parent for item in _objects(comment, "parentItem") if (parent := _key(item))]
        parent = parents[0] if parents else above
        key = _add(comment, parent if parent not in roots else None, assembly)
        waiting.extend((answer, key) for answer in reversed(_answers(comment)))
    if lacking:
        assembly.miss(f"{plural(lacking, 'comment')} named but not in this file.")


def _is_reference(node: Record) -> bool:
    """Whether it stands for another object by its name alone."""
    return "@id" in node and node.fields.keys() <= {"@id", "@type"}


def _answers(node: Record) -> list[Record]:
    return [answer for name in _ANSWERS for answer in _objects(node, name)]


def _add(comment: Record, parent: str | None, assembly: Assembly) -> str:
    score = comment.number("upvoteCount")
    against = comment.number("downvoteCount")
    return assembly.add(
        key=_key(comment),
        parent=parent,
        kind=CommentKind.COMMENT,
        body=comment.text("text", "commentText", "description"),
        words=words_from_either,
        author=_names(comment, "author", "creator"),
        posted_at=comment.moment("dateCreated", "datePublished", "commentTime"),
        edited_at=comment.moment("dateModified"),
        score=score - (against or 0) if score is not None else None,
    )


def _key(node: Record) -> str | None:
    """Its own id."""
    if isinstance(node.fields.get("identifier"), dict):
        found = node.record("identifier").identity("value")
    else:
        found = node.identity(*_NAMES)
    return _name(found) if found else None


def _name(found: str) -> str:
    """Of an address the part that names the comment on its page, as the page itself names it."""
    return found.partition("#")[2] or found


def _names(node: Record, *fields: str) -> str | None:
    """The names in a field that holds a word, a person or several of them."""
    for field in fields:
        if isinstance(node.fields.get(field), str):
            return node.line(field)
        if names := [
            name for person in _objects(node, field) if (name := person.line("name", "alternateName"))
        ]:
            return ", ".join(names)
    return None


def _declared(article: Record) -> int | None:
    figures = [figure for figure in _objects(article, "interactionStatistic") if _counts_comments(figure)]
    counts = [article.number("commentCount"), article.number("answerCount")]
    counts += [figure.number("userInteractionCount") for figure in figures]
    return next((count for count in counts if count is not None), None)


def _counts_comments(figure: Record) -> bool:
    action = figure.fields.get("interactionType")
    if isinstance(action, str):
        return action.endswith(_COMMENTING)
    return any(_COMMENTING in _types(way) for way in _objects(figure, "interactionType"))


def _article(article: Record, assembly: Assembly) -> Article:
    body = article.text("articleBody", "text")
    published = article.moment("datePublished", "dateCreated")
    publishers = _objects(article, "publisher")
    page = next(iter(_objects(article, "mainEntityOfPage")), assembly.record(None))
    return Article(
        title=assembly.title(article.line("headline", "name"), "Page"),
        url=article.address("url", "mainEntityOfPage")
        or page.address("@id", "url")
        or article.address("@id"),
        site=publishers[0].line("name") if publishers else None,
        byline=_names(article, "author", "creator"),
        published=published,
        published_source="metadata" if published else None,
        language=article.line("inLanguage") if isinstance(article.fields.get("inLanguage"), str) else None,
        lede=article.line("description"),
        blocks=blocks_from_either(body) if body else (),
    )
