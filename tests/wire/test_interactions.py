"""Answers to interactions by Discord's rules, asked for bare."""

import pytest

from tests.wire.conftest import Rest
from tests.wire.interactions import FIRST_ANSWER_SECONDS, TOKEN_SECONDS, Callback, Interaction, Kind
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom
from tests.wire.world import MessageFlag

pytestmark = pytest.mark.asyncio
EPHEMERAL = {"flags": MessageFlag.EPHEMERAL}


@pytest.fixture
def asked(wire: Wire, room: ReadingRoom) -> Interaction:
    return wire.interactions.begin(Kind.COMMAND, room.ana, room.lounge, {})


def callback(interaction: Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


def webhook(wire: Wire, interaction: Interaction) -> str:
    return f"/webhooks/{wire.world.application_id}/{interaction.token}"


async def test_an_answer_stands_in_the_channel_and_is_told(room: ReadingRoom, rest: Rest, asked: Interaction):
    body = {"type": Callback.MESSAGE, "data": {"content": "yes"}}
    answer = await rest("POST", callback(asked), body, with_response="true")
    assert answer.body["resource"]["message"]["interaction_metadata"]["user"]["id"] == str(room.ana.id)
    assert [message.content for message in room.lounge.messages.values()] == ["yes"]
    assert (await rest("POST", callback(asked), body)).refusal == (400, 40060)


async def test_an_answer_for_one_person_is_in_no_channel(room: ReadingRoom, rest: Rest, asked: Interaction):
    body = {"type": Callback.MESSAGE, "data": EPHEMERAL | {"content": "for you"}}
    assert (await rest("POST", callback(asked), body)).status == 204
    assert asked.message.content == "for you"
    assert room.lounge.messages == {}


async def test_after_three_seconds_it_is_too_late(wire: Wire, rest: Rest, asked: Interaction):
    wire.interactions.first_answer_seconds = FIRST_ANSWER_SECONDS
    asked.asked_at -= FIRST_ANSWER_SECONDS
    assert (await rest("POST", callback(asked), {"type": Callback.DEFERRED_MESSAGE})).refusal == (404, 10062)


async def test_a_refused_answer_can_be_given_again(rest: Rest, asked: Interaction):
    empty = {"type": Callback.MESSAGE, "data": {"content": ""}}
    assert (await rest("POST", callback(asked), empty)).refusal == (400, 50006)
    assert (await rest("POST", callback(asked), {"type": Callback.DEFERRED_MESSAGE})).status == 204


async def test_the_first_followup_takes_the_place_of_a_deferred_answer(
    wire: Wire, rest: Rest, asked: Interaction
):
    await rest("POST", callback(asked), {"type": Callback.DEFERRED_MESSAGE, "data": EPHEMERAL})
    assert not asked.shown
    first = (await rest("POST", webhook(wire, asked), {"content": "one"})).body
    second = (await rest("POST", webhook(wire, asked), EPHEMERAL | {"content": "two"})).body
    assert (asked.message.id, asked.message.ephemeral) == (int(first["id"]), True)
    assert [message.id for message in asked.followups] == [int(second["id"])]


async def test_the_original_can_be_read_changed_and_deleted(
    wire: Wire, room: ReadingRoom, rest: Rest, asked: Interaction
):
    await rest("POST", callback(asked), {"type": Callback.MESSAGE, "data": {"content": "one"}})
    original = webhook(wire, asked) + "/messages/@original"
    assert (await rest("GET", original)).body["content"] == "one"
    assert (await rest("PATCH", original, {"content": "two"})).body["content"] == "two"
    assert (await rest("DELETE", original)).status == 204
    assert (await rest("GET", original)).refusal == (404, 10008)
    assert room.lounge.messages == {}


async def test_a_token_dies_after_fifteen_minutes(wire: Wire, rest: Rest, asked: Interaction):
    await rest("POST", callback(asked), {"type": Callback.DEFERRED_MESSAGE})
    asked.asked_at -= TOKEN_SECONDS
    answer = await rest("PATCH", webhook(wire, asked) + "/messages/@original", {"content": "late"})
    assert answer.refusal == (401, 50027)


async def test_a_form_can_not_answer_a_form(wire: Wire, room: ReadingRoom, rest: Rest):
    form = wire.interactions.begin(Kind.MODAL_SUBMIT, room.ana, room.lounge, {})
    body = {"type": Callback.MODAL, "data": {"custom_id": "x", "title": "x", "components": []}}
    assert (await rest("POST", callback(form), body)).refusal == (400, 50035)
