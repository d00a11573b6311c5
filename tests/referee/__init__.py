"""The referee: requests and answers against Discord's own description of its API, events against its types.

Both descriptions are read where they lie beside the checkout (``../shared/discord``) and are no part of it; where
they are absent there is no referee, and a test that is skipped says so.
"""

import json
from functools import cache
from pathlib import Path

from tests.referee.answers import AnswerReferee
from tests.referee.events import EventReferee
from tests.referee.requests import RequestReferee

DESCRIPTIONS = Path(__file__).parents[2] / ".." / "shared" / "discord"
ABSENT = "requests and events are not refereed: Discord's descriptions are not beside the checkout"


@cache
def request_referee() -> RequestReferee | None:
    """None where the description is absent."""
    path = DESCRIPTIONS / "openapi.json"
    return RequestReferee(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


@cache
def answer_referee() -> AnswerReferee | None:
    """None where the description is absent."""
    path = DESCRIPTIONS / "openapi.json"
    return AnswerReferee(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


@cache
def event_referee() -> EventReferee | None:
    """None where the description is absent."""
    path = DESCRIPTIONS / "gateway.schema.json"
    return EventReferee(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
