"""Which passages are offered, under whose name, and what counts as proof."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.discussion import Article, AuthorSource, Block, BlockKind, Comment, CommentKind, PullQuote
from bot.domain.quotes import Passage, candidates, find, occurrences, verify

SHARED = Path(__file__).parents[3].parent / "shared" / "seed" / "truth.json"

BENCH = "A boat without a timetable is a very expensive bench."


def block(text, kind=BlockKind.PARAGRAPH, speaker=None):
    return Block(kind=kind, markdown=text, text=text, speaker=speaker)


def article(*blocks, byline="Ines Okafor", pulled=()):
    return Article(title="The ferry that never sailed", byline=byline, blocks=blocks, pull_quotes=pulled)


def comment(
    key, text, *, author="Tove Lind", parent=None, source=AuthorSource.HEADER, confidence=1.0, **more
):
    more.setdefault("markdown", text)
    return Comment(
        key=key, parent=parent, author=author, author_source=source, confidence=confidence, text=text, **more
    )


def offered(*blocks, comments=(), **more):
    return [(passage.text, passage.speaker) for passage in candidates(article(*blocks, **more), comments)]


def test_what_the_source_pulled_out_comes_first_then_speech_then_readers_then_the_writer():
    writer = block("The harbour office keeps nine years of accounts in a single drawer. It is locked.")
    speech = block(
        "Nobody must ever pay again for coffee on a boat that stands still.", BlockKind.QUOTE, "A. Reyes"
    )
    pulled = PullQuote(text=f"“…{BENCH[:-1].lower()}.”", source="lede", block=2)
    reader = comment("1", "Somebody polished every plank of it twice a year for nothing.")
    found = candidates(
        article(writer, speech, block(f"So I asked around. {BENCH}"), pulled=(pulled,)),
        [reader, comment("2", "By whom?", parent="1")],
    )
    assert [(passage.block, passage.comment) for passage in found] == [
        (2, None),
        (1, None),
        (None, "1"),
        (0, None),
    ]
    assert [passage.speaker for passage in found] == ["Ines Okafor", "A. Reyes", "Tove Lind", "Ines Okafor"]
    assert found[1].attribution == "speaker named by the sentence before it"
    assert found[0].attribution is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{BENCH[:-1]},” said Ana Reis.", "Ana Reis"),
        (f"Ana Reis said: “{BENCH}”", "Ana Reis"),
        (f"'Well.' “{BENCH[:-1]},” Ana de la Reis wrote in March.", "Ana de la Reis"),
        (
            "„Ein Boot ohne Fahrplan ist nur eine sehr teure Bank“, sagte Jürgen Österreich.",
            "Jürgen Österreich",
        ),
        ("« Un bateau sans horaire est un banc très cher », a dit Élise Marchand.", "Élise Marchand"),
        ("«Un barco sin horario es un banco carísimo», dijo Ana Peña ayer.", "Ana Peña"),
        ("„En båt utan tidtabell är en mycket dyr bänk”, sade Åsa Öberg.", "Åsa Öberg"),
        ("«Лодка без расписания — это очень дорогая скамейка», сказала Анна Реброва.", "Анна Реброва"),
        ("‘A boat that hasn’t got a timetable isn’t a boat at all,’ said Bo Sand.", "Bo Sand"),
    ],
)
def test_a_quotation_belongs_to_whom_the_sentence_around_it_names(text, speaker):
    (passage,) = (found for found in candidates(article(block(text)), []) if found.speaker != "Ines Okafor")
    assert passage.speaker == speaker
    assert passage.attribution == "speaker named beside the quotation"
    assert not set(passage.text[0] + passage.text[-1]) & set("“”„«»‘’, ")


@pytest.mark.parametrize(
    "text",
    [
        f"“{BENCH[:-1]},” she said.",
        f"“{BENCH}” Nobody knows who said so.",
        f"Yesterday Ana Reis said: “{BENCH}”",
        f"“{BENCH}” Bo Sand said nothing.",
        f"The sign on the quay reads “{BENCH}",
    ],
)
def test_a_quotation_whose_speaker_is_not_named_for_certain_is_nobodys(text):
    assert all(BENCH[:-1] not in found for found, _ in offered(block(text)))
    (passage,) = occurrences(BENCH[:-1], article(block(text)), [])
    assert (passage.speaker, passage.attribution) == (None, None)


def test_the_writers_words_are_the_bylines_or_nobodys_and_never_a_speakers():
    own = block("The contract is public and names a harbour, a colour and a price. Bo Sand signed it.")
    speech = block("We never promised that the boat would leave the quay at all.", BlockKind.QUOTE, "Bo Sand")
    named = dict(offered(own, speech))
    assert named[own.text[:66].strip()] == "Ines Okafor"
    assert set(dict(offered(own, byline=None)).values()) == {None}


@pytest.mark.parametrize(
    "text",
    [
        "This must not be the last harbour that pays for paint.",
        "They paid for the coffee on board for nine whole years.",
        "But nobody has ever seen the boat leave the quay in winter.",
        "That said, nobody has ever seen the boat leave the quay.",
        "Who paid for the coffee on board in all of those years?",
        "Too short to be a quote.",
        "the line begins in the middle of a sentence and ends as one.",
        "A line that ends without a mark because somebody cut it off",
        "A sentence that never ends " * 12 + "ends.",
    ],
)
def test_what_can_not_stand_alone_is_not_offered(text):
    assert offered(block(text, BlockKind.QUOTE, "A. Reyes")) == []


def test_comments_are_offered_when_others_answer_or_quote_them_most_quoted_first():
    quiet = comment("1", "Nobody answered this, however well it may have been put.")
    answered = comment("2", "Every ferry needs a timetable before it needs new paint.", author="Ana Reis")
    quoted = comment("3", "Every timetable needs a ferry before it needs new ink.", author="Bo Sand")
    answers = [
        comment("4", "Quite.", parent="2"),
        comment("5", f"“{quoted.text}” is what I said in May.", parent="3"),
    ]
    found = offered(comments=[quiet, answered, quoted, *answers])
    assert found == [(quoted.text, "Bo Sand"), (answered.text, "Ana Reis")]


@pytest.mark.parametrize(
    ("author", "source", "confidence", "kind", "named"),
    [
        ("Tove Lind", AuthorSource.HEADER, 1.0, CommentKind.COMMENT, True),
        ("Tove Lind", AuthorSource.INFERRED, 0.95, CommentKind.COMMENT, True),
        ("Tove Lind", AuthorSource.INFERRED, 0.94, CommentKind.COMMENT, False),
        (None, AuthorSource.UNKNOWN, 1.0, CommentKind.COMMENT, False),
        ("Tove Lind", AuthorSource.HEADER, 1.0, CommentKind.PINGBACK, False),
    ],
)
def test_only_a_comment_whose_author_is_sure_is_offered(author, source, confidence, kind, named):
    text = "Every ferry needs a timetable before it needs new paint."
    one = comment(
        "1", text, author=author, source=source, confidence=confidence, kind=kind, author_guess="Bo Sand"
    )
    found = candidates(article(), [one, comment("2", "Quite.", parent="1")])
    assert [passage.speaker for passage in found] == (["Tove Lind"] if named else [])
    if named and source is AuthorSource.INFERRED:
        assert found[0].attribution == "name known from an answer to it"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("“Every plank of that boat was polished twice a year.” You’re joking.", None),
        ("“Every plank of that boat was polished twice a year.\n\nYou’re joking.", None),
        (
            "Every plank of that boat was polished twice a year.",
            "> Every plank of that boat was *polished* twice a year.",
        ),
        ("Nobody must ever pay again for coffee on a boat that stands still.", None),
    ],
)
def test_what_a_comment_quotes_is_never_put_into_its_authors_mouth(text, markdown):
    speech = block(
        "Nobody must ever pay again for coffee on a boat that stands still.", BlockKind.QUOTE, "A. Reyes"
    )
    quoting = comment("2", text, markdown=(markdown or text).replace("*", ""), author="Ana Reis")
    found = candidates(article(speech), [quoting, comment("3", "Quite.", parent="2")])
    assert [passage.speaker for passage in found] == ["A. Reyes"]


def test_no_candidate_overlaps_a_better_one_and_none_is_offered_twice():
    pulled = (PullQuote(text="a boat without a timetable is a very expensive bench.", source="markup"),)
    found = offered(block(BENCH), block(BENCH, BlockKind.QUOTE, "A. Reyes"), pulled=pulled)
    assert found == [(BENCH, "Ines Okafor")]


def test_a_pulled_passage_that_does_not_occur_is_not_offered():
    assert offered(block("Short."), pulled=(PullQuote(text=BENCH, source="lede"),)) == []


def test_words_are_proved_with_every_place_where_they_stand():
    speech = block(f"Listen. {BENCH}", BlockKind.QUOTE, "A. Reyes")
    said = comment("7", f"I like that line. {BENCH.upper()}")
    places = occurrences("“a boat without a  timetable…", article(block("Nothing."), speech), [said])
    assert [(place.block, place.comment, place.start, place.speaker) for place in places] == [
        (1, None, 8, "A. Reyes"),
        (None, "7", 18, "Tove Lind"),
    ]
    assert all(verify(place, article(block("Nothing."), speech), [said]) for place in places)


def test_words_that_do_not_stand_there_are_no_proof():
    speech = article(block(BENCH))
    proved = Passage(text=BENCH, block=0, start=0, end=len(BENCH))
    assert verify(proved, speech, [])
    refused = [
        {"text": BENCH.upper()},
        {"start": 1},
        {"block": 1},
        {"block": -1},
        {"block": None},
        {"comment": "gone"},
        {"text": "", "end": 0},
        {"start": -len(BENCH)},
    ]
    assert not any(verify(proved.model_copy(update=change), speech, []) for change in refused)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.data())
def test_a_passage_picked_from_any_text_is_proved_by_its_offsets_whatever_else_changes(texts, data):
    index = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[index]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[index])))
    picked = Passage(text=texts[index][start:end], block=index, start=start, end=end)
    again = Passage.model_validate_json(picked.model_dump_json()) if picked.text.isprintable() else picked
    others = [text if place == index else f"{text} (edited)" for place, text in enumerate(texts)]
    assert verify(again, article(*map(block, others)), [])
    changed = article(*(block(f"-{text}") for text in texts))
    assert verify(again, changed, []) is (f"-{texts[index]}"[start:end] == picked.text)


@pytest.mark.skipif(not SHARED.exists(), reason="the seed page lies beside the checkout, not in it")
def test_on_the_seed_page_the_speech_comes_first_under_its_speakers_name():
    truth = json.loads(SHARED.read_text(encoding="utf-8"))
    speaker = "whoever the sentence before names"
    blocks = [block(part["text"], BlockKind(part["kind"])) for part in truth["body"]]
    blocks = [
        part.model_copy(update={"speaker": speaker}) if part.kind is BlockKind.QUOTE else part
        for part in blocks
    ]
    index = truth["pull_quote_source_block"]
    start, end = find(truth["pull_quote"], blocks[index].text)
    pulled = PullQuote(text=truth["pull_quote"], source="lede", block=index, start=start, end=end)
    comments = [
        comment(
            part["id"],
            "\n\n".join(part["paragraphs"]),
            author=part["author"],
            parent=part["parent"],
            source=AuthorSource(part["author_source"]),
            confidence=part["boundary_confidence"],
        )
        for part in truth["comments"]
    ]
    found = candidates(article(*blocks, byline=truth["byline"], pulled=(pulled,)), comments)
    assert [passage.speaker for passage in found[:3]] == [speaker] * 3
    assert (found[0].block, found[0].start, found[0].end) == (index, start, end)
    quoted = {place for place, part in enumerate(blocks) if part.kind is BlockKind.QUOTE}
    assert {passage.block for passage in found if passage.speaker == speaker} <= quoted
    unknown = {part["id"] for part in truth["comments"] if part["author"] is None}
    assert not unknown & {passage.comment for passage in found}
