"""Lobsters and its sister sites."""

import regex

from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.roles import Role
from bot.sources.pages.systems.found import Found

KIND = "lobsters-html"

_USER = regex.compile(r"/(?:u|~)/?[\w-]+$")
_SCORE = regex.compile(r"-?\d+")


def find(page: Page) -> Found | None:
    """The comments of a story."""
    if "comments_subtree" not in page.tokens:
        return None
    frames = []
    for element in page.body.iter("div"):
        short_id = element.get("data-shortid")
        if short_id and "comment" in tokens_of(element):
            scores = (part.text or "" for part in element.iter("div", "a") if "score" in tokens_of(part))
            named = [
                link
                for link in element.iter("a")
                if _USER.search(link.get("href") or "") and (link.text or "").strip()
            ]
            score = _SCORE.fullmatch(next(scores, "").strip())
            frame = Frame(element, short_id, score=int(score[0]) if score else None)
            frame.features[Role.NAME] += named[:1]
            frames.append(frame)
    return Found(KIND, frames) if frames else None
