# ruff: noqa: T201 - a script that prints what it found
"""Fuzzing with hypothesis: fixtures, mutated, into every target; python -m tests.fuzz --help says how.

The same seed and number of examples try the same bytes on every machine. With --seconds, further seeds follow
until the time is over.
"""

import argparse
import faulthandler
import sys
import time
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.corpus import seeds
from tests.fuzz.mutations import MUTATIONS, Mutation, mutated
from tests.fuzz.targets import TARGETS

#: Seconds after which an input counts as one that hangs; the busiest machine needs a tenth of it.
_HANGS = 60

_NUMBER = st.integers(0, 0xFFFF)
_STEP = st.tuples(st.sampled_from(MUTATIONS), _NUMBER, _NUMBER, _NUMBER, _NUMBER)
_Step = tuple[Mutation, int, int, int, int]


def main(arguments: Sequence[str]) -> int:
    """Try every target that was named, or all; status 1 where one has a defect."""
    options = _options(arguments)
    ends = time.monotonic() + options.seconds
    broken: set[str] = set()
    round_ = options.seed
    while round_ == options.seed or time.monotonic() < ends:
        for name in options.targets or TARGETS:
            if name not in broken and not _try(name, round_, options.examples):
                broken.add(name)
        round_ += 1
    print(
        f"{round_ - options.seed} rounds of {options.examples} examples a target, from seed {options.seed}."
    )
    return 1 if broken else 0


def _try(name: str, round_: int, examples: int) -> bool:
    target, files = TARGETS[name], seeds(name)

    @seed(round_)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, len(files) - 1), st.lists(_STEP, min_size=1, max_size=4))
    def run(chosen: int, steps: list[_Step]) -> None:
        data = files[chosen]
        for mutation, other, *numbers in steps:
            data = mutated(data, mutation, files[other % len(files)], (numbers[0], numbers[1], numbers[2]))
        faulthandler.dump_traceback_later(_HANGS, exit=True)
        try:
            target(data)
        finally:
            faulthandler.cancel_dump_traceback_later()

    started = time.process_time()
    try:
        run()
    except Exception:  # noqa: BLE001 - whatever a reader raises is what we are after
        print(f"{name}: a defect with seed {round_}")
        sys.excepthook(*sys.exc_info())
        return False
    print(f"{name}: {examples} examples, {time.process_time() - started:.1f} s", flush=True)
    return True


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Feeds mutated fixtures to every reader."
    )
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all by default"
    )
    parser.add_argument("--examples", type=int, default=100, help="mutated files a target and round (100)")
    parser.add_argument("--seed", type=int, default=1, help="the first round's seed (1)")
    parser.add_argument("--seconds", type=float, default=0, help="rounds with further seeds until then (0)")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
