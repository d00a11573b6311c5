import pytest

from bot.sources.flattened.dates import DateReader
from bot.sources.flattened.headers import HeaderReader

DATE = "May 5, 2020 at 3:14 pm"


@pytest.mark.parametrize(
    ("line", "name", "parent"),
    [
        (f"Ada | {DATE}", "Ada", None),
        (f"A.F. Eck | {DATE}", "A.F. Eck", None),
        (f"Left | Right | {DATE}", "Left | Right", None),
        (f"Bo in reply to Ada. | {DATE}", "Bo", "Ada"),
        (f"Bo in reply to A.F. Eck. | {DATE}", "Bo", "A.F. Eck"),
        (f"Bo in reply to DR E. | {DATE}", "Bo", "DR E"),
        (f"Bo in reply to who's there?!. | {DATE}", "Bo", "who's there?!"),
        ("Bo als Antwort auf Ada. | 5. Mai 2020 um 15:14 Uhr", "Bo", "Ada"),
        ("Bo en réponse à Ada. | 5 mai 2020 à 15 h 14", "Bo", "Ada"),
        ("Bo en respuesta a Ada. | 5 de mayo de 2020 a las 15:14", "Bo", "Ada"),
        (f"Ada · {DATE}", "Ada", None),
        (f"Ada — {DATE}", "Ada", None),
        (f"| {DATE}", None, None),
        (f"in reply to Ada. | {DATE}", None, "Ada"),
        ("@everyone | 2 days ago", "@everyone", None),
    ],
)
def test_headers_are_read(line: str, name: str | None, parent: str | None) -> None:
    header = HeaderReader(DateReader("DMY")).read(line)
    assert header
    assert (header.name, header.parent) == (name, parent)


@pytest.mark.parametrize(
    "line",
    [
        "Ada said so on May 5, 2020",
        "the ferry | the bridge",
        "I came at 12:05 — 7 people had left",
        DATE,
        "a | " + "b" * 400,
        "",
    ],
)
def test_prose_is_no_header(line: str) -> None:
    assert HeaderReader(DateReader("DMY")).read(line) is None
