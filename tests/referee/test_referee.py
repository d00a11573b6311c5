"""The referee lets through what Discord takes and nothing that it refuses."""

from typing import Any

import pytest

from tests.referee import ABSENT, event_referee, request_referee
from tests.referee.battery import ALLOWED, FORBIDDEN, FORUM, TEXT_CHANNEL, Attempt

pytestmark = pytest.mark.skipif(request_referee() is None, reason=ABSENT)
PLACES: dict[str, tuple[str, str, int | None]] = {
    "message": ("POST", "/channels/1/messages", TEXT_CHANNEL),
    "post": ("POST", "/channels/1/threads", FORUM),
    "thread": ("POST", "/channels/1/threads", TEXT_CHANNEL),
    "webhook": ("POST", "/webhooks/1/token", None),
    "callback": ("POST", "/interactions/1/token/callback", None),
    "commands": ("PUT", "/applications/1/commands", None),
    "history": ("GET", "/channels/1/messages", TEXT_CHANNEL),
    "nowhere": ("GET", "/channels/1/elsewhere", TEXT_CHANNEL),
}


def judged(attempt: Attempt) -> list[str]:
    method, path, channel = PLACES[attempt.place]
    referee = request_referee()
    assert referee is not None
    return referee.judge(
        method, path, query=attempt.query, body=attempt.body, files=attempt.files, channel=channel
    )


@pytest.mark.parametrize("name", ALLOWED)
def test_what_discord_takes_passes(name: str):
    assert judged(ALLOWED[name]) == []


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_discord_refuses_fails(name: str):
    assert judged(FORBIDDEN[name])


def test_a_sentence_says_where_and_what():
    (sentence,) = judged(FORBIDDEN["2,001 characters in a post"])
    assert sentence.startswith("POST /channels/1/threads: message.content: ")
    assert sentence.endswith("is longer than 2000 characters")


REACTION: dict[str, Any] = {
    "user_id": "1",
    "channel_id": "2",
    "message_id": "3",
    "emoji": {"id": None, "name": "💡"},
    "burst": False,
    "burst_colors": [],
    "type": 0,
}


@pytest.mark.parametrize(
    "change",
    [{}, {"guild_id": "4"}],
)
def test_an_event_as_discord_sends_it_passes(change: dict[str, Any]):
    referee = event_referee()
    assert referee is not None
    assert referee.judge("MESSAGE_REACTION_ADD", REACTION | change) == []


@pytest.mark.parametrize(
    "event",
    [
        {name: value for name, value in REACTION.items() if name != "user_id"},
        REACTION | {"user_id": 1},
        REACTION | {"emoji": "💡"},
        REACTION | {"colour": "blue"},
    ],
)
def test_an_event_that_discord_never_sends_fails(event: dict[str, Any]):
    referee = event_referee()
    assert referee is not None
    assert referee.judge("MESSAGE_REACTION_ADD", event)


def test_interactions_are_judged_by_their_kind():
    referee = event_referee()
    assert referee is not None
    pressed = {"component_type": 2, "custom_id": "x", "id": 3}
    found = referee.judge("INTERACTION_CREATE", {"type": 3, "data": pressed | {"colour": "blue"}})
    assert any("'colour' was unexpected" in sentence for sentence in found)
