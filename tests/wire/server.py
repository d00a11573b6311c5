"""The door: REST and gateway on one loopback port, through log, faults and limits to the routes."""

import asyncio
import base64
import contextlib
import json
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

from aiohttp import web

from tests.referee import answer_referee, request_referee
from tests.wire.errors import ApiError, ConnectionLost
from tests.wire.faults import Faults
from tests.wire.gateway import Gateway
from tests.wire.interactions import Interactions
from tests.wire.limits import RateLimits, Verdict
from tests.wire.log import Request, RequestLog
from tests.wire.posting import Upload
from tests.wire.routes import ROUTES, Call, Route
from tests.wire.unknowns import Unknowns
from tests.wire.world import Channel, World

_API = "/api/v10"
_FILES = "/attachments"
#: Discord takes up to 25 MiB in one request.
_MAX_REQUEST = 25 * 1024 * 1024
#: Ages, in seconds, at which other limits begin to hold for changing or deleting a message.
_NEW, _HOUR, _FORTNIGHT = 10.0, 3600.0, 14 * 24 * 3600.0


class Server:
    """A Discord on loopback. Use it as ``async with``; ``api_base`` and ``gateway_url`` are then known."""

    def __init__(
        self,
        world: World | None = None,
        *,
        speed: float = 1.0,
        port: int = 0,
        unknowns: Unknowns | None = None,
    ) -> None:
        clock = asyncio.get_running_loop().time
        self.world = world or World(unknowns=unknowns)
        self.token = _token_of(self.world)
        self.log = RequestLog()
        self.faults = Faults()
        self.limits = RateLimits(
            clock=clock, wall=self.world.seconds, speed=speed, unknowns=self.world.unknowns
        )
        self.gateway = Gateway(self.world, token=self.token)
        self.interactions = Interactions(self.world, clock=clock)
        #: Tracebacks of handlers that broke: faults of the wire itself.
        self.broken: list[str] = []
        #: Requests of the bot that Discord's description forbids, and answers of ours that it doesn't know.
        self.violations: list[str] = []
        #: Seconds that something may take that is waited for.
        self.patience = 30.0
        self.api_base = ""
        self._clock = clock
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, once it is open."""
        assert self._runner is not None
        host, port = self._runner.addresses[0][:2]
        return host, port

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_REQUEST)
        app.router.add_get("/gateway/", self._serve_gateway)
        app.router.add_get(_FILES + "/{channel_id}/{file_id}/{filename}", self._serve_file)
        for route in ROUTES:
            app.router.add_route(route.method, _API + route.path, self._door(route))
        app.router.add_route("*", _API + "/{path:.*}", self._refuse_unbuilt)
        # Clients hold their connections open; nobody has to wait for them to go.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        host, port = self.address
        self.api_base = f"http://{host}:{port}{_API}"
        self.gateway.url = f"ws://{host}:{port}/gateway/"
        self.world.files_url = f"http://{host}:{port}{_FILES}"
        return self

    async def __aexit__(self, problem: type[BaseException] | None, *_: object) -> None:
        self.gateway.drop_connections()
        assert self._runner is not None
        await self._runner.cleanup()
        if problem is None:
            # No request may meet a gap of the wire itself, or break Discord's rules.
            found = [*self.broken, *self.log.unbuilt, *self.violations, *self.gateway.violations]
            assert not found, "\n".join(dict.fromkeys(found))

    async def until(
        self, condition: Callable[[], Any], *, seconds: float | None = None, what: str = ""
    ) -> Any:
        """Wait for something to be so. Raises TimeoutError that says what was waited for."""
        seconds = self.patience if seconds is None else seconds
        deadline = self._clock() + seconds
        while not (found := condition()):
            if self._clock() > deadline:
                raise TimeoutError(what or f"not so within {seconds} seconds")
            await asyncio.sleep(0.005)
        return found

    def _door(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            body, uploads = await _read(request)
            record = self._record(route.name, request, body, uploads)
            if request.headers.get("User-Agent", "").startswith("DiscordBot"):
                self.violations += self._judge(request, record)
            number = self.faults.count(route.name)
            await asyncio.sleep(self.faults.latency / 2)
            try:
                verdict = await self._obey(route, self._call(request, body, uploads), request, record, number)
            except ConnectionLost:
                return _cut(request)
            if (referee := answer_referee()) is not None:
                self.violations += referee.judge(record.method, record.path, record.status, record.answer)
            self.limits.count_invalid(record.status, verdict.scope)
            await asyncio.sleep(self.faults.latency / 2)
            response = _response(record.status, record.answer, verdict.headers)
            # Who asked may be gone by now.
            with contextlib.suppress(ConnectionError):
                await response.prepare(request)
                await response.write_eof()
            with contextlib.suppress(ConnectionLost):
                await self.faults.strike("answered", route.name, number)
            return response

        return serve

    async def _obey(
        self, route: Route, call: Call, request: web.Request, record: Request, number: int
    ) -> Verdict:
        """Do what is asked, or refuse it; the record tells which. Raises ConnectionLost."""
        verdict = Verdict({})
        try:
            self._let_in(route, request)
            struck = self.faults.limits(route.name, number)
            verdict = self.limits.refuse_once() if struck else self._limit(route, request)
            if verdict.retry_after is not None:
                record.status, record.answer = 429, verdict.body
                return verdict
            await self.faults.strike("before", route.name, number)
            record.answer = route.handler(call)
            await self.faults.strike("after", route.name, number)
            record.status = 204 if record.answer is None else route.success
        except ConnectionLost:
            raise
        except ApiError as error:
            record.status, record.answer = error.status, error.body
        except Exception:  # noqa: BLE001 - a test must see it, whatever it is
            self.broken.append(traceback.format_exc())
            record.status, record.answer = 501, {"message": "The wire broke.", "code": 0}
        return verdict

    def _record(self, name: str, request: web.Request, body: Any, uploads: list[Upload]) -> Request:
        record = Request(
            route=name,
            method=request.method,
            path=request.path.removeprefix(_API),
            query=dict(request.query),
            body=body,
            files=tuple(upload.filename for upload in uploads),
            at=self._clock(),
        )
        self.log.append(record)
        return record

    def _judge(self, request: web.Request, record: Request) -> list[str]:
        referee = request_referee()
        if referee is None:
            return []
        channel_id = request.match_info.get("channel_id")
        channel = self.world.find_channel(int(channel_id)) if channel_id else None
        return referee.judge(
            record.method,
            record.path,
            query=record.query,
            body=record.body,
            files=len(record.files),
            channel=channel.type if channel else None,
        )

    def _let_in(self, route: Route, request: web.Request) -> None:
        if self.faults.unavailable is not None:
            raise ApiError(self.faults.unavailable, 0, "Service Unavailable")
        if not route.public and request.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(401, 0, "401: Unauthorized")

    def _limit(self, route: Route, request: web.Request) -> Verdict:
        if self.limits.banned:
            # Cloudflare speaks: no Via, so that clients know that it isn't Discord.
            raise ApiError(429, 0, "error code: 1015")
        args = request.match_info
        channel = args.get("channel_id") or args.get("webhook_token") or args.get("token", "")
        found = self.world.find_channel(int(args["channel_id"])) if "channel_id" in args else None
        webhook = self.world.webhooks.get(int(args.get("webhook_id", 0)))
        return self.limits.take(
            self._counted_as(route, found, args),
            channel=channel,
            guild=args.get("guild_id") or str(found.guild_id if found else ""),
            place=str(webhook.channel_id) if webhook else "",
            exempt=route.public,
        )

    def _counted_as(self, route: Route, channel: Channel | None, args: Mapping[str, str]) -> str:
        """The name of a route for the limits, some of which ask for the age of the message."""
        if channel is None or route.name not in {"edit_message", "delete_message"}:
            return route.name
        message = channel.messages.get(int(args["message_id"]))
        age = (self.world.now() - message.created_at).total_seconds() if message else 0.0
        if route.name == "edit_message":
            return "edit_old_message" if age > _HOUR else route.name
        if age > _FORTNIGHT:
            return "delete_old_message"
        return "delete_new_message" if age < _NEW else route.name

    def _call(self, request: web.Request, body: Any, uploads: list[Upload]) -> Call:
        return Call(
            world=self.world,
            gateway=self.gateway,
            interactions=self.interactions,
            args=request.match_info,
            query=request.query,
            body=body,
            uploads=uploads,
        )

    async def _refuse_unbuilt(self, request: web.Request) -> web.StreamResponse:
        record = self._record("", request, None, [])
        record.status, record.answer = 501, {"message": "The wire has no such route.", "code": 0}
        return _response(record.status, record.answer, {})

    async def _serve_gateway(self, request: web.Request) -> web.StreamResponse:
        if self.faults.unavailable is not None:
            return _response(self.faults.unavailable, {"message": "Service Unavailable", "code": 0}, {})
        return await self.gateway.serve(request)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        self._record("download_file", request, None, []).status = 200
        file = self.world.files.get(int(request.match_info["file_id"]))
        return web.Response(body=file.data) if file else web.Response(status=404)


def _token_of(world: World) -> str:
    """In the form of a real one: the application's id in base64, a time stamp, a hash."""
    application = base64.urlsafe_b64encode(str(world.application_id).encode()).decode().rstrip("=")
    return f"{application}.Wire01.only-good-for-the-wire-of-these-tests"


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body and the files, whether they came as one or in parts."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), []
    body: Any = {}
    files: list[tuple[str, bytes]] = []
    async for part in await request.multipart():
        data = bytes(await part.read())  # type: ignore[union-attr]  # Discord never nests parts
        if part.name == "payload_json":  # type: ignore[union-attr]
            body = json.loads(data)
        else:
            files.append((part.filename or "", data))  # type: ignore[union-attr]
    described = _attachments_of(body)
    return body, [Upload(name, data, described.get(i)) for i, (name, data) in enumerate(files)]


def _attachments_of(body: dict[str, Any]) -> dict[int, str | None]:
    """Descriptions of new files by their index; they stand one level down in callbacks and forum posts."""
    holder = body if "attachments" in body else body.get("data") or body.get("message") or {}
    return {int(given["id"]): given.get("description") for given in holder.get("attachments") or ()}


def _response(status: int, answer: Any, headers: dict[str, str]) -> web.Response:
    """An answer as Discord gives it: the content type is exactly this, without a charset."""
    if answer is None:
        return web.Response(status=status, headers=headers)
    body = json.dumps(answer).encode()
    return web.Response(status=status, body=body, headers=headers | {"Content-Type": "application/json"})


def _cut(request: web.Request) -> web.Response:
    """Break the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
