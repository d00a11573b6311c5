"""The bytes of a source, wherever they are kept."""

import os
from typing import IO, Protocol


class Content(Protocol):
    """What readers need of bytes: how many there are, and any part of them. ``bytes`` are content, too."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


class OnDisk:
    """An open file from its present place on, read where somebody looks at it: it may be a hundred megabytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start = file.tell()
        self._length = file.seek(0, os.SEEK_END) - self._start

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, step = part.indices(self._length)
        self._file.seek(self._start + start)
        return self._file.read(max(0, stop - start))[::step]
