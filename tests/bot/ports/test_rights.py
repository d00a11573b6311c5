from pathlib import Path

import discord

from bot.ports.rights import REQUIRED_RIGHTS, invite_link, missing_rights


def test_every_right_is_discord_s_under_name_and_bit():
    for right in REQUIRED_RIGHTS:
        assert discord.Permissions(**{right.attribute: True}).value == 1 << right.bit


def test_the_invitation_asks_for_exactly_these():
    assert invite_link(12) == (
        "https://discord.com/oauth2/authorize?client_id=12&scope=bot+applications.commands&permissions=326954494976"
    )
    asked = discord.Permissions(**{right.attribute: True for right in REQUIRED_RIGHTS})
    assert asked.value == 326954494976


def test_a_forum_needs_no_right_to_open_threads():
    def names(kind):
        return [right.name_in(kind) for right in missing_rights(lambda _: False, kind=kind)]

    assert "Create Posts" in names("forum")
    assert "Create Public Threads" not in names("forum")
    assert "Create Public Threads" in names("text")
    assert missing_rights(lambda _: False) == REQUIRED_RIGHTS
    in_thread = [
        right.name_in("forum") for right in missing_rights(lambda _: False, kind="forum", in_thread=True)
    ]
    assert "Send Messages in Posts" in in_thread
    assert "Create Posts" not in in_thread
    assert missing_rights(lambda _: True) == ()


def test_the_operator_reads_the_same_list():
    page = (Path(__file__).parents[3] / "docs" / "operating.md").read_text(encoding="utf-8")
    table = "".join(f"| {right.name} | {right.why} |\n" for right in REQUIRED_RIGHTS)
    assert f"| right | why |\n|---|---|\n{table}\n" in page
