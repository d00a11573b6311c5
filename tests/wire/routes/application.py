"""Who the bot is, where its gateway is, and its commands."""

from tests.wire.errors import invalid
from tests.wire.payloads import application_payload, own_user_payload
from tests.wire.routes.table import Call, route
from tests.wire.world import Json, World

_COMMAND_DEFAULTS: Json = {
    "type": 1,
    "description": "",
    "options": [],
    "name_localizations": None,
    "description_localizations": None,
    "default_member_permissions": None,
    "dm_permission": True,
    "contexts": None,
    "integration_types": [0],
    "nsfw": False,
}


@route("GET", "/gateway", public=True)
def get_gateway(call: Call) -> Json:
    return {"url": call.gateway.url}


@route("GET", "/gateway/bot")
def get_bot_gateway(call: Call) -> Json:
    started = len(call.gateway.handshakes)
    limit = {"total": 1000, "remaining": 1000 - started, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": call.gateway.url, "shards": call.gateway.shards, "session_start_limit": limit}


@route("GET", "/users/@me")
def get_own_user(call: Call) -> Json:
    return own_user_payload(call.world)


@route("GET", "/applications/@me")
def get_own_application(call: Call) -> Json:
    return application_payload(call.world)


@route("GET", "/oauth2/applications/@me")
def get_oauth_application(call: Call) -> Json:
    return application_payload(call.world)


@route("GET", "/applications/{application_id}/commands")
def list_commands(call: Call) -> list[Json]:
    return list(call.world.commands.values())


@route("PUT", "/applications/{application_id}/commands")
def replace_commands(call: Call) -> list[Json]:
    known = {(command["type"], command["name"]): command for command in call.world.commands.values()}
    call.world.commands.clear()
    return [_add(call.world, command, known) for command in call.body]


@route("POST", "/applications/{application_id}/commands")
def upsert_command(call: Call) -> Json:
    known = {(command["type"], command["name"]): command for command in call.world.commands.values()}
    return _add(call.world, call.json, known)


def _add(world: World, given: Json, known: dict[tuple[int, str], Json]) -> Json:
    """A command of the same type and name keeps its id."""
    if not 1 <= len(given["name"]) <= 32:
        raise invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.")
    before = known.get((given.get("type", 1), given["name"]))
    command = _COMMAND_DEFAULTS | {name: value for name, value in given.items() if value is not None}
    if (needed := command["default_member_permissions"]) is not None:
        command["default_member_permissions"] = str(needed)
    command |= {
        "id": before["id"] if before else str(world.new_id()),
        "application_id": str(world.application_id),
        "version": str(world.new_id()),
    }
    world.commands[int(command["id"])] = command
    return command
