"""One tree of errors. Each carries the sentence that a person reads."""


class RejoinderError(Exception):
    """Something that a person meets.

    ``message`` says what was and was not done and why; ``next_step`` what to do now.
    """

    def __init__(self, message: str, *, next_step: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}" if self.next_step else self.message


class ConfigError(RejoinderError):
    """The configuration is missing or wrong; the process ends with status 78."""


class UnreadableError(RejoinderError):
    """No reader understands these bytes."""


class FetchError(RejoinderError):
    """An address was refused, unreachable or too large."""


class StorageError(RejoinderError):
    """The database can't be used."""


class NotFoundError(RejoinderError):
    """No such thing in this guild. Ids of other guilds are not found either."""


class RefusedError(RejoinderError):
    """A rule of ours or of Discord forbids it; nothing was done."""


class DeliveryError(RejoinderError):
    """Discord did not take a message. ``retry`` says whether the same call may be made again later."""

    def __init__(self, message: str, *, next_step: str | None = None, retry: bool = False) -> None:
        super().__init__(message, next_step=next_step)
        self.retry = retry
