"""The bot's own messages around the comments: article card, progress, contents, end, pull-quote (UI.md)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote as percent

from bot.domain import markdown
from bot.domain.discussion import Article
from bot.domain.limits import BUTTON_URL, CARD_LEDE, CARD_QUOTE, CONTENT
from bot.domain.outgoing import Layout, Outgoing, link_to
from bot.domain.panels import Button, ButtonRow, Panel, TextBlock
from bot.domain.quotes import Passage
from bot.domain.tree import Node, descendants
from bot.domain.wording import linkable, plural, published
from bot.domain.wording import title as title_of

ACCENT_ARTICLE = 0x4F6D8F
ACCENT_QUOTE = 0xB08D57
_MINUTE, _HOUR = 60, 3600
#: Custom ids of the buttons that any of our messages may carry; they work after a restart.
CONTENTS_ID, PRIVACY_ID, DISCUSS_ID = "rj:contents", "rj:privacy", "rj:discuss"
#: What follows it is the number of the comment that is answered.
ANSWER_ID = "rj:a:"
_HOW_TO_ANSWER = {
    Layout.REPLIES: "Hold a comment and choose Reply",
    Layout.CARDS: "Press Answer beside a comment",
    Layout.VOICES: "Hold a comment and choose Reply",
}
CONTENTS_BUTTON = Button(label="Contents", custom_id=CONTENTS_ID)


def article(
    article: Article,
    *,
    comments: int,
    quote: Passage | None,
    in_forum: bool,
    contact: str | None,
    now: datetime,
    layout: Layout = Layout.REPLIES,
) -> Outgoing:
    """The card above the comments: a forum post's starter, or the teaser that a thread hangs under."""
    lines = [] if in_forum else [f"**{title_of(article)}**"]
    lines += [_origin_line(article, now), _comments_line(article, comments)]
    first, last = "\n".join(lines), _join_in(comments, contact, layout)
    between = []
    if article.lede:
        between.append(markdown.shorten(markdown.escape(article.lede), CARD_LEDE))
    if quote is not None and len(quote.text) <= CARD_QUOTE:
        between.append(f"> “{_bare(quote.text)}”\n-# {_said_by(quote)}")
    # What every card must say comes first; of the rest as much as a hostile page leaves room for.
    while between and len("\n\n".join([first, *between, last])) > CONTENT:
        between.pop()
    buttons = [CONTENTS_BUTTON] if comments else []
    buttons.append(Button(label="Privacy", custom_id=PRIVACY_ID))
    return Outgoing(content="\n\n".join([first, *between, last]), buttons=tuple(buttons))


def end(
    article: Article, nodes: Sequence[Node], beginnings: Mapping[int, int], *, layout: Layout = Layout.REPLIES
) -> Outgoing:
    """The last message: where the old discussion ends and ours begins.

    ``beginnings`` says for every comment's number the ordinal of the message in which it begins.
    """
    origin = f" from {markdown.name(article.site)}" if article.site else ""
    if not nodes:
        return Outgoing(
            content=f"**That was the article{origin}; it came without comments.** From here on it is us.\n"
            f"Write here to answer it.\n-# [Back to the top]({link_to(0)})"
        )
    below = descendants(nodes)
    branch = max((node for node in nodes if node.parent is None), key=lambda node: below[node.number])
    latest = _latest(nodes)
    links = [f"[Back to the top]({link_to(0)})"]
    if below[branch.number]:
        links.append(f"[longest branch]({link_to(beginnings[branch.number])})")
    links.append(f"[latest comment]({link_to(beginnings[latest.number])})")
    return Outgoing(
        content=f"**That was everything{origin}: {plural(len(nodes), 'comment')}.** From here on it is us.\n"
        f"{_HOW_TO_ANSWER[layout]}, or write here to answer the article itself.\n"
        f"-# {' · '.join(links)}"
    )


def progress(done: int, total: int, *, seconds_left: float, layout: Layout = Layout.REPLIES) -> Outgoing:
    """How many comments of an import are placed, while it runs."""
    pace = f"{'A page' if layout is Layout.CARDS else 'One'} a second, the pace that Discord allows."
    left = f"About {duration(seconds_left)} left. You can read and answer already."
    text = f"**Placing comments: {done} of {total}**\n-# {pace} {left}"
    return Outgoing(panel=Panel(blocks=(TextBlock(text=text),)))


def paused(done: int, total: int, reason: str) -> Outgoing:
    """Why an import does not go on at the moment, in its thread; ``reason`` says what happens next."""
    return Outgoing(panel=Panel(blocks=(TextBlock(text=f"**Paused at {done} of {total}:** {reason}"),)))


def pull_quote(
    article: Article, passage: Passage, *, place: str, read_url: str, chosen_by: int, now: datetime
) -> Outgoing:
    """A passage with its proof: who says it first, so that it never reads as the bot's own opinion."""
    title = f"*{title_of(article, 150)}*"
    who = _introduction(article, passage, title)
    origin = ", ".join(
        filter(None, [article.site and markdown.name(article.site), published(article, now=now)])
    )
    notes = [f"Found word for word in {place}", origin, passage.attribution, f"chosen by <@{chosen_by}>"]
    buttons = [Button(label="Read it in place", url=read_url)]
    source = linkable(article.url)
    if source is not None and len(page := _passage_url(source, passage.text)) <= BUTTON_URL:
        buttons.append(Button(label="Source page", url=page))
    buttons.append(Button(label="Discuss", custom_id=DISCUSS_ID))
    texts = (who, f"### “{_bare(passage.text)}”", f"-# {' · '.join(filter(None, notes))}")
    blocks = (*(TextBlock(text=text) for text in texts), ButtonRow(buttons=tuple(buttons)))
    return Outgoing(panel=Panel(accent=ACCENT_QUOTE, blocks=blocks))


def answer_button(number: int) -> Button:
    """The button beside a comment of a page."""
    return Button(label=f"Answer {number}", custom_id=f"{ANSWER_ID}{number}")


def duration(seconds: float) -> str:
    """``25 seconds``, ``1 minute 20``, ``1 hour 40``: as a person would say it."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return plural(whole, "second")
    if whole < _HOUR:
        minutes, rest = divmod(whole, _MINUTE)
        # Past ten minutes nobody counts the seconds.
        return plural(minutes, "minute") + (f" {rest}" if rest and whole < 10 * _MINUTE else "")
    hours, rest = divmod(whole // _MINUTE, _MINUTE)
    return plural(hours, "hour") + (f" {rest}" if rest else "")


def _introduction(article: Article, passage: Passage, title: str) -> str:
    """Who says it, and where: a third person's words are quoted by the author, a comment stands under the article."""
    if passage.comment is not None:
        return (
            f"**{_speaker(passage)}** writes under {title}:"
            if passage.speaker
            else f"A reader writes under {title}:"
        )
    if passage.speaker is None:
        return f"From {title}:"
    if passage.attribution is None:
        return f"**{_speaker(passage)}** writes in {title}:"
    by = f" by {markdown.name(article.byline)}" if article.byline else ""
    return f"**{_speaker(passage)}**, quoted{by} in {title}:"


def _origin_line(article: Article, now: datetime) -> str:
    origin = f"From **{markdown.name(article.site)}**" if article.site else "From a saved page"
    byline = f"by {markdown.name(article.byline)}" if article.byline else None
    return ", ".join(filter(None, [origin, byline, published(article, now=now)]))


def _comments_line(article: Article, comments: int) -> str:
    source = linkable(article.url)
    where = f"[Article](<{source}>)" if source else "The article"
    if not comments:
        return f"{where}; it came without comments."
    return f"{where} and {plural(comments, 'comment')}, written there by its readers, not by members here."


def _join_in(comments: int, contact: str | None, layout: Layout) -> str:
    if not comments:
        join = "write here to answer the article."
    elif layout is Layout.CARDS:
        join = "press Answer beside a comment, or write here: a plain message always works."
    else:
        join = "hold any comment and choose Reply. Your answer takes its place under it."
    write_to = f" Not a member, and a comment should go? {markdown.escape(contact)}" if contact else ""
    return (
        f"**Join in:** {join}\n-# Answers in this thread are kept in the bot's archive (/privacy).{write_to}"
    )


def _said_by(quote: Passage) -> str:
    if quote.speaker is None:
        return "in the article" if quote.comment is None else "a reader, in the comments"
    spoken = ", quoted in the article" if quote.attribution else ", in the article"
    return _speaker(quote) + (spoken if quote.comment is None else ", in the comments")


def _speaker(passage: Passage) -> str:
    return markdown.name(passage.speaker) if passage.speaker else ""


def _bare(text: str) -> str:
    """The passage without quotation marks of its own around it, on one line."""
    return markdown.escape(" ".join(markdown.clean(text).split()).strip('“”"„«»‟'))


def _passage_url(url: str, text: str) -> str:
    """The page, scrolled to the passage by the browser."""
    return f"{url.partition('#')[0]}#:~:text={percent(text.strip(), safe='').replace('-', '%2D')}"


def _latest(nodes: Sequence[Node]) -> Node:
    """The comment posted last; where times can't be compared, the last one in tree order."""
    dated = [node for node in nodes if node.comment.posted_at is not None]
    kinds = {
        (type(node.comment.posted_at), getattr(node.comment.posted_at, "tzinfo", None) is None)
        for node in dated
    }
    if len(kinds) != 1:
        return nodes[-1]
    return max(dated, key=lambda node: node.comment.posted_at)  # type: ignore[arg-type,return-value]
