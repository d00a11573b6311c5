import pytest

from bot.domain.hiding import comments, notice


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([4], "comment 4"),
        ([4, 5], "comments 4 and 5"),
        ([21, 22, 23, 24, 25, 26, 27, 28, 29], "comments 21 to 29"),
        ([4, 7], "comments 4 and 7"),
        ([4, 7, 9, 10, 11, 12], "comments 4, 7 and 9 to 12"),
    ],
)
def test_numbers_are_said_as_a_person_says_them(numbers, words):
    assert comments(numbers) == words


def shown(subject="Page 3", hidden=tuple(range(21, 30)), put_back=(), decided_by=None):
    panel = notice(
        "**The ferry** in <#5>",
        subject,
        deletion_id=8,
        hidden=hidden,
        put_back=put_back,
        decided_by=decided_by,
    ).panel
    return panel.texts[0].splitlines()[1], [(button.label, button.custom_id) for button in panel.buttons]


BUT, LEAVE = ("Put back all but…", "rj:put-back:8"), ("Leave hidden", "rj:leave-hidden:8")


def test_the_notice_reads_as_specified():
    """UI.md, section 10."""
    assert shown() == (
        "Page 3 with comments 21 to 29 was deleted in Discord. I treat them as hidden.",
        [BUT, LEAVE],
    )


@pytest.mark.parametrize(
    ("change", "said", "buttons"),
    [
        (
            {"subject": "A message", "hidden": (4,)},
            "A message with comment 4 was deleted in Discord. I treat it as hidden.",
            [BUT, LEAVE],
        ),
        (
            {"subject": "3 messages", "hidden": (4, 6)},
            "3 messages with comments 4 and 6 were deleted in Discord. I treat them as hidden.",
            [BUT, LEAVE],
        ),
        (
            {"decided_by": 7},
            "Page 3 with comments 21 to 29 was deleted in Discord. They stay hidden: <@7> decided so.",
            [BUT],
        ),
        (
            {"subject": "A message", "hidden": (4,), "decided_by": 7},
            "A message with comment 4 was deleted in Discord. It stays hidden: <@7> decided so.",
            [BUT],
        ),
        (
            {"hidden": (29,), "put_back": (21, 22), "decided_by": 7},
            (
                "Page 3 with comments 21, 22 and 29 was deleted in Discord. Comments 21 and 22 are put back, "
                "at the end of the thread; comment 29 stays hidden: <@7> decided so."
            ),
            [BUT],
        ),
        (
            {"hidden": (), "put_back": (21,), "decided_by": 7},
            (
                "Page 3 with comment 21 was deleted in Discord. Comment 21 is put back, at the end of the thread: "
                "<@7> decided so."
            ),
            [],
        ),
    ],
)
def test_it_says_what_was_decided(change, said, buttons):
    assert shown(**change) == (said, buttons)
