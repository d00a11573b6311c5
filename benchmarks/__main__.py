"""``python -m benchmarks``: the table of goals. Ends with status 1 when one is missed."""

import logging
import sys

import structlog

from benchmarks.pacing import pacing
from benchmarks.table import Row, show
from tests.wire import virtual


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    rows: list[Row] = []
    rows += virtual.run(pacing(1000, 1.02))
    rows += virtual.run(pacing(100, 1.03))
    show(rows)
    return 0 if all(row.met for row in rows) else 1


sys.exit(main())
