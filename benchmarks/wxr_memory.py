"""How much memory a WordPress export of 100 MB needs, over what the same process needs for next to nothing.

The exports are made here, in the form that WordPress 6 writes: one of many posts, and one of forty with thousands of
comments each. They are read in the two ways that there are: by `rejoinder inspect FILE --json`, and by the bot, whose
own process is looked at beside the one that reads for it. A peak is the largest resident set that the kernel tells of a
process (VmHWM), so this runs on Linux only: `python -m benchmarks.wxr_memory`.
"""

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from pathlib import Path

from bot.adapters.reading import SourceReader

MB = 1_000_000
SIZE = 100 * MB
#: What issue 3 asks for, over idle.
TARGET = 150 * MB
#: How many comments a post may have.
FEW = (0, 0, 1, 3, 8, 20, 60, 200)
MANY = (2_200,)
#: How often a comment answers another one.
ANSWERS = 0.4
#: Seconds between two looks at a process.
PAUSE = 0.01
#: Characters of each export, and comments of its posts; next to nothing comes first.
EXPORTS = {"one post": (1, FEW), "many posts": (SIZE, FEW), "forty posts": (SIZE, MANY)}
INSPECTING, BOT, READER = "rejoinder inspect --json", "the bot", "the bot's reader"


def main() -> None:
    print(f"{'export':12} {'MB':>6}  {'process':25} {'peak':>6} {'over idle':>10} {'seconds':>8}")
    idle: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export.xml")
        for name, (size, comments) in EXPORTS.items():
            with file.open("w", encoding="utf-8") as written:
                written.writelines(export(size, comments, random.Random(4)))  # noqa: S311 - the same each time
            for peaks, seconds in (inspected(file), read_by_a_bot(file)):
                for process, peak in peaks.items():
                    over = peak - idle.setdefault(process, peak)
                    print(
                        f"{name:12} {file.stat().st_size / MB:6.1f}  {process:25} {peak / MB:6.1f} {over / MB:10.1f}"
                        f" {seconds:8.1f}{'' if over <= TARGET else '  over the limit'}"
                    )


def inspected(file: Path) -> tuple[dict[str, int], float]:
    return peaks_of(["-m", "bot", "inspect", str(file), "--json"], INSPECTING)


def read_by_a_bot(file: Path) -> tuple[dict[str, int], float]:
    return peaks_of(["-m", "benchmarks.wxr_memory", str(file)], BOT)


def peaks_of(command: Sequence[str], name: str) -> tuple[dict[str, int], float]:
    """Run a command: the peaks of its process and of those that it starts, in bytes, and the seconds."""
    peaks: dict[str, int] = {}
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL) as started:  # noqa: S603 - our own
        while started.poll() is None:
            peaks[name] = max(peaks.get(name, 0), peak_of(started.pid))
            for child in children_of(started.pid):
                peaks[READER] = max(peaks.get(READER, 0), peak_of(child))
            time.sleep(PAUSE)
    assert started.returncode == 0, name
    return peaks, time.perf_counter() - begun


def peak_of(pid: int) -> int:
    """0 for a process that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines.get("VmHWM", "0 kB").split()[0]) * 1024


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


async def be_a_bot(file: Path) -> None:
    """What a batch does: look at all, then take them one by one."""
    reader = SourceReader()
    summaries = await reader.summaries(file, location=file.name)
    async with aclosing(reader.discussions(file, location=file.name)) as discussions:
        found = [len(discussion.comments) async for discussion in discussions]
    assert found == [summary.comments for summary in summaries]


def export(size: int, comments: Sequence[int], chance: random.Random) -> Iterator[str]:
    """A WXR file of about ``size`` characters, in parts; at least one post."""
    yield HEAD
    written = number = 0
    while written < size:
        number += 1
        item = PICTURE.format(number=number) if number % 4 == 0 else post(number, comments, chance)
        written += len(item)
        yield item
    yield "</channel>\n</rss>\n"


def post(number: int, comments: Sequence[int], chance: random.Random) -> str:
    content = "\n\n".join(prose(chance) for _ in range(chance.randint(4, 20)))
    places = range(1, chance.choice(comments) + 1)
    told = "".join(comment(10_000 * number + place, place, chance) for place in places)
    return POST.format(number=number, day=1 + number % 28, content=content, comments=told)


def comment(identity: int, place: int, chance: random.Random) -> str:
    above = identity - chance.randint(1, place - 1) if place > 1 and chance.random() < ANSWERS else 0
    words = "\n\n".join(prose(chance) for _ in range(chance.randint(1, 3)))
    return COMMENT.format(
        identity=identity, above=above, name=f"Reader {place % 50}", day=1 + place % 28, words=words
    )


def prose(chance: random.Random) -> str:
    return " ".join(
        " ".join(chance.choices(WORDS, k=chance.randint(6, 18))).capitalize() + "."
        for _ in range(chance.randint(1, 5))
    )


WORDS = (
    *(
        "the",
        "mill",
        "by",
        "river",
        "turns",
        "slowly",
        "while",
        "baker",
        "waits",
        "for",
        "flour",
        "and",
        "nobody",
    ),
    *(
        "asks",
        "why",
        "water",
        "finds",
        "its",
        "way",
        "through",
        "old",
        "stones",
        "again",
        "when",
        "spring",
        "late",
    ),
)
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>The Weir</title>
	<link>https://weir.example</link>
	<language>en-GB</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_email><![CDATA[ada@weir.example]]></wp:author_email><wp:author_display_name><![CDATA[Ada Miller]]></wp:author_display_name></wp:author>
"""
POST = """	<item>
		<title><![CDATA[The mill, part {number}]]></title>
		<link>https://weir.example/2024/mill-{number}/</link>
		<pubDate>Tue, {day:02} Jan 2024 08:00:00 +0000</pubDate>
		<dc:creator><![CDATA[ada]]></dc:creator>
		<guid isPermaLink="false">https://weir.example/?p={number}</guid>
		<description></description>
		<content:encoded><![CDATA[{content}]]></content:encoded>
		<excerpt:encoded><![CDATA[]]></excerpt:encoded>
		<wp:post_id>{number}</wp:post_id>
		<wp:post_date><![CDATA[2024-01-{day:02} 09:00:00]]></wp:post_date>
		<wp:post_date_gmt><![CDATA[2024-01-{day:02} 08:00:00]]></wp:post_date_gmt>
		<wp:post_name><![CDATA[mill-{number}]]></wp:post_name>
		<wp:status><![CDATA[publish]]></wp:status>
		<wp:post_type><![CDATA[post]]></wp:post_type>
		<wp:post_password><![CDATA[]]></wp:post_password>
{comments}	</item>
"""
COMMENT = """		<wp:comment>
			<wp:comment_id>{identity}</wp:comment_id>
			<wp:comment_author><![CDATA[{name}]]></wp:comment_author>
			<wp:comment_author_email><![CDATA[reader@example.org]]></wp:comment_author_email>
			<wp:comment_author_url></wp:comment_author_url>
			<wp:comment_author_IP><![CDATA[192.0.2.7]]></wp:comment_author_IP>
			<wp:comment_date><![CDATA[2024-02-{day:02} 10:00:00]]></wp:comment_date>
			<wp:comment_date_gmt><![CDATA[2024-02-{day:02} 09:00:00]]></wp:comment_date_gmt>
			<wp:comment_content><![CDATA[{words}]]></wp:comment_content>
			<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
			<wp:comment_type><![CDATA[comment]]></wp:comment_type>
			<wp:comment_parent>{above}</wp:comment_parent>
			<wp:comment_user_id>0</wp:comment_user_id>
		</wp:comment>
"""
PICTURE = """	<item>
		<title><![CDATA[mill-{number}.jpg]]></title>
		<link>https://weir.example/mill-{number}-jpg/</link>
		<content:encoded><![CDATA[]]></content:encoded>
		<wp:post_id>{number}</wp:post_id>
		<wp:status><![CDATA[inherit]]></wp:status>
		<wp:post_type><![CDATA[attachment]]></wp:post_type>
		<wp:postmeta><wp:meta_key><![CDATA[_wp_attached_file]]></wp:meta_key><wp:meta_value><![CDATA[2024/mill-{number}.jpg]]></wp:meta_value></wp:postmeta>
	</item>
"""

if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(be_a_bot(Path(sys.argv[1])))
    else:
        main()
