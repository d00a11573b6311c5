"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats, and events to every session that may see them."""

import asyncio
import contextlib
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.referee import event_referee
from tests.wire.payloads import guild_create_payload, own_user_payload
from tests.wire.world import Event, Json, World

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_WEBHOOKS = 1 << 5
GUILD_MESSAGES = 1 << 9
GUILD_MESSAGE_REACTIONS = 1 << 10
MESSAGE_CONTENT = 1 << 15
#: Which intent an event needs; those not named need none.
_NEEDS = {
    "GUILD_CREATE": GUILDS,
    "CHANNEL_CREATE": GUILDS,
    "CHANNEL_UPDATE": GUILDS,
    "CHANNEL_DELETE": GUILDS,
    "THREAD_CREATE": GUILDS,
    "THREAD_UPDATE": GUILDS,
    "THREAD_DELETE": GUILDS,
    "MESSAGE_CREATE": GUILD_MESSAGES,
    "MESSAGE_UPDATE": GUILD_MESSAGES,
    "MESSAGE_DELETE": GUILD_MESSAGES,
    "MESSAGE_DELETE_BULK": GUILD_MESSAGES,
    "MESSAGE_REACTION_ADD": GUILD_MESSAGE_REACTIONS,
    "MESSAGE_REACTION_REMOVE": GUILD_MESSAGE_REACTIONS,
    "WEBHOOKS_UPDATE": GUILD_WEBHOOKS,
}
_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID_SESSION, _HELLO, _ACK = (
    0,
    1,
    2,
    6,
    7,
    9,
    10,
    11,
)
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014


@dataclass
class Session:
    """What a client identified as; it outlives its connections, so that it can be resumed."""

    id: str
    intents: int
    shard: tuple[int, int]
    #: Everything dispatched so far; the sequence number of one is its place, counted from 1.
    sent: list[Json] = field(default_factory=list)
    connection: "Connection | None" = None


class Connection:
    """One WebSocket. Frames leave it in order, by a task of its own."""

    def __init__(
        self,
        request: web.Request,
        socket: web.WebSocketResponse,
        *,
        compressed: bool,
        delay: Callable[[], float],
    ) -> None:
        self._request = request
        self._socket = socket
        self._deflate = zlib.compressobj() if compressed else None
        self._delay = delay
        self._clock = asyncio.get_running_loop().time
        #: Each with the instant at which it has come through.
        self._frames: asyncio.Queue[tuple[float, Json]] = asyncio.Queue()

    @property
    def compressed(self) -> bool:
        """Whether frames leave as one zlib stream."""
        return self._deflate is not None

    def send(self, frame: Json) -> None:
        self._frames.put_nowait((self._clock() + self._delay(), frame))

    async def write(self) -> None:
        """Send what is queued until cancelled or cut."""
        with contextlib.suppress(ConnectionError):
            while True:
                due, frame = await self._frames.get()
                if due > self._clock():
                    await asyncio.sleep(due - self._clock())
                text = json.dumps(frame)
                if self._deflate is None:
                    await self._socket.send_str(text)
                else:
                    packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)

    def cut(self) -> None:
        """Break the connection without a word, as a network does."""
        if self._request.transport is not None:
            self._request.transport.abort()


class Gateway:
    """Every session, and who is connected now."""

    def __init__(self, world: World, *, token: str) -> None:
        self._world = world
        self._token = token
        self.url = ""
        self.heartbeat_seconds = 41.25
        self.shards = 1
        #: Seconds that an event is on its way.
        self.delay = 0.0
        #: Send real zlib where a client asks for it; plain text frames are as good otherwise.
        self.compress = False
        self.sessions: dict[str, Session] = {}
        #: What clients asked for, in order: "identify" or "resume".
        self.handshakes: list[str] = []
        self.heartbeats = 0
        #: Events that are not as Discord's types have them.
        self.violations: list[str] = []
        world.listeners.append(self._dispatch)

    @property
    def connected(self) -> list[Session]:
        """Sessions with a live connection."""
        return [session for session in self.sessions.values() if session.connection is not None]

    def drop_connections(self) -> None:
        """Cut every connection; sessions stay and can be resumed."""
        for session in self.connected:
            assert session.connection is not None
            session.connection.cut()

    def forget_sessions(self) -> None:
        """Cut every connection and know nobody any more: a RESUME is answered with op 9."""
        self.drop_connections()
        self.sessions.clear()

    def ask_to_reconnect(self) -> None:
        """Op 7 to everybody."""
        self._tell_all({"op": _RECONNECT, "d": None, "s": None, "t": None})

    def invalidate_sessions(self, *, resumable: bool) -> None:
        """Op 9 to everybody: try to resume, or begin anew; then what was told meanwhile is lost."""
        self._tell_all({"op": _INVALID_SESSION, "d": resumable, "s": None, "t": None})
        if not resumable:
            self.sessions.clear()

    def _tell_all(self, frame: Json) -> None:
        for session in self.connected:
            assert session.connection is not None
            session.connection.send(frame)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO until it is closed."""
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        wants_zlib = request.query.get("compress") == "zlib-stream"
        connection = Connection(
            request, socket, compressed=self.compress and wants_zlib, delay=lambda: self.delay
        )
        connection.send({"op": _HELLO, "d": {"heartbeat_interval": int(self.heartbeat_seconds * 1000)}})
        writer = asyncio.create_task(connection.write())
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    break
                frame = message.json()
                if frame["op"] == _HEARTBEAT:
                    self.heartbeats += 1
                    connection.send({"op": _ACK, "d": None})
                elif frame["op"] == _IDENTIFY:
                    session = await self._identify(frame["d"], connection, socket)
                elif frame["op"] == _RESUME:
                    session = self._resume(frame["d"], connection)
        finally:
            writer.cancel()
            if session is not None and session.connection is connection:
                session.connection = None
        return socket

    async def _identify(
        self, asked: Json, connection: Connection, socket: web.WebSocketResponse
    ) -> Session | None:
        self.handshakes.append("identify")
        if asked["token"] != self._token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return None
        if asked["intents"] & MESSAGE_CONTENT and not self._world.message_content_granted:
            await socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return None
        shard, of = asked.get("shard") or (0, 1)
        session = Session(secrets.token_hex(16), asked["intents"], (shard, of), connection=connection)
        self.sessions[session.id] = session
        self._greet(session)
        return session

    def _greet(self, session: Session) -> None:
        guilds = [guild for guild in self._world.guilds.values() if _is_on_shard(guild.id, session)]
        self._send(session, "READY", {
            "v": 10,
            "user": own_user_payload(self._world),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {
                "id": str(self._world.application_id),
                "flags": 1 << 19 if self._world.message_content_granted else 0,
                "flags_new": str(1 << 19 if self._world.message_content_granted else 0),
            },
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "_trace": [],
        })  # fmt: skip
        for guild in guilds:
            payload = guild_create_payload(
                guild, bot_id=self._world.bot.id, all_members=bool(session.intents & GUILD_MEMBERS)
            )
            self._send(session, "GUILD_CREATE", payload)

    def _resume(self, asked: Json, connection: Connection) -> Session | None:
        self.handshakes.append("resume")
        session = self.sessions.get(asked["session_id"])
        if session is None or asked["token"] != self._token or asked["seq"] > len(session.sent):
            connection.send({"op": _INVALID_SESSION, "d": False, "s": None, "t": None})
            return None
        session.connection = connection
        for frame in session.sent[asked["seq"] :]:
            connection.send(frame)
        self._send(session, "RESUMED", {"_trace": []})
        return session

    def _dispatch(self, event: Event) -> None:
        needed = _NEEDS.get(event.name, 0)
        for session in self.sessions.values():
            if session.intents & needed == needed and _is_on_shard(event.guild_id, session):
                self._send(session, event.name, self._visible(event, session))

    def _visible(self, event: Event, session: Session) -> Json:
        if event.name not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"} or session.intents & MESSAGE_CONTENT:
            return event.data
        return without_content(event.data, bot_id=self._world.bot.id)

    def _send(self, session: Session, name: str, data: Json) -> None:
        frame = {"op": _DISPATCH, "t": name, "s": len(session.sent) + 1, "d": data}
        session.sent.append(frame)
        if (referee := event_referee()) is not None:
            self.violations += referee.judge(name, data)
        if session.connection is not None:
            session.connection.send(frame)


def without_content(message: Json, *, bot_id: int) -> Json:
    """A message as a bot sees it that lacks the message-content intent.

    Exempt are its own messages, those that name it, and replies with ping to a plain message of it: not to
    webhook messages, not to answers to interactions.
    """
    visible = dict(message)
    referenced = message.get("referenced_message")
    if referenced:
        visible["referenced_message"] = without_content(referenced, bot_id=bot_id)
    if message["author"]["id"] == str(bot_id):
        return visible
    if any(user["id"] == str(bot_id) for user in message["mentions"]) and (
        f"<@{bot_id}>" in message["content"]
        or not (referenced and {"webhook_id", "interaction_metadata"} & referenced.keys())
    ):
        return visible
    return visible | {"content": "", "embeds": [], "attachments": [], "components": []}


def _is_on_shard(guild_id: int, session: Session) -> bool:
    shard, of = session.shard
    return (guild_id >> 22) % of == shard
