"""What staff reads when messages of ours were deleted by hand (UI.md, section 10)."""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.outgoing import Outgoing
from bot.domain.panels import Button, ButtonRow, Panel, PanelBlock, TextBlock

#: Custom ids; the number of the deletion follows.
PUT_BACK_ID, LEAVE_HIDDEN_ID = "rj:put-back:", "rj:leave-hidden:"


def comments(numbers: Sequence[int]) -> str:
    """``comment 4``, ``comments 4 and 5``, ``comments 4, 7 and 9 to 12``; the numbers ascend."""
    runs: list[list[int]] = []
    for before, number in pairwise([None, *numbers]):
        if before is not None and number == before + 1:
            runs[-1].append(number)
        elif number is not None:
            runs.append([number])
    words = [word for run in runs for word in _words(run)]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{'comment' if len(numbers) == 1 else 'comments'} {listed}"


def notice(
    where: str,
    subject: str,
    *,
    deletion_id: int,
    hidden: Sequence[int],
    put_back: Sequence[int],
    decided_by: int | None,
) -> Outgoing:
    """What was deleted, what that means, and what can be decided. ``where`` is a line that names the article."""
    every = sorted([*hidden, *put_back])
    verb = "were" if subject[0].isdigit() else "was"
    text = f"{where}\n{subject} with {comments(every)} {verb} deleted in Discord. {_meaning(hidden, put_back, decided_by)}"
    blocks: list[PanelBlock] = [TextBlock(text=text)]
    if hidden:
        buttons = [Button(label="Put back all but…", custom_id=f"{PUT_BACK_ID}{deletion_id}")]
        if decided_by is None:
            buttons.append(Button(label="Leave hidden", custom_id=f"{LEAVE_HIDDEN_ID}{deletion_id}"))
        blocks.append(ButtonRow(buttons=tuple(buttons)))
    return Outgoing(panel=Panel(blocks=tuple(blocks), accent=ACCENT_ARTICLE))


def _words(run: Sequence[int]) -> list[str]:
    """Neighbours as a person says them: two are named, more are a stretch."""
    return [str(number) for number in run] if len(run) <= 2 else [f"{run[0]} to {run[-1]}"]  # noqa: PLR2004 - two


def _meaning(hidden: Sequence[int], put_back: Sequence[int], decided_by: int | None) -> str:
    them = "them" if len(hidden) + len(put_back) > 1 else "it"
    if decided_by is None:
        return f"I treat {them} as hidden."
    if not put_back:
        stays = "They stay" if len(hidden) > 1 else "It stays"
        return f"{stays} hidden: <@{decided_by}> decided so."
    back = f"{comments(put_back).capitalize()} {_are(put_back)} put back, at the end of the thread"
    rest = f"; {comments(hidden)} {'stay' if len(hidden) > 1 else 'stays'} hidden" if hidden else ""
    return f"{back}{rest}: <@{decided_by}> decided so."


def _are(numbers: Sequence[int]) -> str:
    return "are" if len(numbers) > 1 else "is"
