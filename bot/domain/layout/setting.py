"""What an import's messages depend on besides the discussion."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.discussion import Rights
from bot.domain.limits import ONE_BY_ONE_COMMENTS, PROGRESS_FROM_COMMENTS
from bot.domain.outgoing import Layout


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an import goes, on what terms, and in which form."""

    rights: Rights
    #: In a forum the thread's name is the title, so the card does not repeat it.
    in_forum: bool
    now: datetime
    #: Into a thread that is there already, so that none is opened.
    in_thread: bool = False
    #: Whom somebody who is no member may write to.
    contact: str | None = None
    #: From this many comments on, a message tells how far the import is.
    progress_from: int = PROGRESS_FROM_COMMENTS
    layout: Layout = Layout.AUTO
    #: Up to this many comments `AUTO` posts one by one.
    one_by_one_limit: int = ONE_BY_ONE_COMMENTS
