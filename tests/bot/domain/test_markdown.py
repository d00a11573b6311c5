"""What people see of imported text; `rendered` stands for their Discord client."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.markdown import NAMELESS, clean, escape, name, plain, to_discord
from tests.bot.domain.discord_rendering import rendered

PIECES = [
    *[
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "|",
        "||",
        "`",
        "``",
        "```",
        "\\",
        "<",
        ">",
        ">>> ",
        "> ",
        "# ",
        "-# ",
        "- ",
    ],
    *[
        "1. ",
        "1) ",
        "[",
        "]",
        "(",
        ")",
        "](https://a.example/c)",
        "[x](https://a.example/c_d)",
        "![i](https://b.example)",
    ],
    *[
        "<@1>",
        "<#2>",
        "<@&3>",
        "<t:1:R>",
        "<:e:1>",
        "</a b:1>",
        "@everyone",
        "@here",
        "@",
        "everyone",
        ":smile:",
        ":",
    ],
    *[
        "https://a.example/c_d_e",
        "http://",
        "<https://a.example>",
        "steam://run",
        "[j](javascript:x)",
        "---",
        "=",
    ],
    *[
        "&lt;",
        "&#64;",
        "&#8203;",
        "&#xE000;",
        "\u200b",
        "\u202e",
        "\ue001",
        "word",
        "a",
        "b c",
        "é",
        "字",
        "。",
        "😀",
    ],
    *["\n", "\n\n", " ", "    ", "\t"],
]
written = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
#: What imported text must never bring to life.
FORBIDDEN = {"mention", "timestamp", "emoji", "heading", "subtext", "spoiler", "underline", "link"}


def letters(text):
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\n \n\n\nb  \n", "a\n\nb"),
        ("mo\u200bney \u202eevil\u202c \u2066x\u2069", "money evil x"),
        ("\ue0003\ue001 and \x07bell\ud800", "3 and bell"),
        ("plain\U000e0068\U000e0069", "plain"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 8),
        ("a\u200db", "ab"),
    ],
)
def test_what_hides_reverses_or_piles_up_is_removed(dirty, tidy):
    assert clean(dirty) == tidy


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽\u200d🚀 ❤️\u200d🔥 1️⃣",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "葛\U000e0100",
        "Việt Nam, naïve, שָׁלוֹם",
    ],
)
def test_invisible_characters_that_a_script_or_an_emoji_needs_stay(text):
    assert clean(text) == text


@given(st.text() | written)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(written)
def test_escaped_text_shows_exactly_the_text_and_makes_nothing_but_links(text):
    seen = rendered(escape(text))
    assert seen.text == clean(text)
    assert seen.markup <= {"url"}


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("snake_case and 5 * 3", r"snake\_case and 5 \* 3"),
        ("see (https://a.example/b_c_(d)).", "see (<https://a.example/b_c_(d)>)."),
        ("at 12:30:45 :smile:", r"at 12:30:45 \:smile:"),
        ("@everyone, <@1>", r"\@everyone, \<@1>"),
        ("# 1\n1. x\n- y\n> z\n-# s", "\\# 1\n1\\. x\n\\- y\n\\> z\n\\-# s"),
        ("a # b > c - d", "a # b > c - d"),
        ("steam://run/1", r"steam\://run/1"),
    ],
)
def test_escaping_spends_a_backslash_only_where_markup_could_begin(text, escaped):
    assert escape(text) == escaped


@given(written)
def test_escaping_at_most_doubles_a_text(text):
    assert len(escape(text)) <= 2 * len(clean(text))


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Tove Lind", "Tove Lind"),
        (" Tove\n\u3000 Lind ", "Tove Lind"),
        ("@tove_lind", r"tove\_lind"),
        ("＠everyone", "everyone"),
        ("# Admin", r"\# Admin"),
        ("Rejoinder 🅰🅿🅿", "Rejoinder APP"),
        ("\u200b\u202e", NAMELESS),
        ("@", "@"),
        ("x" * 40, "x" * 31 + "…"),
        ("👩🏽\u200d🚀" * 33, "👩🏽\u200d🚀" * 31 + "…"),
        ("see https://a.example/b", r"see https\://a.example/b"),
    ],
)
def test_a_name_is_one_short_line_that_passes_for_nothing_else(given_name, shown):
    assert name(given_name) == shown


@given(written | st.text())
def test_a_name_between_bold_marks_is_bold_text_and_nothing_else(text):
    shown = name(text)
    assert shown
    assert "\n" not in shown
    assert rendered(f"**{shown}** · yesterday").markup == {"strong"}


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("*sort of* **sure**, ~~no~~ `x*y`", "*sort of* **sure**, ~~no~~ `x*y`"),
        ("5 * 3 and snake_case_name", r"5 \* 3 and snake\_case\_name"),
        ("[the plan](https://a.example/p_q)", "the plan (<https://a.example/p_q>)"),
        ("[https://a.example/p](https://a.example/p)", "<https://a.example/p>"),
        ("[a.example/long…](https://a.example/longer/way)", "<https://a.example/longer/way>"),
        ("https://a.example/_foo_/", "<https://a.example/_foo_/>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("[x](steam://run/1) [y](/here) [z](#c4)", r"x (steam\://run/1) y (/here) z"),
        ("<keeper@a.example>", "keeper@a.example"),
        ("![a *red* boat](https://a.example/b.png)", r"\[image: a red boat\] (<https://a.example/b.png>)"),
        ("![](data:image/png;base64,AAAA)", r"\[image\]"),
        ("## A **big** word", "**A big word**"),
        ("# 1 reason\n\ntext", "\\# 1 reason\n\ntext"),
        ("text\n---\nmore", "text\n\n\\---\n\nmore"),
        ("    four spaces", "four spaces"),
        ("one\ntwo  \nthree", "one\ntwo\nthree"),
        ("<b>x</b> &lt;@1&gt;", r"\<b>x\</b> \<@1>"),
        ("> said\n>\n> twice", "> said\n> \n> twice"),
        ("- a\n- b\n  1. c\n\n1) d", "- a\n- b\n  1. c\n\n1) d"),
        ("```py\nx = '<@1>'\n```", "```py\nx = '<@1>'\n```"),
        ("~~~\n```\n~~~", "\\`\\`\\`"),
        ("||secret|| <t:1:R> @here\n-# small", "\\|\\|secret\\|\\| \\<t:1:R> \\@here\n\\-# small"),
        ("[x]: https://a.example", r"\[x\]: <https://a.example>"),
        ("*a `b*c` d*", r"*a b\*c d*"),
        ("**<https://a.example/*x*>**", "**<https://a.example/%2Ax%2A>**"),
        ("*&#32;a*", " a"),
        ("", ""),
    ],
)
def test_commonmark_becomes_discord_markdown(source, shown):
    assert to_discord(source) == shown


@given(written, st.sampled_from(["", "*", "**", "~~", "_"]))
def test_nothing_that_only_discord_reads_comes_alive_and_no_word_is_lost(text, marker):
    source = f"{marker}{text}{marker}"
    seen = rendered(to_discord(source))
    assert not seen.markup & FORBIDDEN
    remaining = iter(letters(seen.text))
    assert all(letter in remaining for letter in letters(plain(source)))


def test_text_nested_deeper_than_anybody_writes_is_shown_as_typed():
    source = "> " * 200 + "deep"
    assert rendered(to_discord(source)).text == source
    assert plain(source) == source


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ("*sort of* `x` [the plan](https://a.example)", "sort of x the plan"),
        ("> said\n\n# 1 reason\n\n## Title", "said\n\n# 1 reason\n\nTitle"),
        ("1. a\n2. b\n\n![a boat](https://a.example/b.png)", "1. a\n2. b\n\na boat"),
        ("&lt;b&gt; \\*", "<b> *"),
    ],
)
def test_plain_is_what_a_reader_sees(source, visible):
    assert plain(source) == visible
