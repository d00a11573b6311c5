"""Starting work that outlives the call that asked for it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol


class Spawn(Protocol):
    """Starts a coroutine as a task. The composition root decides where it belongs."""

    def __call__(self, work: Coroutine[Any, Any, None], /, *, name: str) -> "asyncio.Task[None]":
        """The started task; the caller keeps it."""
        ...


def spawn(work: Coroutine[Any, Any, None], /, *, name: str) -> "asyncio.Task[None]":
    """Start on the running loop, in the caller's context."""
    return asyncio.get_running_loop().create_task(work, name=name)
