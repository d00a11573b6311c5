"""``python -m tests.wire``: the reading room on a port, to point a bot at by hand."""

import argparse
import asyncio

from tests.wire.people import Wire
from tests.wire.room import reading_room


async def serve(port: int, speed: float) -> None:
    async with Wire(speed=speed, port=port) as wire:
        room = reading_room(wire.world)
        print(f"[discord]\ntoken = {wire.token!r}")  # noqa: T201 - this is what it is for
        print(f"api_base = {wire.api_base!r}\ngateway_url = {wire.gateway_url!r}")  # noqa: T201 - as above
        print(f"# forum {room.articles.id}, text channel {room.lounge.id}; end with Ctrl-C")  # noqa: T201 - as above
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.wire", description=__doc__)
    parser.add_argument("--port", type=int, default=8130)
    parser.add_argument("--speed", type=float, default=1.0, help="divides every rate-limit window")
    given = parser.parse_args()
    try:
        asyncio.run(serve(given.port, given.speed))
    except KeyboardInterrupt:
        return


main()
