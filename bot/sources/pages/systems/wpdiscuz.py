"""wpDiscuz, a plugin of WordPress: an element's id holds its comment's number and the parent's."""

import regex

from bot.sources.pages.frames import Frame
from bot.sources.pages.marked import kind_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "wpdiscuz-html"

_ID = regex.compile(r"w(?:c|pd)-comm-(\d+)_(\d+)")


def find(page: Page) -> Found | None:
    """The comments of a page with wpDiscuz in its second to seventh version."""
    frames = [
        Frame(
            element,
            f"comment-{found[1]}",
            parent_key=f"comment-{found[2]}" if found[2] != "0" else None,
            kind=kind_of(element),
        )
        for element, stated, _ in page.holders
        if stated and "-comm-" in stated and (found := _ID.fullmatch(stated))
    ]
    return Found(KIND, frames) if frames else None
