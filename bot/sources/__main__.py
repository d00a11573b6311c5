"""The register as a process: bytes on standard input, discussions on standard output.

The only argument is the memory that the process may use, in bytes, 0 for no limit. The first line of the input is JSON,
``[location, charset]``: an address can hold secrets, and arguments are for everybody on the machine to see. Status 0 with what ``pack``
writes, 3 with the sentence of UnreadableError as JSON, 4 where the memory did not suffice.
"""

import json
import sys

from bot.errors import UnreadableError
from bot.sources.packing import pack
from bot.sources.register import read

UNREADABLE = 3
OUT_OF_MEMORY = 4


def main() -> int:
    """Read, write, and say by the status what was written."""
    _limit_memory(int(sys.argv[1]))
    try:
        location, charset = json.loads(sys.stdin.buffer.readline())
        for line in pack(read(sys.stdin.buffer.read(), location=location, charset=charset)):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except UnreadableError as problem:
        sys.stdout.write(json.dumps([problem.message, problem.next_step]))
        return UNREADABLE
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limit_memory(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - it exists on POSIX only
    except ImportError:
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    sys.exit(main())
