"""A large export is read one post at a time."""

import tracemalloc

from bot.sources.exports.reading import stream

POST = """<item><title>Post {n}</title><content:encoded><![CDATA[{words}]]></content:encoded><wp:status>publish</wp:status>
<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author>Ada</wp:comment_author>
<wp:comment_content><![CDATA[{words}]]></wp:comment_content></wp:comment></item>"""


def export(posts: int) -> bytes:
    words = "Some words that say little. " * 400
    body = "".join(POST.format(n=n, words=words) for n in range(posts))
    return (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>' + body + "</channel></rss>"
    ).encode()


def peak_of(data: bytes) -> int:
    tracemalloc.start()
    try:
        for discussion in stream(data):
            assert discussion.comments
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_six_times_the_posts_need_no_more_memory() -> None:
    small, large = export(60), export(360)
    assert peak_of(large) < 1.3 * peak_of(small) < len(large) / 2
