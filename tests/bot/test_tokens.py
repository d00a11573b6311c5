"""Tokens: what is one, and what of a text is kept when they are taken out."""

import pytest

from bot.tokens import application_id, check_token, hide_secrets


def test_the_application_stands_in_the_token(token):
    assert application_id(check_token(token)) == 100000000000000001


def test_everything_but_the_secret_stays(token):
    webhook = f"https://discord.com/api/webhooks/123456789012345678/{'w' * 68}?wait=true"
    answer = f"/interactions/123456789012345678/{'a' * 180}/callback"
    assert hide_secrets(f"Bot {token}, twice: {token}!") == "Bot [hidden], twice: [hidden]!"
    assert hide_secrets(webhook) == "https://discord.com/api/webhooks/123456789012345678/[hidden]?wait=true"
    assert hide_secrets(answer) == "/interactions/123456789012345678/[hidden]/callback"


@pytest.mark.parametrize(
    "text",
    [
        "discord.ext.commands.errors.CommandInvokeError",
        "https://discord.com/channels/123456789012345678/123456789012345679/123456789012345680",
        "https://harbour-lines.example/2019/02/the-ferry-that-never-sailed.html",
        "/home/rejoinder/.local/share/rejoinder/rejoinder.sqlite3-wal",
        "2026-01-02T03:04:05.678901Z",
        "rejoinder-0.1.0-py3-none-any.whl",
    ],
)
def test_what_is_no_secret_is_left_alone(text):
    assert hide_secrets(text) == text
