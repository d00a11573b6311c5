"""What can be said of an export only when it has been read to its end."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError


def with_last_words(
    discussions: Iterable[Discussion], last_words: Callable[[], Sequence[str]]
) -> Iterator[Discussion]:
    """The same, and on the last of them what can be said only when the file has been read to its end."""
    last: Discussion | None = None
    for discussion in discussions:
        if last is not None:
            yield last
        last = discussion
    if last is not None:
        yield last.model_copy(update={"warnings": (*last.warnings, *last_words())})


def nothing_in(export: str, damage: str | None, *, next_step: str) -> UnreadableError:
    """The refusal of an export that holds nothing, perhaps because it is damaged."""
    return UnreadableError(f"This {export} holds no posts. {damage or ''}".strip(), next_step=next_step)
