"""``python -m benchmarks [GOAL …]``: the table of goals. Ends with status 1 when one is missed."""

import argparse
import asyncio
import logging
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

import structlog

from benchmarks.chaos import chaos
from benchmarks.crowd import crowd
from benchmarks.disturbed import disturbed, kills
from benchmarks.loopback import loopback
from benchmarks.pacing import pacing, pages
from benchmarks.responsiveness import responsiveness
from benchmarks.table import Row, head, line
from benchmarks.voices import voices
from bot.domain.outgoing import Layout
from tests.wire import virtual


def virtually(measure: Callable[..., Coroutine[Any, Any, list[Row]]], *args: Any) -> list[Row]:
    """Measured on the clock that jumps."""
    return virtual.run(measure(*args))


def really(measure: Callable[..., Coroutine[Any, Any, list[Row]]]) -> list[Row]:
    """Measured on this machine's clock."""
    return asyncio.run(measure())


#: What is measured, by the name it is asked for.
MEASURES: dict[str, Callable[[], list[Row]]] = {
    "pacing": partial(virtually, pacing, 1000, Layout.REPLIES, 1.02),
    "pacing-100": partial(virtually, pacing, 100, Layout.REPLIES, 1.03),
    "pacing-pages": partial(virtually, pacing, 1000, Layout.CARDS, 1.03),
    "crowd": partial(virtually, crowd),
    "voices": partial(virtually, voices),
    "chaos": partial(virtually, chaos),
    "disturbed": partial(really, disturbed),
    "kills": partial(really, kills),
    "loopback": partial(really, loopback),
    "responsiveness": partial(really, responsiveness),
    "pages": lambda: [pages((24, 100, 1000, 5000))],
}


def rows(names: list[str]) -> Iterator[Row]:
    for name in names:
        begun = time.monotonic()
        yield from MEASURES[name]()
        print(f"{'':6}({name}: {time.monotonic() - begun:.0f} s)", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURES)}; all by default")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(head())
    missed = 0
    for row in rows(given.names or list(MEASURES)):
        print(line(row), flush=True)
        missed += not row.met
    return 1 if missed else 0


sys.exit(main())
