"""Names that Discord takes, that nobody takes for a member's, and that change no more than they must."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.layout.personas import persona
from bot.domain.limits import WEBHOOK_NAME
from tests.bot.domain import hostile

REFUSED = ("clyde", "discord", "everyone", "here")


@pytest.mark.parametrize(
    ("speaker", "site", "name"),
    [
        ("Tove Lind", "Harbour Lines", "Tove Lind via Harbour Lines"),
        ("quay_rat", None, "quay_rat via the web"),
        (None, "Harbour Lines", "Unnamed reader via Harbour Lines"),
        ("\u200b\u2060", "Harbour Lines", "Unnamed reader via Harbour Lines"),
        ("@everyone", "Harbour Lines", "e·veryone via Harbour Lines"),
        ("Bo\u202e\u200b Sand", "Harbour Lines", "Bo Sand via Harbour Lines"),
        ("Theresa", "Discord Weekly", "Th·eresa via D·iscord Weekly"),
        ("hereveryone", "CLYDE", "h·ere·veryone via C·LYDE"),
    ],
)
def test_a_name_says_where_it_comes_from_and_keeps_its_letters(speaker, site, name):
    assert persona(speaker, site).name == name


@pytest.mark.parametrize(
    "disguised",
    [
        "discord",
        "DisCord",
        "d\u200bi\u2060scord",
        "d\u0131scord",
        "\uff44\uff49\uff53\uff43\uff4f\uff52\uff44",
        "𝐝𝓲𝖘𝔠𝕠𝓻𝒹",
        "d\u0456sc\u043erd",
        "di\u0455\u0441ord",
        "d\u0308i\u0308scord",
        "ⓓⓘⓢⓒⓞⓡⓓ",
        "\u216e\u0269scord",
        "clyde",
        "cIyde",
        "\u0441l\u0443d\u0435",
        "\u041d\u0415R\u0415",
        "h\u00e8r\u00e9",
        "everyone",
        "EVERY\u039fNE",
        "e\u0475eryone",
    ],
)
def test_a_disguised_word_is_broken_by_one_visible_dot(disguised):
    name = persona(f"The {disguised} crew", "Harbour Lines").name
    assert name.count("·") == 1
    assert 1 <= len(name) <= WEBHOOK_NAME


@pytest.mark.parametrize(
    "harmless", ["Claude", "Discourse", "Heather", "Everett", "Clive D.", "He Rén", "Дискорд"]
)
def test_other_names_stay_as_they_are(harmless):
    assert persona(harmless, "Harbour Lines").name == f"{harmless} via Harbour Lines"


def test_the_suffix_stays_whole_however_long_the_name_is():
    name = persona("W" * 300, "The Harbour Lines and River Gazette of the Northern Quay").name
    assert len(name) <= WEBHOOK_NAME
    assert " via The Harbour Lines" in name
    assert name.endswith("…")


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.none(),
        hostile.TEXTS,
        st.text(alphabet="cldeiyshrvonCLYDEDISCORDHEREVN\u200b\u0301·ı", max_size=30),
        st.lists(st.sampled_from([*REFUSED, "x", " ", "DISCORD", "Here"]), max_size=6).map("".join),
    ),
    st.one_of(st.none(), hostile.TEXTS, st.sampled_from(REFUSED)),
)
def test_no_name_is_one_that_discord_refuses(speaker, site):
    name = persona(speaker, site).name
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name).casefold()
        if not unicodedata.category(letter).startswith("M")
    )
    assert 1 <= len(name) <= WEBHOOK_NAME
    assert name.strip() == name
    assert " via " in name
    assert not any(word in plain for word in REFUSED)


def test_a_picture_is_one_of_discords_own_and_stays_with_its_speaker():
    pictures = {persona(f"Reader {n}", "Harbour Lines").avatar for n in range(80)}
    assert pictures == {f"https://cdn.discordapp.com/embed/avatars/{n}.png" for n in range(6)}
    assert persona("Tove Lind", "Harbour Lines") == persona("Tove Lind", "Harbour Lines")
    # The same by the same rule in every process: no hash of Python's, which is seeded anew.
    assert persona("Tove Lind", "Harbour Lines").avatar.endswith("/3.png")
