"""Answers to interactions: the callback, the first message, followups."""

from tests.wire.errors import ApiError, invalid
from tests.wire.interactions import Callback, Interaction, Kind
from tests.wire.payloads import message_payload
from tests.wire.posting import Draft, compose, delete, edit, rewrite, store
from tests.wire.routes.table import Call, route
from tests.wire.world import Json, Message, MessageFlag, MessageType

MAX_CHOICES = 25
#: Longer than that of a webhook, by which the two are told apart.
_BY_TOKEN = r"/webhooks/{application_id:\d+}/{token:[\w-]{100,}}"


@route("POST", "/interactions/{interaction_id}/{token}/callback", public=True)
def answer_interaction(call: Call) -> Json | None:
    interaction = call.interactions.to_answer(call.number("interaction_id"), call.args["token"])
    callback, data = Callback(call.json["type"]), call.json.get("data") or {}
    if callback in {Callback.UPDATE, Callback.DEFERRED_UPDATE} and interaction.source is None:
        raise invalid("type", "BASE_TYPE_CHOICES", "There is no message to update.")
    if callback is Callback.MODAL and interaction.kind is Kind.MODAL_SUBMIT:
        raise invalid("type", "BASE_TYPE_CHOICES", "A form can't answer a form.")
    _take(call, interaction, callback, data)
    interaction.callback = callback
    call.interactions.note_answer(interaction)
    if callback not in {Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}:
        interaction.shown = True
    return _callback_payload(call, interaction) if call.query.get("with_response") in {"true", "1"} else None


@route("POST", _BY_TOKEN, public=True)
def send_followup(call: Call) -> Json:
    """A followup. The first one after a deferred answer takes that answer's place."""
    interaction = _of(call)
    original = interaction.message
    if original is not None and original.flags & MessageFlag.LOADING:
        return _rewrite(call, interaction, original)
    message = _write(call, interaction, call.draft)
    interaction.followups.append(message)
    interaction.shown = True
    return message_payload(call.world, message)


@route("GET", _BY_TOKEN + "/messages/{message_id}", public=True)
def get_answer(call: Call) -> Json:
    return message_payload(call.world, _answer(call, _of(call)))


@route("PATCH", _BY_TOKEN + "/messages/{message_id}", public=True)
def edit_answer(call: Call) -> Json:
    interaction = _of(call)
    return _rewrite(call, interaction, _answer(call, interaction))


@route("DELETE", _BY_TOKEN + "/messages/{message_id}", public=True)
def delete_answer(call: Call) -> None:
    interaction = _of(call)
    message = _answer(call, interaction)
    if not message.ephemeral:
        delete(call.world, interaction.channel, [message])
    if message is interaction.message:
        interaction.message = None
    else:
        interaction.followups.remove(message)
    interaction.shown = True


def _of(call: Call) -> Interaction:
    return call.interactions.by_token(call.number("application_id"), call.args["token"])


def _answer(call: Call, interaction: Interaction) -> Message:
    wanted = call.args["message_id"]
    known = [*([interaction.message] if interaction.message else []), *interaction.followups]
    for message in known:
        if wanted in {"@original", str(message.id)}:
            return message
    raise ApiError(404, 10008, "Unknown Message")


def _take(call: Call, interaction: Interaction, callback: Callback, data: Json) -> None:
    draft = Draft(data, call.uploads)
    if callback is Callback.MESSAGE:
        interaction.message = _write(call, interaction, draft)
    elif callback is Callback.DEFERRED_MESSAGE:
        interaction.message = _thinking(call, interaction, int(data.get("flags") or 0))
    elif callback in {Callback.UPDATE, Callback.DEFERRED_UPDATE}:
        interaction.message = interaction.source
        if callback is Callback.UPDATE:
            assert interaction.source is not None
            _change(call, interaction, interaction.source, draft)
    elif callback is Callback.MODAL:
        interaction.modal = data
    elif len(data["choices"]) > MAX_CHOICES:
        raise invalid("data.choices", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_CHOICES} or fewer in length.")
    else:
        interaction.choices = data["choices"]


def _write(call: Call, interaction: Interaction, draft: Draft) -> Message:
    """A message in answer: seen by all, or by the person alone and then kept out of the channel."""
    message = compose(call.world, interaction.channel, call.world.bot, draft)
    return _stamp(call, interaction, message)


def _thinking(call: Call, interaction: Interaction, flags: int) -> Message:
    world = call.world
    message = Message(world.new_id(), interaction.channel.id, world.bot, world.now())
    message.flags = flags & MessageFlag.EPHEMERAL | MessageFlag.LOADING
    return _stamp(call, interaction, message)


def _stamp(call: Call, interaction: Interaction, message: Message) -> Message:
    message.interaction = interaction.metadata
    message.webhook_id = call.world.application_id
    if interaction.kind is Kind.COMMAND:
        message.type = MessageType.CHAT_INPUT_COMMAND
    if not message.ephemeral:
        store(call.world, interaction.channel, message)
    return message


def _rewrite(call: Call, interaction: Interaction, message: Message) -> Json:
    _change(call, interaction, message, call.draft)
    interaction.shown = True
    return message_payload(call.world, message)


def _change(call: Call, interaction: Interaction, message: Message, draft: Draft) -> None:
    message.flags &= ~MessageFlag.LOADING
    if message.ephemeral:
        rewrite(call.world, interaction.channel, message, draft)
    else:
        edit(call.world, interaction.channel, message, draft)


def _callback_payload(call: Call, interaction: Interaction) -> Json:
    message = interaction.message
    payload: Json = {
        "interaction": {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "activity_instance_id": None,
        }
    }
    if message is not None:
        payload["interaction"] |= {
            "response_message_id": str(message.id),
            "response_message_loading": bool(message.flags & MessageFlag.LOADING),
            "response_message_ephemeral": message.ephemeral,
        }
    if message is not None and interaction.callback in {Callback.MESSAGE, Callback.UPDATE}:
        resource = {"type": int(interaction.callback), "message": message_payload(call.world, message)}
        payload["resource"] = resource
    return payload
