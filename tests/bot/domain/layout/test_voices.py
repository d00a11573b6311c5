"""Voices: one webhook message a comment, under its speaker's name."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import layout, tree
from bot.domain.discussion import AuthorSource, CommentKind, Rights
from bot.domain.layout import Setting
from bot.domain.limits import CONTENT, WEBHOOK_NAME
from bot.domain.outgoing import Layout, MessageKind
from tests.bot.domain import hostile
from tests.discussions import FERRY, NOON, comment, discussion

ADDRESS = f"https://discord.com/channels/{2**64 - 1}/{2**64 - 1}/{2**64 - 1}"


def in_voices(*comments, rights=Rights.OWN, article=FERRY):
    source = tree.importable(discussion(*comments, article=article))
    setting = Setting(rights=rights, in_forum=True, now=NOON, layout=Layout.VOICES)
    plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
    assert plan.layout is Layout.VOICES
    return [message for message in plan.messages if message.kind is MessageKind.COMMENT]


def test_a_comment_is_its_words_under_its_speakers_name():
    root, answer = in_voices(
        comment("a", author="Tove Lind", text="Polished every spring."),
        comment(
            "b", "a", author="Bo Sand", text="Ask who signed.", posted_at=datetime(2019, 2, 3, tzinfo=UTC)
        ),
    )
    assert root.outgoing.persona.name == "Tove Lind via Harbour Lines"
    assert root.outgoing.content == (
        "Polished every spring.\n-# Comment 1 · 3 February 2019, 14:30 site time"
    )
    assert root.outgoing.buttons == ()
    assert answer.outgoing.persona.name == "Bo Sand via Harbour Lines"
    assert answer.outgoing.content == (
        "Ask who signed.\n-# Comment 2, answers comment 1, level 1 · <t:1549152000:D>"
    )
    (button,) = answer.outgoing.bound(lambda ordinal: f"https://discord.com/{ordinal}").buttons
    assert (button.label, button.url) == ("To comment 1", "https://discord.com/1")
    # A webhook takes no arrow.
    assert (answer.reply_to, answer.placements) == (None, (("b", 0),))


def test_a_lost_name_a_guess_and_a_removed_comment_speak_for_nobody():
    unknown = {"author": None, "author_source": AuthorSource.UNKNOWN}
    lost, removed, answer = in_voices(
        comment("a", author_guess="quay_rat", **unknown),
        comment("b", kind=CommentKind.DELETED, text="", author="Bo Sand"),
        comment("c", "b"),
    )
    assert lost.outgoing.persona.name == "Unnamed reader via Harbour Lines"
    assert "name lost; perhaps “quay\\_rat”" in lost.outgoing.content
    assert removed.outgoing.persona.name == "Removed comment via Harbour Lines"
    assert "Bo Sand" not in removed.outgoing.content
    assert answer.outgoing.linked == (2,)


def test_quoted_words_carry_credit_and_link():
    (message,) = in_voices(comment("a"), rights=Rights.QUOTED)
    assert message.outgoing.content.endswith(
        " · quoted from [Harbour Lines](<https://harbour-lines.example/2019/02/ferry>)"
    )


def test_a_long_comment_is_said_in_parts_and_loses_no_word():
    words = " ".join(f"word{n}" for n in range(900))
    parts = in_voices(comment("a", text=words))
    assert [message.placements for message in parts] == [(("a", part),) for part in range(len(parts))]
    assert f"-# Comment 1, part 2 of {len(parts)} · " in parts[1].outgoing.content
    said = " ".join(" ".join(m.outgoing.content.splitlines()[:-1]) for m in parts)
    assert said.split() == words.split()


@settings(max_examples=40, deadline=None)
@given(hostile.discussions(), st.sampled_from(Rights))
def test_every_comment_is_said_once_and_in_order_within_discords_limits(page, rights):
    source = tree.importable(page)
    messages = in_voices(*source.comments, rights=rights, article=page.article)
    firsts = [key for message in messages for key, part in message.placements if part == 0]
    assert firsts == [one.key for one in source.comments]
    for message in messages:
        sent = message.outgoing.bound(lambda _: ADDRESS)
        assert 0 < len(sent.content.strip()) <= CONTENT
        assert 0 < len(sent.persona.name) <= WEBHOOK_NAME
        assert all(ordinal < message.ordinal for ordinal in message.outgoing.linked)
