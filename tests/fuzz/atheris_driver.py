# ruff: noqa: T201 - a script that prints what it found
"""Fuzzing guided by coverage: python -m tests.fuzz.atheris_driver TARGET -runs=N -max_total_time=SECONDS

The options are libFuzzer's. The corpus is made of our fixtures in a temporary folder; an input that breaks a target
is kept in the folder for temporary files, under the name that is printed.
"""

import importlib.util
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

#: With inputs larger than 20,000 bytes libFuzzer mutates slowly and finds nothing more. An input that takes 20
#: seconds counts as one that hangs.
_DEFAULTS = ("-max_len=20000", "-timeout=20", f"-artifact_prefix={tempfile.gettempdir()}/rejoinder-fuzz-")


def main(arguments: Sequence[str]) -> int:
    """Fuzz one target; libFuzzer ends the process itself, with a status that is not 0 where it found a defect."""
    if importlib.util.find_spec("atheris") is None:
        print(
            "atheris is not installed (it has no wheel for this Python, or make fuzz has not run); nothing was tried."
        )
        return 0
    import atheris  # noqa: PLC0415 - not everybody has it

    with atheris.instrument_imports(include=["bot.sources"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - imported under instrumentation
    from tests.fuzz.corpus import seeds  # noqa: PLC0415 - its imports are not to be instrumented

    if len(arguments) < 2 or arguments[1] not in TARGETS:
        print(f"Name a target: {', '.join(TARGETS)}.")
        return 2
    name = arguments[1]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / str(number)).write_bytes(seed)
        # libFuzzer ends its process without a word to Python, which would leave the folder behind.
        if child := os.fork():
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        atheris.Setup([arguments[0], *_DEFAULTS, *arguments[2:], folder], TARGETS[name])
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
