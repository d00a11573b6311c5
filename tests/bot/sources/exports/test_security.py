"""What XML can do to those who obey it."""

from pathlib import Path

import pytest

from bot.errors import UnreadableError
from bot.sources.exports import read
from bot.sources.material import Material

PAGE = """<?xml version="1.0"?>{doctype}
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:xi="http://www.w3.org/2001/XInclude"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>Title</title><content:encoded>{content}</content:encoded>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_content>{comment}</wp:comment_content></wp:comment></item></channel></rss>"""


def text_of(doctype: str = "", content: str = "", comment: str = "x") -> str:
    data = PAGE.format(doctype=doctype, content=content, comment=comment).encode()
    (discussion,) = read(Material(data, ""))
    return discussion.model_dump_json()


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    found = text_of(
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>', content="&l11;", comment="&l11; &amp; more"
    )
    assert "lol" not in found
    assert "& more" in found
    assert len(found) < 2000


def test_entities_in_attributes_are_not_expanded() -> None:
    found = text_of('<!DOCTYPE rss [<!ENTITY secret "expanded">]>', content='<b title="&secret;">words</b>')
    assert "expanded" not in found


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    found = text_of(f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>', content="&x;", comment="&x;")
    assert "swordfish" not in found


def test_no_document_type_is_fetched(tmp_path: Path) -> None:
    dtd = tmp_path / "evil.dtd"
    dtd.write_text('<!ENTITY x "swordfish">')
    assert "swordfish" not in text_of(f'<!DOCTYPE rss SYSTEM "{dtd.as_uri()}">', comment="&x;")
    parameter = f'<!DOCTYPE rss [<!ENTITY % d SYSTEM "{dtd.as_uri()}"> %d;]>'
    assert "swordfish" not in text_of(parameter, comment="&x;")


def test_nothing_is_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    assert "swordfish" not in text_of(comment=f'<xi:include href="{secret.as_uri()}" parse="text"/>')


def test_a_document_type_without_end_is_refused() -> None:
    data = b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'> <rss/>" + b"x" * 100
    with pytest.raises(UnreadableError, match="document type"):
        list(read(Material(data, "")))


@pytest.mark.parametrize("depth", [300, 100_000])
def test_what_is_nested_without_end_is_refused(depth: int) -> None:
    data = PAGE.format(doctype="", content="<p>" * depth, comment="fine").encode()
    with pytest.raises(UnreadableError, match="damaged"):
        list(read(Material(data, "")))
