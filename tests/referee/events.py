"""Every event that the wire sends, against the types of the gateway."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from tests.referee.allowed import EVENT_FIELDS, OPEN_EVENTS
from tests.referee.unions import sentence

_INTERACTIONS = {
    2: "APIApplicationCommandInteraction",
    3: "APIMessageComponentInteraction",
    4: "APIApplicationCommandAutocompleteInteraction",
    5: "APIModalSubmitInteraction",
}


class EventReferee:
    """Judges events by the types of the gateway."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._definitions = {
            name: _event_type(name, definition) for name, definition in description["definitions"].items()
        }
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def judge(self, name: str, data: Any) -> list[str]:
        """Everything that is wrong with an event of this name."""
        definition = f"Gateway{name.title().replace('_', '')}DispatchData"
        if name == "INTERACTION_CREATE":
            definition = _INTERACTIONS[data["type"]]
        if definition not in self._definitions:
            return []
        return [f"{name}: {sentence(error)}" for error in self._validator(definition).iter_errors(data)]

    def _validator(self, definition: str) -> jsonschema_rs.Validator:
        if definition not in self._validators:
            root = {"definitions": self._definitions, "$ref": f"#/definitions/{definition}"}
            self._validators[definition] = jsonschema_rs.Draft7Validator(root)
        return self._validators[definition]


def _event_type(name: str, definition: Any) -> Any:
    """One definition, closed. Flags are sums, of which the types name the parts."""
    if name.endswith("Flags"):
        return {"type": "integer"}
    # A generic type goes by its name and what it was made of.
    plain_name = name.partition("<")[0]
    if plain_name in OPEN_EVENTS:
        return definition
    closed = _closed(definition)
    for wanted, place in EVENT_FIELDS:
        if plain_name == wanted:
            *above, field = place.split(".")
            holder = closed
            for step in above:
                holder = holder["properties"][step]
            holder["properties"].setdefault(field, True)
    return closed


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
