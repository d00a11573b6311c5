"""No call that makes a thread is repeated behind our back."""

from types import SimpleNamespace

import aiohttp

#: Server errors after which discord.py repeats a call by itself (its `HTTPClient.request`).
_REPEATED = frozenset({500, 502, 504, 524})


def no_blind_repeats() -> aiohttp.TraceConfig:
    """Ends a failed thread creation at once: it carries no nonce, so a repetition may make a second thread.

    Our publisher looks whether the thread is there before it asks again (law 5). Everything else that discord.py
    repeats carries a nonce or may be done twice.
    """
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(_refuse_repeat)
    return trace


async def _refuse_repeat(
    _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
) -> None:
    makes_thread = ended.method == "POST" and ended.url.path.endswith("/threads")
    if makes_thread and ended.response.status in _REPEATED:
        raise aiohttp.ClientError(f"Discord answered {ended.response.status}")
