"""The register as a process: bytes on standard input or in a file, discussions on standard output.

The only argument is the memory that the process may use, in bytes, 0 for no limit. The first line of the input is a
`Request` as JSON: an address can hold secrets, and arguments are for everybody on the machine to see. Where it names no
file, the bytes follow. The output is lines:

* of ``pack``, for each discussion that is wanted, or ``summary`` with a `Summary` as JSON;
* ``passed`` for each that is not wanted, so that silence always means that something is being read;
* ``refused`` with the sentence of UnreadableError as JSON, and then status 3. Status 4: the memory did not suffice.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile

from bot.domain.discussion import Model
from bot.errors import UnreadableError
from bot.sources.content import OnDisk
from bot.sources.material import Material
from bot.sources.packing import pack
from bot.sources.register import has_no_limit, stream, too_large
from bot.sources.summaries import summary_of

UNREADABLE = 3
OUT_OF_MEMORY = 4
#: Bytes of standard input that are held; what is more waits in a file without a name.
_HELD = 8 * 1024 * 1024


class Request(Model):
    """What is to be read, and what of it is wanted."""

    location: str
    charset: str | None = None
    #: The file to read; without it the bytes follow the request.
    file: Path | None = None
    #: The largest file in bytes, where it is not one that is read in pieces.
    most: int
    #: Summaries, and no discussions.
    only_summaries: bool = False
    #: The places of the discussions that are wanted; None for all.
    only: frozenset[int] | None = None


def main() -> int:
    """Read, write, and say by the status what was written."""
    _limit_memory(int(sys.argv[1]))
    try:
        request = Request.model_validate_json(sys.stdin.buffer.readline())
        with _opened(request) as material:
            for line in _answer(request, material):
                _write(line)
    except UnreadableError as problem:
        _write(b"refused " + json.dumps([problem.message, problem.next_step]).encode())
        return UNREADABLE
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _answer(request: Request, material: Material) -> Iterator[bytes]:
    if len(material.content) > request.most and not has_no_limit(material):
        raise too_large(len(material.content), request.most)
    last = max(request.only, default=-1) if request.only is not None else None
    for place, discussion in enumerate(stream(material)):
        if last is not None and place > last:
            return
        if request.only is not None and place not in request.only:
            yield b"passed"
        elif request.only_summaries:
            yield b"summary " + summary_of(place, discussion).model_dump_json().encode()
        else:
            yield from pack(discussion)


def _write(line: bytes) -> None:
    """At once: whoever waits for it takes silence for a file that takes too long."""
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def _opened(request: Request) -> Iterator[Material]:
    if request.file is None:
        with SpooledTemporaryFile(max_size=_HELD) as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.seek(0)
            yield Material(OnDisk(kept), request.location, request.charset)
        return
    try:
        file = request.file.open("rb")
    except OSError as problem:
        raise UnreadableError(
            f"The file {request.file.name} can't be read: {problem.strerror}.",
            next_step="Hand it over once more.",
        ) from problem
    with file:
        yield Material(OnDisk(file), request.location, request.charset)


def _limit_memory(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - it exists on POSIX only
    except ImportError:
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    sys.exit(main())
