"""XML that is none of the kinds, or holds nothing, is refused with a sentence."""

import pytest

from bot.errors import UnreadableError
from bot.sources.exports import read
from bot.sources.material import Material
from bot.sources.recognising import Form


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<?xml version='1.0'?><opml><body/></opml>", "root is “opml”"),
        (
            b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
            "root is “urlset”",
        ),
        (b"<?xml version='1.0'?>", "has no elements"),
        (b"<rss", "no entries"),
        (b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>", "no entries"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "no entries"),
        (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel/></rss>", "holds no posts"),
        (b"<disqus xmlns='http://disqus.com'><post><message>x</message></post></disqus>", "holds no threads"),
        (b"<feed xmlns:blogger='http://schemas.google.com/blogger/2018'/>", "holds no posts"),
    ],
)
def test_what_holds_nothing_is_refused_with_a_next_step(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as refusal:
        list(read(Material(data, "")))
    assert refusal.value.next_step


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"`<?xml version='1.0'?><disqus/>", Form.XML),
        (b"<!-- made by hand -->\n<rss version='2.0'/>", Form.XML),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", Form.XML),
        (b"<?xml version='1.0'?><!-- <html> --><rss><channel/></rss>", Form.XML),
        (b"<?xml version='1.0'?><rss><channel><title>&lt;html&gt; <html></title></channel></rss>", Form.XML),
        (
            b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>\n<html xmlns='x'>",
            Form.HTML,
        ),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), Form.XML),
        (b" " * 100_000 + b"words after all", Form.TEXT),
        (b" " * 100_000, Form.EMPTY),
        (b"<strong>Words</strong> with a little markup.", Form.TEXT),
    ],
)
def test_the_form_is_told_by_the_beginning(data: bytes, form: Form) -> None:
    assert Material(data, "").form is form


def test_telling_the_form_does_not_decode_the_whole() -> None:
    material = Material(b"<?xml version='1.0'?><rss>" + b"x" * 1_000_000, "")
    assert material.form is Form.XML
    assert "text" not in vars(material)
