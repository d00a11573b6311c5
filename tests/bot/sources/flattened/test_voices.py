import pytest

from bot.sources.flattened.voices import announces, named_speaker, voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor was late, Wanda Ostrander told the crowd:", "Wanda Ostrander"),
        ("Because Ostrander reiterated that the bridge stays:", "Ostrander"),
        ("Then said Wanda Ostrander:", "Wanda Ostrander"),
        ("Dazu erklärte Gesine Butterblum:", "Gesine Butterblum"),
        ("He said:", None),
        ("The speaker told the audience:", None),
        ("When asked, she replied:", None),
    ],
)
def test_the_sentence_before_a_quote_names_its_speaker(text: str, speaker: str | None) -> None:
    assert announces(text)
    assert named_speaker(text) == speaker


@pytest.mark.parametrize(
    "text", ["Three rules:", "Bring a rope, a lamp and a sandwich:", "She said nothing."]
)
def test_not_every_colon_lets_somebody_speak(text: str) -> None:
    assert not announces(text)


@pytest.mark.parametrize(
    ("after", "quoted"),
    [
        ("We must build it together, and we will.", True),
        ("Furthermore, the quay needs a new railing.", True),
        ("Look, I have seen many bridges.", False),
        ("In other words, no bridge.", False),
        ("Ostrander has promised that before.", False),
        ("That is the whole story so far.", False),
        ("Mit anderen Worten: keine Brücke.", False),
        ("I doubt that very much.", False),
    ],
)
def test_a_run_of_quotes_ends_where_the_author_speaks(after: str, quoted: bool) -> None:  # noqa: FBT001 - a table's column
    found = voices(["As Wanda Ostrander announced:", "We want a bridge.", after])
    assert [voice.quoted for voice in found] == [False, True, quoted]
    assert found[1].speaker == "Wanda Ostrander"


def test_marks_end_a_marked_run() -> None:
    found = voices(["He said:", "“We want a bridge.", "“We want it now.”", "We got a ferry."])
    assert [voice.quoted for voice in found] == [False, True, True, False]
