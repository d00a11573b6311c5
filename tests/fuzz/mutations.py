"""Damage done to good files: each mutation takes the bytes, and numbers that say where and how much.

The numbers come from hypothesis, which makes them smaller while a defect remains; a mutation takes any of them.
"""

import json
import re
from collections.abc import Callable, Sequence

#: Takes the bytes, a second file to take from, and three numbers from 0 to 65,535.
Mutation = Callable[[bytes, bytes, int, int, int], bytes]

#: Levels of elements, arrays, quotes: deeper than any parser and than Python's stack.
_DEEP = 10_000
#: Repetitions of a stretch of the file.
_MOST_REPEATED = 200
#: Bytes that a mutation may make of a file; what grows linearly is measured elsewhere, with larger ones.
_LARGEST = 400_000

_ATTRIBUTE = re.compile(rb"([\w:-]+)=(\"[^\"<>]*\"|'[^'<>]*')")
_ID = re.compile(
    rb"(\b(?:id|data-fullname|data-shortid)=[\"']|\"(?:id|parent|parent_id|key|name|uri)\": ?\"?"
    rb"|comment_(?:id|parent)>)([\w:/.-]+)"
)
_TAG = re.compile(rb"<(\w[\w:-]*)[^<>]*>")
_DIGITS = re.compile(rb"\d+")
_TEXT = re.compile(rb">([^<>]{2,})<|\"([^\"\\]{2,})\"|\n([^\n<>{}]{2,})")

#: What decoders, parsers, dates and numbers stumble over.
_HOSTILE: Sequence[bytes] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b$B", b"\\ud800", b"\\u0000", b"&#xD800;", b"&#0;", b"&#55357;",
    b"&#99999999999;", b"&lt;b&gt;", b"&", b"<", b">", b'"', b"'", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"<!DOCTYPE x [",
    b"</html>", b"</p></div></li></ul>", b"<plaintext>", b"<script>", b"<pre>", b"<svg><title>", b"<template>", b"<base href='//['>",
    b"<a href='http://[::1'>x</a>", b"<a href='https://\xe2\x84\x80.example'>x</a>", b"http://[", b"javascript:x", b"0001-01-01T00:00:00+14:00",
    b"9999-12-31T23:59:59-14:00", b"2024-02-30", b"2024-03-01T24:00:00", b"2024-03-01T10:00:00+23:59:59", b"1980-01-01T00:00:00+23:59",
    b"Thu, 31 Dec 9999 23:59:59 -9959", b"Fri, 01 Mar 2024 10:00:00 +99999999999", b"March 99, 2024 at 99:99 pm", b"31 Dec 9999", b"1e400", b"-0",
    b"NaN", b"-1", b"99999999999999999999", b"253402300800", b"9" * 5000, "٣".encode(), "²".encode(), "①".encode(), "\u202e\u2066".encode(),
    "e\u0301\u0301".encode() * 50, "👩‍👩‍👧‍👦".encode(), b"\r", b"\x0b\x0c\x1c\xc2\x85\xe2\x80\xa8", b" " * 3000, b"\t" * 40, b"null", b"true", b"[]", b"{}",
)  # fmt: skip
_NESTS: Sequence[tuple[bytes, bytes]] = (
    (b"<div>", b"</div>"), (b"<blockquote>", b"</blockquote>"), (b"<ul><li>", b"</li></ul>"), (b"<b>", b"</b>"), (b"<b><i>", b""),
    (b"<a href='x'>", b"</a>"), (b"<table><tr><td>", b""), (b"<p>", b""), (b"<x:y>", b"</x:y>"), (b"[", b"]"), (b'{"replies":', b"}"),
    (b'[{"children":', b"}]"), (b"> ", b""), (b"(", b")"), (b"\n  ", b""), ("“".encode(), "”".encode()), (b"&lt;div&gt;", b"&lt;/div&gt;"),
)  # fmt: skip
_OTHER_TYPES: Sequence[object] = (
    None, True, False, 0, -1, 10**30, 1e308, "", "x", "\ud800", "\x00", "2024-03-01T10:00:00+23:59", [], {}, [[]], [None], {"": None},
    {"id": {}}, [0, "", {}], "9" * 500, {"rendered": 7}, "<p>" * 50, -62135596800, 253402300800, 1e20,
)  # fmt: skip
_ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "shift_jis",
    "iso2022_jp",
    "koi8-r",
    "utf-7",
)
_LABELS = (
    b"utf-7",
    b"utf-16",
    b"idna",
    b"zlib",
    b"rot13",
    b"undefined",
    b"x-unknown",
    b"iso-2022-jp",
    b"big5",
    b"cp037",
)


def cut(data: bytes, _other: bytes, where: int, much: int, _kind: int) -> bytes:
    """A stretch is missing; with the largest number, all the rest."""
    start = _place(data, where)
    return data[:start] + (b"" if much == 0xFFFF else data[start + much % 2000 :])


def repeat(data: bytes, _other: bytes, where: int, much: int, times: int) -> bytes:
    """A stretch stands there many times."""
    start = _place(data, where)
    stretch = data[start : start + 1 + much % 3000]
    return data[:start] + stretch * (1 + times % _MOST_REPEATED) + data[start + len(stretch) :]


def splice(data: bytes, other: bytes, where: int, whence: int, much: int) -> bytes:
    """A stretch of another file stands in this one."""
    start, taken = _place(data, where), _place(other, whence)
    return data[:start] + other[taken : taken + much % 4000] + data[start:]


def insert(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """What parsers stumble over, anywhere."""
    start = _place(data, where)
    return data[:start] + _HOSTILE[kind % len(_HOSTILE)] + data[start:]


def say_hostile(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """The same in place of a text, a string or a line."""
    return _replaced(data, _TEXT, where, lambda found: _at_edges(found[0], _HOSTILE[kind % len(_HOSTILE)]))


def number(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """Another number: of thousands of digits, of other scripts, below zero, none."""
    numbers = [
        hostile
        for hostile in _HOSTILE
        if len(hostile) < 3 or hostile.strip(b"-+.eNa9").isdigit() or hostile[:1] == b"9"
    ]
    return _replaced(data, _DIGITS, where, lambda _: numbers[kind % len(numbers)])


def nest(data: bytes, _other: bytes, where: int, much: int, kind: int) -> bytes:
    """Ten thousand levels, closed or left open, around a stretch of the file."""
    start = _place(data, where)
    before, after = _NESTS[kind % len(_NESTS)]
    levels = _DEEP if much % 3 else 300
    stretch = data[start : start + much % 500]
    return (
        data[:start] + before * levels + stretch + after * levels * (much % 2) + data[start + len(stretch) :]
    )


def swap_attributes(data: bytes, _other: bytes, first: int, second: int, _kind: int) -> bytes:
    """Two attributes have each other's values."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return data
    one, two = sorted((found[first % len(found)], found[second % len(found)]), key=re.Match.start)
    if one == two:
        return data
    return data[: one.start(2)] + two[2] + data[one.end(2) : two.start(2)] + one[2] + data[two.end(2) :]


def huge_attribute(data: bytes, _other: bytes, where: int, much: int, kind: int) -> bytes:
    """An attribute of a hundred thousand characters, or ten thousand attributes."""
    if kind % 2:
        attributes = b"".join(b" a%d='%d'" % (n, n) for n in range(much % _DEEP))
        return _replaced(data, _TAG, where, lambda found: b"<" + found[1] + attributes + b">")
    return _replaced(data, _ATTRIBUTE, where, lambda found: found[1] + b'="' + b"a " * much + b'"')


def same_ids(data: bytes, _other: bytes, where: int, much: int, _kind: int) -> bytes:
    """Ids of one comment on others, and on their parents: all of them, or one."""
    found = list(_ID.finditer(data))
    if not found:
        return data
    taken = found[where % len(found)][2]
    if much % 2:
        return _ID.sub(lambda one: one[1] + taken, data)
    return _replaced(data, _ID, much, lambda one: one[1] + taken)


def entity_bomb(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """A document type whose entities would fill the memory, if anybody obeyed it."""
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    doctype = b'<!DOCTYPE rss [<!ENTITY l0 "lol">' + levels + b'<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    declared = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    start = max(_place(data, where), declared)
    return data[:declared] + doctype + data[declared:start] + (b"&l11;", b"&f;")[kind % 2] + data[start:]


def wrong_type(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """JSON in which a value has another type; in anything else, JSON inside the text."""
    other = _OTHER_TYPES[kind % len(_OTHER_TYPES)]
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return insert(data, json.dumps(other).encode(), where, 0, kind)
    slots: list[tuple[dict[str, object] | list[object], str | int]] = []
    waiting = [document]
    while waiting:
        value = waiting.pop()
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, item in items:
            slots.append((value, key))
            waiting.append(item)
    if not slots:
        return json.dumps(other).encode()
    holder, key = slots[where % len(slots)]
    holder[key] = other  # type: ignore[index,call-overload] - the key was found in this very holder
    return json.dumps(document).encode()


def encode(data: bytes, _other: bytes, _where: int, _much: int, kind: int) -> bytes:
    """The same words in another encoding."""
    return data.decode("utf-8", "replace").encode(_ENCODINGS[kind % len(_ENCODINGS)], "replace")


def mislabel(data: bytes, _other: bytes, where: int, _much: int, kind: int) -> bytes:
    """An encoding declared that it is not, and a byte that shows it."""
    label = _LABELS[kind % len(_LABELS)]
    start = _place(data, where)
    return (
        b'<?xml version="1.0" encoding="%s"?><meta charset="%s">' % (label, label)
        + data[:start]
        + b"\xff"
        + data[start:]
    )


MUTATIONS: Sequence[Mutation] = (
    cut, repeat, splice, insert, say_hostile, number, nest, swap_attributes, huge_attribute, same_ids, entity_bomb, wrong_type, encode, mislabel,
)  # fmt: skip


def mutated(data: bytes, mutation: Mutation, other: bytes, numbers: tuple[int, int, int]) -> bytes:
    """The bytes after a mutation, unless it makes too much of them."""
    changed = mutation(data, other, *numbers)
    return changed if len(changed) <= _LARGEST else changed[:_LARGEST]


def _place(data: bytes, where: int) -> int:
    """A place in the file, evenly spread whatever its size."""
    return where * len(data) // 0x10000


def _replaced(
    data: bytes, pattern: re.Pattern[bytes], where: int, replacement: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = found[where % len(found)]
    return data[: one.start()] + replacement(one) + data[one.end() :]


def _at_edges(whole: bytes, inside: bytes) -> bytes:
    """What stands between the first and the last character, replaced."""
    return whole[:1] + inside + (whole[-1:] if whole[-1:] in b'<"' else b"")
