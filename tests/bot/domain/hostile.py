"""Pages that somebody made to break us, for hypothesis to vary."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.discussion import Article, AuthorSource, Comment, CommentKind, Discussion, Dropped, Source
from bot.domain.quotes import Passage

_PIECES = st.sampled_from(
    [
        "word ",
        "*" * 40,
        "_" * 60,
        "[a](https://harbour-lines.example) ",
        "@everyone <@1> <#2> ",
        "https://harbour-lines.example/" + "a" * 300 + " ",
        "\n",
        "\n\n```\n",
        "> - # -# ",
        "\u202e\u200b\u2066",
        "\ue0000\ue001",
        "e" + "\u0301" * 40,
        "\u1100" * 300,
        "\u200d".join("👩" * 200),
        "\u0f40\u0f71\u0f74" * 30,
        "W" * 700,
    ]
)
TEXTS = st.lists(_PIECES, max_size=14).map("".join)
_MOMENTS = st.sampled_from([None, datetime(2019, 2, 3, 14, 30), datetime(2026, 2, 27, tzinfo=UTC)])  # noqa: DTZ001 - as pages give it
_ADDRESSES = st.one_of(st.none(), TEXTS.map("https://harbour-lines.example/{}".format))


def articles() -> st.SearchStrategy[Article]:
    """Articles in which every text is hostile."""
    return st.builds(
        Article,
        title=TEXTS,
        url=_ADDRESSES,
        site=st.one_of(st.none(), TEXTS),
        byline=st.one_of(st.none(), TEXTS),
        lede=st.one_of(st.none(), TEXTS),
        published=_MOMENTS,
    )


def passages() -> st.SearchStrategy[Passage | None]:
    """Passages with hostile words and speakers; whether they stand anywhere is not asked here."""
    return st.one_of(
        st.none(),
        st.builds(
            Passage,
            text=TEXTS.map(lambda text: text[:240]),
            block=st.sampled_from([None, 0]),
            start=st.just(0),
            end=st.just(1),
            speaker=st.one_of(st.none(), TEXTS),
            attribution=st.sampled_from([None, "speaker named by the sentence before it"]),
        ),
    )


@st.composite
def discussions(draw: st.DrawFn) -> Discussion:
    """A hostile article with a few hostile comments that answer each other, orphans among them."""
    comments = [_comment(draw, number) for number in range(draw(st.integers(0, 4)))]
    return Discussion(
        source=Source(kind="flattened-text", location="page.txt"),
        article=draw(articles()),
        comments=tuple(comments),
        dropped=tuple(Dropped(text=text, reason=text) for text in draw(st.lists(TEXTS, max_size=8))),
        warnings=tuple(draw(st.lists(TEXTS, max_size=3)) * draw(st.sampled_from([1, 200]))),
    )


def _comment(draw: st.DrawFn, number: int) -> Comment:
    words = draw(TEXTS) * draw(st.sampled_from([1, 6]))
    values: dict[str, Any] = {
        "key": str(number),
        "parent": draw(st.sampled_from([None, str(number - 1), "nowhere"])),
        "kind": draw(st.sampled_from([CommentKind.COMMENT, CommentKind.COMMENT, CommentKind.DELETED])),
        "author": draw(st.one_of(st.none(), TEXTS)),
        "author_source": draw(st.sampled_from(AuthorSource)),
        "author_guess": draw(st.one_of(st.none(), TEXTS)),
        "posted_at": draw(_MOMENTS),
        "edited_at": draw(_MOMENTS),
        "confidence": draw(st.sampled_from([0.5, 1.0])),
    }
    return Comment(markdown=words, text=words, **values)
