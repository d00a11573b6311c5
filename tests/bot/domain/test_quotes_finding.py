from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotes import closest, find, sentences

LINE = "She said: “The boat’s paint – all of it – was new…” and left."


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        ("the boat's paint - all of it - was new", "The boat’s paint – all of it – was new"),
        ('"The boat’s  paint\n— all of it — was new..."', "The boat’s paint – all of it – was new"),
        ("…all of it…", "all of it"),
        ("WAS NEW...” and LEFT", "was new…” and left"),
        ("SHE SAID", "She said"),
    ],
)
def test_a_passage_is_found_however_it_was_typed(passage, found):
    start, end = find(passage, LINE)
    assert LINE[start:end] == found


@pytest.mark.parametrize("passage", ["the boats paint", "all of that", "", "“…”", "  ", "she says"])
def test_what_is_not_in_the_text_is_refused(passage):
    assert find(passage, LINE) is None


@pytest.mark.parametrize(
    ("passage", "text", "found"),
    [
        ("strasse", "In der Straße stand ein Boot.", "Straße"),
        ("cafe\u0301", "Ein Café am Kai", "Café"),
        ("café", "Ein Cafe\u0301 am Kai", "Cafe\u0301"),
        ("art", "A party is art.", "art"),
        ("wait... what", "Wait. . . no. Wait....what", None),
        ("wait...what", "No. Wait....what", "Wait....what"),
        ("Wait.", "Wait....what", "Wait."),
        ("a b", "a\u00ad\u200b\u00a0 b", "a\u00ad\u200b\u00a0 b"),
        ("mot juste", "« Mot juste »", "Mot juste"),
    ],
)
def test_offsets_are_those_of_the_original(passage, text, found):
    place = find(passage, text)
    assert (text[place[0] : place[1]] if place else None) == found


def test_a_letter_is_never_found_in_a_part_of_another():
    assert find("Stras", "Straß") is None
    assert find("cafe", "Café") is None


@given(st.text("aB é“”'’-–—….ßＡ\u0301\n字", min_size=1, max_size=40), st.data())
def test_a_passage_picked_from_any_text_is_found_again(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = find(text[start:end], text)
    if place is None:
        assert not any(letter.isalnum() for letter in text[start:end])
    else:
        again = find(text[place[0] : place[1]], text[start:end])
        assert again is not None


@given(st.text("abc .", max_size=60), st.text("xyz", min_size=1, max_size=9))
def test_words_that_no_text_holds_are_refused(text, words):
    assert find(words, text) is None


def test_the_closest_sentence_is_offered():
    text = "The boat was polished every spring. Nobody sailed it. The band was the cheapest part of all."
    assert closest("the band was cheaper than a part", text) == "The band was the cheapest part of all."
    assert closest("the boats was polished in spring", text) == "The boat was polished every spring."
    assert closest("zzz", text) is None
    assert closest("anything", "") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("Dr. Ines Okafor met J. R. Sand in the U.S. Navy yard. He waved.", 2),
        ("Das gilt z. B. Für alle am 3. Februar. Danach nicht.", 2),
        ("She sailed e.g. Mondays, i.e. never. Well.", 2),
        ("“Why?” she asked. “Because.” Then silence.", 3),
        ("It cost 3.5 million. In 2019. They paid.", 3),
        ("A title without a mark\n\nThen a paragraph.", ["A title without a mark", "Then a paragraph."]),
        ("A line\nthat goes on. Next.", ["A line\nthat goes on.", "Next."]),
        ("船没有开。谁付了钱？“没人。”他说。", 4),
        ("¿Quién pagó? Nadie… nunca. ¡Basta!", 3),
        ("هل أبحر القارب؟ لا.", 2),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_says_so(text, parts):
    found = [text[start:end] for start, end in sentences(text)]
    assert (len(found) if isinstance(parts, int) else found) == parts


@given(st.text("aA.!? \n“”。", max_size=80))
def test_sentences_hold_every_letter_once_and_in_order(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
