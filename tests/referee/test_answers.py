"""The referee knows what Discord always sends."""

import pytest

from tests.referee import ABSENT, answer_referee

pytestmark = pytest.mark.skipif(answer_referee() is None, reason=ABSENT)


@pytest.mark.parametrize(
    ("method", "path", "status", "answer", "word"),
    [
        ("GET", "/gateway", 200, {"link": "wss://gateway.example"}, '"url" is a required property'),
        ("GET", "/gateway", 201, {"url": "wss://gateway.example"}, "answered 201, not 200"),
        ("GET", "/gateway", 200, {"url": 3}, "is not of type"),
        ("DELETE", "/channels/1/messages/2", 204, {"id": "2"}, "with a body"),
    ],
)
def test_what_discord_never_answers_fails(method: str, path: str, status: int, answer: object, word: str):
    referee = answer_referee()
    assert referee is not None
    assert word in "".join(referee.judge(method, path, status, answer))


def test_what_discord_answers_passes():
    referee = answer_referee()
    assert referee is not None
    assert referee.judge("GET", "/gateway", 200, {"url": "wss://gateway.example", "new": True}) == []
    assert referee.judge("GET", "/gateway", 404, {"code": 10003}) == []
