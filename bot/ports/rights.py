"""The rights that the bot asks for in Discord, each with its reason; nothing else is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

#: Discord's addresses for people, not for programs.
PORTAL = "https://discord.com/developers/applications"
_AUTHORIZE = "https://discord.com/oauth2/authorize"
_SCOPES = ("bot", "applications.commands")


@dataclass(frozen=True, slots=True)
class Right:
    """One of Discord's permissions."""

    #: As discord.py names it.
    attribute: str
    #: Its bit in Discord's permission integers (docs.discord.com, Permissions).
    bit: int
    #: As a server's role settings name it.
    name: str
    #: As the settings of a text channel and of a forum name it; None where it has no meaning there.
    in_text: str | None
    in_forum: str | None
    why: str
    #: Without it no article can be posted.
    essential: bool = True
    #: Whether it matters in a thread that is there already.
    in_threads: bool = True

    def name_in(self, kind: Literal["text", "forum"]) -> str | None:
        """What this right is called in the settings of such a channel."""
        return self.in_text if kind == "text" else self.in_forum


REQUIRED_RIGHTS: tuple[Right, ...] = (
    Right(
        "view_channel",
        10,
        "View Channels",
        "View Channel",
        "View Channel",
        "to see where articles go",
    ),
    Right(
        "send_messages",
        11,
        "Send Messages and Create Posts",
        "Send Messages",
        "Create Posts",
        "to post the article",
        in_threads=False,
    ),
    Right(
        "create_public_threads",
        35,
        "Create Public Threads",
        "Create Public Threads",
        None,
        "to open the thread under an article in a text channel",
        in_threads=False,
    ),
    Right(
        "send_messages_in_threads",
        38,
        "Send Messages in Threads and Posts",
        "Send Messages in Threads",
        "Send Messages in Posts",
        "to post the comments",
    ),
    Right(
        "attach_files",
        15,
        "Attach Files",
        "Attach Files",
        "Attach Files",
        "to attach all comments as one file",
    ),
    Right(
        "read_message_history",
        16,
        "Read Message History",
        "Read Message History",
        "Read Message History",
        "to answer the right comment, and to catch up after a restart",
    ),
    Right(
        "manage_threads",
        34,
        "Manage Threads and Posts",
        "Manage Threads",
        "Manage Posts",
        "to remove an import again, and to set tags that only moderators may set",
        essential=False,
    ),
    Right(
        "manage_webhooks",
        29,
        "Manage Webhooks",
        "Manage Webhooks",
        "Manage Webhooks",
        "to post comments under their speakers' names, where an import is to look so",
        essential=False,
    ),
    Right(
        "manage_messages",
        13,
        "Manage Messages",
        "Manage Messages",
        "Manage Messages",
        "to take an import back a hundred messages at a time; without it they go one by one",
        essential=False,
    ),
)


def missing_rights(
    holds: Callable[[str], bool], *, kind: Literal["text", "forum"] | None = None, in_thread: bool = False
) -> tuple[Right, ...]:
    """The rights for which ``holds`` (by discord.py's name) says no; those that matter in such a channel.

    ``in_thread`` asks for those that matter in a thread of such a channel.
    """
    return tuple(
        right
        for right in REQUIRED_RIGHTS
        if not holds(right.attribute)
        and (kind is None or right.name_in(kind) is not None)
        and (right.in_threads or not in_thread)
    )


def invite_link(application_id: int) -> str:
    """The address at which an admin adds the bot to a server, with exactly the rights it needs."""
    query = {
        "client_id": application_id,
        "scope": " ".join(_SCOPES),
        "permissions": sum(1 << right.bit for right in REQUIRED_RIGHTS),
    }
    return f"{_AUTHORIZE}?{urlencode(query)}"
