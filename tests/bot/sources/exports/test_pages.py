"""Whole exports of our own against what a careful reader sees in them."""

import json
from pathlib import Path

import pytest

from bot.sources.exports import read
from bot.sources.material import Material

PAGES = Path(__file__).parent / "pages"

pages = pytest.mark.parametrize("page", sorted(PAGES.glob("*.xml")), ids=lambda page: page.stem)


def seen(data: bytes) -> list[dict]:
    return [
        discussion.model_dump(mode="json", exclude_defaults=True) for discussion in read(Material(data, ""))
    ]


@pages
def test_an_export_is_read_as_people_read_it(page: Path) -> None:
    assert seen(page.read_bytes()) == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


@pages
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\n`" + text.encode(),
        lambda text: text.replace("</title>", "\x08\x0b</title>").encode(),
        lambda text: (
            text.replace("UTF-8", "windows-1252").replace("utf-8", "windows-1252").encode("windows-1252")
        ),
    ],
    ids=[
        "byte order mark",
        "utf-16",
        "windows line ends",
        "stray bytes",
        "control characters",
        "old encoding",
    ],
)
def test_how_an_export_was_saved_changes_nothing(page: Path, changed) -> None:
    text = page.read_text(encoding="utf-8")
    assert seen(changed(text)) == seen(text.encode())


@pages
def test_nobody_s_address_or_account_is_read(page: Path) -> None:
    found = json.dumps(seen(page.read_bytes()))
    for private in (
        "geheim.example",
        "wilm.example",
        "192.0.2.",
        "198.51.100.",
        "tenant@",
        "owner@",
        "noreply@",
    ):
        assert private not in found


def test_a_cut_export_says_so_and_keeps_what_came_before() -> None:
    whole = (PAGES / "wxr.xml").read_bytes()
    cut = whole[: whole.index(b"<title>Nur ")]
    found = list(read(Material(cut, "")))
    assert len(found[0].comments) == 8
    assert "breaks off" in found[-1].warnings[-1]
