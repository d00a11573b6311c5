"""The routes of Discord's description, found by method and path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    segments: tuple[str, ...]
    queries: Mapping[str, Any]
    body: Any
    #: What is answered, by status; None where that has no body.
    answers: Mapping[int, Any]

    def matches(self, method: str, segments: Sequence[str]) -> bool:
        return (
            self.method == method
            and len(self.segments) == len(segments)
            and all(
                mine.startswith("{") or mine == theirs
                for mine, theirs in zip(self.segments, segments, strict=True)
            )
        )

    @property
    def vagueness(self) -> int:
        return sum(segment.startswith("{") for segment in self.segments)


class Operations:
    """All of them."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        found = _operations(description)
        self._operations = sorted(found, key=lambda operation: operation.vagueness)

    def find(self, method: str, path: str) -> Operation | None:
        """The one whose path has the most words in common; None where Discord has no such route."""
        segments = path.strip("/").split("/")
        return next((o for o in self._operations if o.matches(method, segments)), None)


def _operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
            body = operation.get("requestBody", {})
            yield Operation(
                name=operation["operationId"],
                method=method.upper(),
                segments=tuple(path.strip("/").split("/")),
                queries={p["name"]: p["schema"] for p in parameters if p["in"] == "query"},
                body=_document(body),
                answers={
                    int(status): _document(answer)
                    for status, answer in operation["responses"].items()
                    if status.isdecimal()
                },
            )


def _document(part: Mapping[str, Any]) -> Any:
    return part.get("content", {}).get("application/json", {}).get("schema")
