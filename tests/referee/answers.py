"""Every answer of the wire, against Discord's description: it may not lack what Discord always sends."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from tests.referee.allowed import with_values
from tests.referee.operations import Operations
from tests.referee.unions import sentence

_LEAST_ERROR = 400


class AnswerReferee:
    """Judges answers by the OpenAPI description. More than it names is no fault: Discord adds fields all the time."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._components = with_values(description["components"])
        self._operations = Operations(description)
        self._validators: dict[tuple[str, int], jsonschema_rs.Validator] = {}

    def judge(self, method: str, path: str, status: int, answer: Any) -> list[str]:
        """Everything that is wrong with an answer to what a route is asked. Refusals have a form of their own."""
        operation = self._operations.find(method, path)
        if operation is None or answer is None or status >= _LEAST_ERROR:
            return []
        if status not in operation.answers:
            known = ", ".join(map(str, operation.answers))
            return [f"{method} {path} answered {status}, not {known}"]
        schema = operation.answers[status]
        if schema is None:
            return [f"{method} {path} answered {status} with a body"]
        key = operation.name, status
        if key not in self._validators:
            root = {"components": self._components, "allOf": [schema]}
            self._validators[key] = jsonschema_rs.Draft202012Validator(root)
        return [
            f"{method} {path} answered {status}: {sentence(error)}"
            for error in self._validators[key].iter_errors(answer)
        ]
