"""What a list of many articles shows of each, before anybody wants one whole."""

from bot.domain.discussion import CommentKind, Discussion, Model, Moment


class Summary(Model):
    """One discussion of a source."""

    #: Its place among the discussions of the source, from 0: the same whenever the source is read.
    place: int
    title: str
    url: str | None = None
    site: str | None = None
    published: Moment | None = None
    #: Comments that an import would bring.
    comments: int


def summary_of(place: int, discussion: Discussion) -> Summary:
    """The summary of the discussion at ``place``."""
    article = discussion.article
    return Summary(
        place=place,
        title=article.title,
        url=article.url,
        site=article.site,
        published=article.published,
        comments=sum(comment.kind is CommentKind.COMMENT for comment in discussion.comments),
    )
