"""The wire with people on it: they write, use commands, press buttons, and read what comes back."""

from collections.abc import Mapping
from typing import Any

from tests.wire.content import walk_components
from tests.wire.interactions import Callback, Interaction, Kind
from tests.wire.payloads import (
    attachment_payload,
    member_payload,
    message_payload,
    partial_channel_payload,
    user_payload,
)
from tests.wire.posting import Draft, Upload, delete, edit, post
from tests.wire.reactions import react, unreact
from tests.wire.server import Server
from tests.wire.world import Channel, Json, Member, Message

#: A file in a person's hand: name and bytes.
File = tuple[str, bytes]
_BUTTON, _STRING_SELECT, _TEXT_INPUT, _FILE_UPLOAD = 2, 3, 4, 19
_SELECTS = {3, 5, 6, 7, 8}
_ATTACHMENT_OPTION, _CHANNEL_OPTION, _USER_OPTION = 11, 7, 6


class Wire(Server):
    """The server, and everything that a person can do to it."""

    async def say(
        self,
        member: Member,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: tuple[File, ...] = (),
    ) -> Message:
        """A member writes. Raises ApiError where Discord doesn't let them."""
        body: Json = {"content": text, "allowed_mentions": {"parse": ["users"], "replied_user": ping}}
        if reply_to is not None:
            body["message_reference"] = {"message_id": str(reply_to.id)}
        uploads = [Upload(name, data) for name, data in files]
        return post(self.world, channel, member.user, Draft(body, uploads))

    async def edit(self, message: Message, text: str) -> None:
        """The author changes a message."""
        edit(self.world, self.world.get_channel(message.channel_id), message, Draft({"content": text}))

    async def delete(self, *messages: Message) -> None:
        """Messages of one channel go; several at once as a bulk."""
        delete(self.world, self.world.get_channel(messages[0].channel_id), list(messages))

    async def react(self, member: Member, message: Message, emoji: str) -> None:
        """A member puts a reaction. Raises ApiError where Discord doesn't let them."""
        react(self.world, self._where(message), message, member.user, emoji)

    async def unreact(self, member: Member, message: Message, emoji: str) -> None:
        """A member takes a reaction back."""
        unreact(self.world, self._where(message), message, member.user, emoji)

    async def slash(
        self,
        member: Member,
        channel: Channel,
        command: str,
        options: Mapping[str, Any] | None = None,
        attachments: Mapping[str, File] | None = None,
    ) -> Interaction:
        """Use a command such as "import article", and wait until the bot shows something."""
        root, path = self._find_command(command)
        resolved: Json = {}
        given = [self._option(name, value, resolved) for name, value in (options or {}).items()]
        given += [self._attach(channel, name, file, resolved) for name, file in (attachments or {}).items()]
        for name, kind in reversed(path):
            given = [{"name": name, "type": kind, "options": given}]
        data = {"id": root["id"], "name": root["name"], "type": 1, "options": given, "resolved": resolved}
        return await self._act(Kind.COMMAND, member, channel, data)

    async def use_on(self, member: Member, message: Message, command: str) -> Interaction:
        """Use a command out of a message's menu."""
        root = next(c for c in self.world.commands.values() if c["name"] == command and c["type"] == 3)
        channel = self.world.get_channel(message.channel_id)
        data = {
            "id": root["id"],
            "name": root["name"],
            "type": 3,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): message_payload(self.world, message)}},
        }
        return await self._act(Kind.COMMAND, member, channel, data)

    async def press(self, member: Member, message: Message, button: str) -> Interaction:
        """Press a button, named by its custom id or by how its label begins."""
        found = find_component(message, button, {_BUTTON})
        data = {"component_type": _BUTTON, "custom_id": found["custom_id"], "id": found["id"]}
        return await self._act(Kind.COMPONENT, member, self._where(message), data, source=message)

    async def choose(self, member: Member, message: Message, select: str, *values: str) -> Interaction:
        """Choose in a select, named by custom id or placeholder; values by value or by how labels begin."""
        found = find_component(message, select, _SELECTS)
        chosen = [_option_value(found, value) for value in values]
        data = {
            "component_type": found["type"],
            "custom_id": found["custom_id"],
            "id": found["id"],
            "values": chosen,
        }
        if found["type"] != _STRING_SELECT:
            data["resolved"] = self._resolve(chosen)
        return await self._act(Kind.COMPONENT, member, self._where(message), data, source=message)

    async def submit(self, form: Interaction, values: Mapping[str, str | list[str] | File]) -> Interaction:
        """Fill in the form that an interaction opened: values by custom id or label."""
        assert form.modal is not None, "no form is open"
        resolved: Json = {}
        rows = [self._fill(row, values, form.channel, resolved) for row in form.modal["components"]]
        data = {"custom_id": form.modal["custom_id"], "components": rows, "resolved": resolved}
        return await self._act(
            Kind.MODAL_SUBMIT, form.member, form.channel, data, source=form.source, form=form
        )

    async def _act(
        self,
        kind: Kind,
        member: Member,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        form: Interaction | None = None,
    ) -> Interaction:
        interaction = self.interactions.begin(kind, member, channel, data, source=source, form=form)
        await self.until(
            lambda: interaction.callback is not None,
            seconds=self.interactions.first_answer_seconds,
            what=f"the bot did not answer {data} in time",
        )
        if interaction.callback is not Callback.DEFERRED_UPDATE:
            await self.until(lambda: interaction.shown, what=f"nothing came after {data}")
        return interaction

    def _where(self, message: Message) -> Channel:
        return self.world.get_channel(message.channel_id)

    def _find_command(self, words: str) -> tuple[Json, list[tuple[str, int]]]:
        """The command as the bot registered it, and the names and types of the steps below it."""
        first, *rest = words.split()
        root = next((c for c in self.world.commands.values() if c["name"] == first and c["type"] == 1), None)
        if root is None:
            raise LookupError(f"the bot has registered no /{first}")
        path, level = [], root
        for name in rest:
            level = next(option for option in level["options"] if option["name"] == name)
            path.append((name, level["type"]))
        return root, path

    def _option(self, name: str, value: Any, resolved: Json) -> Json:
        if isinstance(value, Channel):
            resolved |= self._resolve([str(value.id)])
            return {"name": name, "type": _CHANNEL_OPTION, "value": str(value.id)}
        if isinstance(value, Member):
            resolved |= self._resolve([str(value.id)])
            return {"name": name, "type": _USER_OPTION, "value": str(value.id)}
        kind = {str: 3, bool: 5, int: 4, float: 10}[type(value)]
        return {"name": name, "type": kind, "value": value}

    def _attach(self, channel: Channel, name: str, file: File, resolved: Json) -> Json:
        stored = self.world.add_file(channel.id, *file)
        payload = attachment_payload(self.world, stored, ephemeral=True)
        resolved.setdefault("attachments", {})[str(stored.id)] = payload
        return {"name": name, "type": _ATTACHMENT_OPTION, "value": str(stored.id)}

    def _resolve(self, ids: list[str]) -> Json:
        """Users and channels in full, as Discord sends them beside their ids."""
        resolved: Json = {}
        for given in map(int, ids):
            if channel := self.world.find_channel(given):
                held = self.world.guilds[channel.guild_id].permissions(self.world.bot.id, channel)
                payload = partial_channel_payload(channel) | {"permissions": str(int(held))}
                resolved.setdefault("channels", {})[str(given)] = payload
            for guild in self.world.guilds.values():
                if member := guild.members.get(given):
                    resolved.setdefault("users", {})[str(given)] = user_payload(member.user)
                    resolved.setdefault("members", {})[str(given)] = member_payload(member, with_user=False)
        return resolved

    def _fill(self, row: Json, values: Mapping[str, Any], channel: Channel, resolved: Json) -> Json:
        """One row of a form, filled in: a label with its field, an older action row, or plain text."""
        if "components" in row:
            fields = [
                self._fill_field(field, field, values, channel, resolved) for field in row["components"]
            ]
            return {"type": row["type"], "id": row.get("id", 1), "components": fields}
        if "component" not in row:
            return {"type": row["type"], "id": row.get("id", 1)}
        field = self._fill_field(row["component"], row, values, channel, resolved)
        return {"type": row["type"], "id": row.get("id", 1), "component": field}

    def _fill_field(
        self, field: Json, labelled: Json, values: Mapping[str, Any], channel: Channel, resolved: Json
    ) -> Json:
        answer: Json = {"type": field["type"], "id": field.get("id", 1), "custom_id": field["custom_id"]}
        value = values.get(field["custom_id"], values.get(labelled.get("label", "")))
        if field["type"] == _TEXT_INPUT:
            return answer | {"value": value if value is not None else field.get("value") or ""}
        if field["type"] == _FILE_UPLOAD:
            uploads = [self._attach(channel, "", value, resolved)["value"]] if value else []
            return answer | {"values": uploads}
        if field["type"] in _SELECTS:
            return answer | {"values": [_option_value(field, chosen) for chosen in value or ()]}
        return answer | {"value": value}


def text_of(message: Message) -> str:
    """Everything there is to read in a message, components included."""
    shown = [c["content"] for c in walk_components(message.components) if "content" in c]
    return "\n".join([message.content, *shown]).strip()


def find_component(message: Message, name: str, kinds: set[int]) -> Json:
    """A component by custom id, or by how its label or placeholder begins. Raises LookupError."""
    fitting = [c for c in walk_components(message.components) if c["type"] in kinds and c.get("custom_id")]
    for component in fitting:
        shown = component.get("label") or component.get("placeholder") or ""
        if name == component["custom_id"] or shown.startswith(name):
            return component
    shown = [component.get("label") or component.get("placeholder") for component in fitting]
    raise LookupError(f"no {name!r} among {shown}")


def _option_value(select: Json, wanted: str) -> str:
    for option in select.get("options") or ():
        if wanted == option["value"] or option["label"].startswith(wanted):
            return str(option["value"])
    return wanted
