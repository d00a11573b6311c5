"""Whole pages of our own against what a careful reader sees in them."""

from pathlib import Path

import pytest

from bot.domain.discussion import Comment, Discussion
from bot.sources.register import read

PAGES = Path(__file__).parent / "pages"


def summary(discussion: Discussion) -> str:
    article = discussion.article
    lines = [
        f"title      {article.title}",
        f"site       {article.site}",
        f"byline     {article.byline}",
        f"published  {article.published} ({article.published_source})",
        f"language   {article.language}",
        f"declared   {discussion.source.declared_comments}",
        "",
    ]
    lines += [
        f"{block.kind.value:<9}  {ends(block.text)}" + (f"  [{block.speaker}]" if block.speaker else "")
        for block in article.blocks
    ]
    for quote in article.pull_quotes:
        passage = None if quote.block is None else article.blocks[quote.block].text[quote.start : quote.end]
        lines.append(f"pull-quote {quote.source}, block {quote.block}: {passage}")
    lines += ["", *(line(comment) for comment in discussion.comments), ""]
    lines += [f"dropped    {dropped.reason}: {dropped.text}" for dropped in discussion.dropped]
    lines += [f"warning    {warning}" for warning in discussion.warnings]
    return "\n".join(lines) + "\n"


def line(comment: Comment) -> str:
    name = comment.author or "?"
    guess = f" (guess {comment.author_guess})" if comment.author_guess else ""
    sure = "certain" if comment.confidence == 1 else "likely" if comment.confidence >= 0.75 else "unsure"
    when = comment.posted_at or "no date"
    return f"{'    ' * comment.depth}{name}{guess}, {comment.author_source.value}, {when}, {sure}: {ends(comment.text)}"


def ends(text: str) -> str:
    flat = text.replace("\n", " / ")
    return flat if len(flat) <= 72 else f"{flat[:40]} … {flat[-28:]}"


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda page: page.stem)
def test_a_page_is_read_as_people_read_it(page: Path) -> None:
    (discussion,) = read(page.read_bytes(), location=page.name)
    assert summary(discussion) == page.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda page: page.stem)
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace(" ", "\0 ").encode(),
    ],
    ids=["windows line ends", "byte order mark", "utf-16", "utf-16 without a mark", "NULs"],
)
def test_how_a_page_was_saved_changes_nothing(page: Path, changed) -> None:
    text = page.read_text(encoding="utf-8")
    assert read(changed(text), location="a") == read(text.encode(), location="a")


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda page: page.stem)
def test_other_indent_steps_give_the_same_tree(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    wider = "\n".join(
        " " * 2 * (len(row) - len(row.lstrip(" "))) + row.lstrip(" ") for row in text.split("\n")
    )
    assert read(wider.encode(), location="a")[0].comments == read(text.encode(), location="a")[0].comments
