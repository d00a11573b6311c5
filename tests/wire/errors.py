"""Discord's refusals. Codes are those of Discord's documentation, topics/opcodes-and-status-codes."""

from typing import Any


class ApiError(Exception):
    """A refusal, as the REST API words it."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> dict[str, Any]:
        """The JSON document of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


class ConnectionLost(Exception):  # noqa: N818 - what happens, not what went wrong in us
    """The answer never arrives: the connection is cut instead."""


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def thread_archived(status: int = 400) -> ApiError:
    """For edits, deletions and reactions 400; 403 for posts into a locked one (discord-api-docs #6884, #7707)."""
    return ApiError(status, 50083, "Thread is archived")


def invalid(field: str, code: str, message: str) -> ApiError:
    """An invalid form body, naming the field by its dotted path."""
    errors: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for name in reversed(field.split(".")):
        errors = {name: errors}
    return ApiError(400, 50035, "Invalid Form Body", errors)
