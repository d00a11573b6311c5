"""What bytes are recognised as, and what is said of those that nobody reads."""

import random
import subprocess
import sys

import pytest

from bot.errors import UnreadableError
from bot.sources.decoding import decode
from bot.sources.recognising import Form, recognise
from bot.sources.register import read

HEAVY = ("trafilatura", "dateparser", "feedparser", "lxml", "charset_normalizer")
PAGE = "A title\n\nAn article of two words.\n\nComments\n\nFirst!\n"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"", Form.EMPTY),
        (b" \n\t\r\n\xc2\xa0\xef\xbb\xbf", Form.EMPTY),
        (b"<!DOCTYPE html><html><p>Hi</p></html>", Form.HTML),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<html lang=en>", Form.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', Form.HTML),
        (b'<?xml version="1.0"?><rss version="2.0">', Form.XML),
        (b"<rss><channel>", Form.XML),
        (b'{"comments": []}', Form.JSON),
        (b'[{"id": 1}]', Form.JSON),
        (b"PK\x03\x04rest", Form.ZIP),
        (b"\x1f\x8b\x08rest", Form.COMPRESSED),
        (b"%PDF-1.7", Form.PDF),
        (b"\x89PNG\r\n\x1a\nrest", Form.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBP", Form.IMAGE),
        (b"\x00\x00\x00\x18ftypmp42", Form.SOUND_OR_FILM),
        (bytes(random.Random(7).randbytes(5000)), Form.BINARY),
        (b"A title\n\n{curly} words and <b>angles</b>.", Form.TEXT),
        (b"[1] a footnote\n\nmore", Form.TEXT),
        (PAGE.encode(), Form.TEXT),
    ],
)
def test_the_kind_is_told_by_the_bytes(data: bytes, form: Form) -> None:
    assert recognise(data, decode(data)) is form


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"{}", b"%PDF-1", b"PK\x03\x04", b"<?xml?>", b"\x89PNG\r\n\x1a\n"]
)
def test_what_nobody_reads_is_named_with_a_next_step(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(data, location="page")
    assert str(recognise(data, decode(data))) in refusal.value.message
    assert refusal.value.next_step


def test_the_location_is_where_it_was_read_from() -> None:
    assert read(PAGE.encode(), location="page.txt")[0].source.location == "page.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_decoded_with_and_without_a_mark(encoding: str) -> None:
    text = "Der Müller mahlt größer\nund gröber\n"
    assert decode(text.encode(encoding)) == text


def test_old_encodings_are_guessed() -> None:
    text = "Der Müller mahlt heute früh für die Bäckerei über der Brücke. " * 20
    assert decode(text.encode("cp1252")) == text


def test_damaged_utf_8_stays_utf_8() -> None:
    damaged = "Grüße aus Köln, über die Brücke. ".encode() * 10 + b"\xff" + "schöne Grüße".encode()
    assert decode(damaged).endswith("\ufffdschöne Grüße")


def test_line_ends_become_one_and_nothing_unstorable_is_left() -> None:
    assert decode(b"a\r\nb\rc\x0bd\xe2\x80\xa8e\x00f") == "a\nb\nc\nd\nef"
    decode(b"\xed\xa0\x80 lone surrogate").encode()


@pytest.mark.parametrize(
    "data",
    [
        b"A title\n\n" + b"".join(b"Line %d says this.\n\n" % number for number in range(20_100)),
        b"A title\n\nAn article.\n\nComments\n\n" + b"[" * 100_001,
    ],
    ids=["paragraphs", "one comment"],
)
def test_what_no_page_holds_is_refused_with_its_numbers(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="reads up to 20,000 paragraphs, 100,000 comments"):
        read(data, location="page")


def test_what_a_server_says_of_the_encoding_counts_where_the_bytes_say_nothing() -> None:
    page = "Ein Titel\n\nDie Fähre läuft nie aus.\n\nComments\n\nÄrgerlich!\n"
    assert decode(
        page.encode("iso-8859-5", "replace") + "Привет".encode("iso-8859-5"), "iso-8859-5"
    ).endswith("Привет")
    (found,) = read("Паром\n\nОн стоит у причала.\n".encode("koi8-r"), location="page", charset="koi8-r")
    assert found.article.title == "Паром"


def test_one_article_too_large_among_others_is_left_out_with_a_word() -> None:
    def item(words: str) -> str:
        return (
            f"<item><title>A title</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
            f"<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Wanda</wp:comment_author>"
            f"<wp:comment_approved>1</wp:comment_approved><wp:comment_content>{words}</wp:comment_content></wp:comment></item>"
        )

    export = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{item('long ' * 25_000)}{item('short')}</channel></rss>"
    )
    found, large = read(export.encode(), location="export.xml")
    assert found.comments[0].text == "short"
    assert (large.article.title, large.comments, large.source.complete) == ("A title", (), False)
    assert "the longest of 124,999 characters" in large.warnings[0]


@pytest.mark.parametrize(
    ("data", "needed"),
    [
        (PAGE, set()),
        ('{"id": 7, "title": "Mill", "children": [], "author": "ada", "type": "story", "created_at_i": 1, "points": 2}', {"lxml"}),
        ("<rss version='2.0'><channel><title>T</title><item><title>Mill</title></item></channel></rss>", {"lxml"}),
        ("<!DOCTYPE html><title>Mill</title><body><h1>Mill</h1><article><p>It turns.</p></article>", {"lxml", "trafilatura", "charset_normalizer"}),
    ],
    ids=["text", "JSON", "XML", "HTML"],
)  # fmt: skip
def test_a_source_loads_the_libraries_that_its_own_reader_needs(data: str, needed: set[str]) -> None:
    program = (
        "import sys; from bot.sources.register import read; read(sys.stdin.buffer.read(), location='x');"
        f"print(*(name for name in {HEAVY} if name in sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], input=data.encode(), capture_output=True, check=True
    )
    assert set(ended.stdout.decode().split()) <= needed
