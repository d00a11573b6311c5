"""`rejoinder plan`: the messages that an import would send, for programs and for people."""

import json
import typing
from pathlib import Path

import pytest

import bot
from bot.cli.plan import LayoutName, RightsName
from bot.domain.discussion import Rights
from bot.domain.limits import CONTENT, PANEL_CHARACTERS, PANEL_COMPONENTS
from bot.domain.outgoing import Layout, MessageKind

SAMPLE = Path(bot.__file__).parent / "sample.txt"


def planned(rejoinder, *args, **options):
    ended = rejoinder("plan", *args, "--json", **options)
    assert (ended.exit_code, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


@pytest.mark.parametrize("layout", ["replies", "cards", "voices"])
def test_the_document_is_what_other_programs_rely_on(rejoinder, layout):
    document = planned(rejoinder, SAMPLE, "--layout", layout)
    assert list(document) == ["layout", "messages", "calls", "floor_calls", "seconds_at_limit"]
    assert document["layout"] == layout
    (discussion,) = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)["discussions"]
    placed = [key for message in document["messages"] for key, part in message["placements"] if part == 0]
    assert placed == [comment["key"] for comment in discussion["comments"]]
    assert document["calls"] == document["floor_calls"] == len(document["messages"])
    for message in document["messages"]:
        assert list(message) == ["kind", "placements", "characters", "components"]
        assert MessageKind(message["kind"])
        most = PANEL_CHARACTERS if message["kind"] == "page" else CONTENT
        assert 0 < message["characters"] <= most
        assert message["components"] <= PANEL_COMPONENTS


def test_pages_take_fewer_calls_and_less_time(rejoinder):
    one_by_one = planned(rejoinder, SAMPLE, "--layout", "replies")
    on_pages = planned(rejoinder, SAMPLE, "--layout", "cards")
    assert on_pages["calls"] * 4 < one_by_one["calls"]
    assert on_pages["seconds_at_limit"] < one_by_one["seconds_at_limit"] == 20


def test_without_a_layout_the_number_of_comments_decides(rejoinder, tmp_path):
    assert planned(rejoinder, SAMPLE)["layout"] == "replies"
    found = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)
    (discussion,) = found["discussions"]
    discussion["comments"] = [
        comment | {"key": f"{copy}-{comment['key']}", "parent": None}
        for copy in range(3)
        for comment in discussion["comments"]
    ]
    many = tmp_path / "many.json"
    many.write_text(json.dumps(found), encoding="utf-8")
    assert planned(rejoinder, many)["layout"] == "cards"


def test_quoted_words_carry_credit(rejoinder):
    own = planned(rejoinder, SAMPLE, "--layout", "replies")
    quoted = planned(rejoinder, SAMPLE, "--layout", "replies", "--rights", "quoted")
    assert quoted["messages"][1]["characters"] > own["messages"][1]["characters"] + len(", quoted from ")


def test_of_several_articles_the_first_with_comments_is_planned(rejoinder, tmp_path):
    found = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)
    (discussion,) = found["discussions"]
    bare = discussion | {"comments": []}
    several = tmp_path / "several.json"
    several.write_text(json.dumps({"discussions": [bare, discussion]}), encoding="utf-8")
    assert planned(rejoinder, several) == planned(rejoinder, SAMPLE)
    several.write_text(json.dumps({"discussions": [bare]}), encoding="utf-8")
    assert [message["kind"] for message in planned(rejoinder, several)["messages"]] == ["card", "end"]


def test_a_person_can_read_it(rejoinder):
    ended = rejoinder("plan", SAMPLE, "--layout", "cards")
    assert (ended.exit_code, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert lines[:3] == [
        "The ferry that never sailed",
        "24 comments on pages: 5 messages",
        "5 calls, 5 at the least; all at once",
    ]
    assert lines[5].startswith("2 page     comments 1 to 11, 2,")
    assert len(lines) == 4 + 5


def test_standard_input(rejoinder):
    assert planned(rejoinder, "-", stdin=SAMPLE.read_bytes()) == planned(rejoinder, SAMPLE)


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["nothing.txt"], 2),
        ([SAMPLE, "--layout", "spiral"], 2),
        ([SAMPLE, "--rights", "mine"], 2),
        ([SAMPLE, "--max-bytes", 10], 4),
    ],
)
def test_a_refusal_is_a_sentence_and_a_status(rejoinder, args, status):
    ended = rejoinder("plan", *args)
    assert (ended.exit_code, ended.stdout) == (status, "")
    assert ended.stderr


def test_what_is_no_page_has_the_same_status_as_for_inspect(rejoinder):
    ended = rejoinder("plan", "-", stdin=b"\x00\x01\x02" * 400)
    assert (ended.exit_code, ended.stdout) == (3, "")


def test_the_options_are_all_that_there_is():
    def choices(option):
        literal, _ = typing.get_args(option)
        return set(typing.get_args(literal))

    assert choices(LayoutName) == set(Layout)
    assert choices(RightsName) == set(Rights)
