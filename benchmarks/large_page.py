"""A long page as WordPress sends it: 1.8 MB, of which a thousand comments in five levels are the most.

The markup is that of a theme of our time with its head, menus and widgets. Comments are what people write: mostly
paragraphs, some with line breaks, links, emphasis, quotes or a smiley, signed with a few hundred names.
"""

import random
from itertools import product

COMMENTS = 1_000
_LEVELS = 5
_PARAGRAPHS = 40
#: Paragraphs under a heading.
_SECTION = 8
_FIRST = "Ada Bo Cleo Dora Emil Fenna Goran Hanna Ines Jonas Kaja Lio Marit Nils Olga Pia Rolf Selma Tove Uwe"
_LAST = "Abel Brandt Castro Dahl Egger Frey Grau Holm Imhof Juhl Keller Lind Moreau Nowak"
_NAMES = [f"{first} {last}" for first, last in product(_FIRST.split(), _LAST.split())]
_PROSE = (
    "the mill by the river turns slowly while the baker waits for flour and nobody asks why water finds its way"
    " through old stones again when spring comes late"
)


def large_page(seed: int = 4) -> bytes:
    """The same page for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same page each time is what is wanted
    article = "\n".join(_paragraph_of_article(chance, number) for number in range(_PARAGRAPHS))
    comments = "".join(_tree(chance))
    return _PAGE.format(
        style=".wp-block-columns{margin:0 auto;padding:1em}\n" * 900, article=article, comments=comments
    ).encode()


def _tree(chance: random.Random) -> list[str]:
    parts: list[str] = []
    depth = 0
    for number in range(1, COMMENTS + 1):
        wanted = chance.randint(1, min(depth + 1, _LEVELS)) if depth else 1
        if wanted > depth:
            parts.append('<ol class="children">\n' if depth else "")
        else:
            parts.append(
                "</li><!-- #comment-## -->\n" + "</ol><!-- .children -->\n</li>\n" * (depth - wanted)
            )
        depth = wanted
        parts.append(_comment(chance, number, depth))
    return [*parts, "</li>", "</ol></li>" * (depth - 1)]


def _comment(chance: random.Random, number: int, depth: int) -> str:
    name = chance.choice(_NAMES)
    linked = f'<a href="https://reader{number}.example/" class="url" rel="ugc external nofollow">{name}</a>'
    return _COMMENT.format(
        number=number,
        depth=depth,
        parity="odd alt" if number % 2 else "even",
        day=1 + number % 28,
        hour=number % 24,
        minute=number % 60,
        name=name,
        signed=linked if chance.random() < 0.2 else name,  # noqa: PLR2004 - the share of people with a page of their own
        words="\n".join(f"<p>{_paragraph(chance)}</p>" for _ in range(chance.randint(1, 3))),
    )


def _sentences(chance: random.Random, most: int) -> list[str]:
    lengths = [chance.randint(6, 18) for _ in range(chance.randint(1, most))]
    return [" ".join(chance.choices(_PROSE.split(), k=length)).capitalize() + "." for length in lengths]


def _paragraph(chance: random.Random) -> str:
    sentences = _sentences(chance, 5)
    kind = chance.choices(list(_KINDS), list(_KINDS.values()))[0]
    return (kind or " ").join(sentences) if not kind or "{}" not in kind else kind.format(" ".join(sentences))


#: What a paragraph holds beside its words, and how often; without a place for them it stands between sentences.
_KINDS = {
    "": 72,
    "<br />\n": 14,
    '{} See <a href="https://river.example/tides" rel="nofollow ugc">the tables of the river</a>.': 8,
    "Well, <em>nobody</em> said so. {}": 3,
    '{} <img src="https://s.example/smile.png" alt="🙂" class="wp-smiley" style="height: 1em; max-height: 1em;" />': 2,
    "</p><blockquote><p>And why not?</p></blockquote><p>{}": 1,
}


def _paragraph_of_article(chance: random.Random, number: int) -> str:
    heading = "" if number % _SECTION else f"<h2>{_sentences(chance, 1)[0]}</h2>\n"
    return f"{heading}<p>{' '.join(_sentences(chance, 8))}</p>"


_PAGE = """<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The old mill &#8211; The Weir</title>
<link rel="canonical" href="https://weir.example/2024/old-mill/">
<meta property="og:title" content="The old mill &#8211; The Weir">
<meta property="og:site_name" content="The Weir">
<meta property="article:published_time" content="2024-04-30T08:00:00+00:00">
<meta name="author" content="Marit Holm">
<meta name="generator" content="WordPress 6.4">
<link rel="stylesheet" id="theme-css" href="https://weir.example/wp-content/themes/weir/style.css?ver=1.2" media="all">
<style id="global-styles-inline-css">
{style}
</style>
</head>
<body class="post-template-default single single-post postid-12 single-format-standard">
<header id="masthead" class="site-header"><p class="site-title"><a href="https://weir.example/" rel="home">The Weir</a></p>
<nav id="site-navigation" class="main-navigation"><ul id="menu-main" class="menu">
<li id="menu-item-1" class="menu-item"><a href="https://weir.example/river/">River</a></li>
<li id="menu-item-2" class="menu-item"><a href="https://weir.example/mills/">Mills</a></li></ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">
<article id="post-12" class="post-12 post type-post status-publish format-standard has-post-thumbnail hentry category-mills">
<header class="entry-header"><h1 class="entry-title">The old mill</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="2024-04-30T08:00:00+00:00">April 30, 2024</time></span>
<span class="byline"> by <span class="author vcard"><a class="url fn n" href="https://weir.example/author/marit/">Marit Holm</a></span></span></div></header>
<figure class="wp-block-image size-large"><img src="https://weir.example/wp-content/uploads/mill.jpg" alt="A mill by a river"><figcaption>The mill in April.</figcaption></figure>
<div class="entry-content">
{article}
</div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="https://weir.example/mills/" rel="category tag">Mills</a></span></footer>
</article>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><ul><li><a href="https://weir.example/2023/flood/">The flood</a></li></ul></div>
<div id="comments" class="comments-area">
<h2 class="comments-title">1,000 thoughts on &ldquo;<span>The old mill</span>&rdquo;</h2>
<ol class="comment-list">
{comments}
</ol>
<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply</h3>
<form action="https://weir.example/wp-comments-post.php" method="post" id="commentform" class="comment-form"><p class="comment-notes">Your email address will not be published.</p>
<p class="comment-form-comment"><label for="comment">Comment</label> <textarea id="comment" name="comment" cols="45" rows="8" required></textarea></p></form></div>
</div>
</main>
<aside id="secondary" class="widget-area"><section id="recent-comments-2" class="widget widget_recent_comments"><h2 class="widget-title">Recent Comments</h2>
<ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">Tove Lind</span> on <a href="https://weir.example/2023/flood/#comment-7001">The flood</a></li></ul></section></aside>
</div>
<footer id="colophon" class="site-footer"><p>The Weir, a paper on water.</p></footer>
<script src="https://weir.example/wp-includes/js/comment-reply.min.js?ver=6.4" id="comment-reply-js"></script>
</body></html>
"""
_COMMENT = """		<li id="comment-{number}" class="comment {parity} thread-{parity} depth-{depth}">
			<article id="div-comment-{number}" class="comment-body">
				<footer class="comment-meta">
					<div class="comment-author vcard">
						<img alt='' src='https://avatar.example/avatar/{number:032x}?s=32&#038;d=mm&#038;r=g' srcset='https://avatar.example/avatar/{number:032x}?s=64&#038;d=mm&#038;r=g 2x' class='avatar avatar-32 photo' height='32' width='32' loading='lazy' decoding='async'/>						<b class="fn">{signed}</b> <span class="says">says:</span>					</div><!-- .comment-author -->

					<div class="comment-metadata">
						<a href="https://weir.example/2024/old-mill/#comment-{number}"><time datetime="2024-05-{day:02}T{hour:02}:{minute:02}:00+02:00">May {day}, 2024 at {hour}:{minute:02}</time></a>					</div><!-- .comment-metadata -->

									</footer><!-- .comment-meta -->

				<div class="comment-content">
					{words}
				</div><!-- .comment-content -->

				<div class="reply"><a rel='nofollow' class='comment-reply-link' href='https://weir.example/2024/old-mill/?replytocom={number}#respond' data-commentid="{number}" data-postid="12" data-belowelement="div-comment-{number}" data-respondelement="respond" data-replyto="Reply to {name}" aria-label='Reply to {name}'>Reply</a></div>			</article><!-- .comment-body -->
"""
