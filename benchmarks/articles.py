"""Articles with comments of our own making, as WordPress exports them: any number, the same for the same seed.

Lengths are drawn as people measured them on real pages (lognormal, 344 characters on average), 46 of 100 comments
begin a branch.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

_NAMES = ("Ida Brekke", "Nils Aas", "Pia Holm", "Sven Lund", "Otto Ekdal", "Greta Moe", "Jon Vik", "Liv Dahl")
_WORDS = """
the lamp town switch moths noon nobody bakery wind archive tram stain model light wire Friday evening who
asked for three cakes and found a fifth door behind the fountain where it rings by day as well. Nobody. Tomorrow.
"""
_MEAN, _SPREAD, _LONGEST = 5.48, 0.85, 6000
_ROOTS = 0.46
_BEGUN = datetime(2021, 5, 6, 8, 5)  # noqa: DTZ001 - the site's own time


def export(*sizes: int, seed: int = 1) -> bytes:
    """A WXR file with an article for each size, which is its number of comments."""
    chance = random.Random(seed)  # noqa: S311 - reproducible
    items = "".join(_item(number, size, chance) for number, size in enumerate(sizes, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Lamp</title><link>https://lamp.example</link><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>""".encode()


def _item(number: int, size: int, chance: random.Random) -> str:
    comments = "".join(_comments(size, chance))
    body = "".join(f"<p>{_sentences(chance, 400)}</p>" for _ in range(4))
    return f"""<item><title>The lamp, part {number}</title><link>https://lamp.example/{number}</link>
<dc:creator>ida</dc:creator><content:encoded>{escape(body)}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2021-05-06 08:00:00</wp:post_date>
<wp:post_date_gmt>2021-05-06 08:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{comments}</item>"""


def _comments(size: int, chance: random.Random) -> Iterator[str]:
    for number in range(1, size + 1):
        is_root = number == 1 or chance.random() < _ROOTS
        parent = 0 if is_root else chance.randint(max(1, number - 12), number - 1)
        length = min(_LONGEST, max(4, int(chance.lognormvariate(_MEAN, _SPREAD))))
        at = _BEGUN + timedelta(minutes=7 * number)
        yield f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{chance.choice(_NAMES)}</wp:comment_author>
<wp:comment_date>{at}</wp:comment_date><wp:comment_date_gmt>{at}</wp:comment_date_gmt>
<wp:comment_content>{_sentences(chance, length)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def _sentences(chance: random.Random, length: int) -> str:
    """About so many characters."""
    known, words = _WORDS.split(), list[str]()
    while length > 0:
        word = chance.choice(known)
        length -= len(word) + 1
        words.append(word)
    return " ".join(words)
