"""Every request of the bot, against Discord's description of its REST API.

The description is made stricter where it is looser than Discord: objects are closed, content has the 2,000
characters of a bot, unions are decided by what is asked, and what a schema can't say is counted in `sums`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from tests.referee.allowed import QUERY_FIELDS, REQUEST_FIELDS, with_values
from tests.referee.operations import Operation, Operations
from tests.referee.sums import wrong_sums
from tests.referee.unions import sentence

_CONTENT, _FILES = 2000, 10
_FORUM, _PUBLIC_THREAD = 15, 11
#: Which branch of a union an answer to an interaction means, by its type.
_CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}


class RequestReferee:
    """Judges requests by the OpenAPI description."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._components = _strict(with_values(description["components"]))
        for schema, field in REQUEST_FIELDS:
            self._components["schemas"][schema]["properties"][field] = True
        self._operations = Operations(description)
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def judge(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        files: int = 0,
        channel: int | None = None,
    ) -> list[str]:
        """Everything that is wrong with a request; ``channel`` is the type of the one that its path names."""
        operation = self._operations.find(method, path)
        if operation is None:
            return [f"{method} {path}: Discord has no such route"]
        wrong = [
            *self._wrong_query(operation, query or {}),
            *self._wrong_body(operation, body, channel),
            *wrong_sums(body),
        ]
        if files > _FILES:
            wrong.append(f"{files} files, {_FILES} are allowed")
        return [f"{method} {path}: {found}" for found in wrong]

    def _wrong_query(self, operation: Operation, query: Mapping[str, str]) -> Iterator[str]:
        for name, value in query.items():
            if (operation.name, name) in QUERY_FIELDS:
                continue
            schema = operation.queries.get(name)
            if schema is None:
                yield f"the query has no {name}"
            elif not any(self._validator(_strict(schema)).is_valid(meant) for meant in _meanings(value)):
                yield f"{name}={value} in the query"

    def _wrong_body(self, operation: Operation, body: Any, channel: int | None) -> list[str]:
        if operation.body is None:
            return ["a body where Discord expects none"] if body else []
        if body is None:
            return []
        schema = _chosen(operation, body, channel)
        return [sentence(error) for error in self._validator(schema).iter_errors(body)]

    def _validator(self, schema: Any) -> jsonschema_rs.Validator:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            root = {"components": self._components, "allOf": [schema]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(root, validate_formats=True)
        return self._validators[key]


def _strict(schema: Any) -> Any:
    """The same schema with closed objects, numbers for ids, and a bot's limit for content."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "snowflake" and schema.get("type") == "string":
        # discord.py sends ids as numbers, which Discord takes.
        return {
            "anyOf": [{"type": "string", "pattern": schema["pattern"]}, {"type": "integer", "minimum": 0}]
        }
    strict = {name: _strict(part) for name, part in schema.items()}
    fields = strict.get("properties")
    if isinstance(fields, dict) and "type" in strict:
        strict.setdefault("unevaluatedProperties", False)
        if "content" in fields and "embeds" in fields:
            # 4,000 are for people who pay.
            fields["content"] = fields["content"] | {"maxLength": _CONTENT}
    return strict


def _chosen(operation: Operation, body: Any, channel: int | None) -> Any:
    """The branch of a union that a request means: told by the channel, or by the request's own type."""
    name = {
        "create_thread": "CreateForumThreadRequest"
        if channel == _FORUM
        else "CreateTextThreadWithoutMessageRequest",
        "update_channel": "UpdateThreadRequestPartial"
        if channel == _PUBLIC_THREAD
        else "UpdateGuildChannelRequestPartial",
        "execute_webhook": "IncomingWebhookRequestPartial",
        "create_interaction_response": _CALLBACKS.get(body.get("type") if isinstance(body, dict) else None),
    }.get(operation.name)
    return operation.body if name is None else {"$ref": f"#/components/schemas/{name}"}


def _meanings(value: str) -> Iterator[Any]:
    """What a word of a query may stand for."""
    yield value
    if value.isdecimal():
        yield int(value)
    if value in {"true", "false", "0", "1"}:
        yield value in {"true", "1"}
