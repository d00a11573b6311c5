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
        if not self.next_step:
            return self.message
        return f"{self.message} {self.next_step[0].upper()}{self.next_step[1:]}"


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
    """Discord did not do what it was asked."""

    def __init__(
        self,
        message: str,
        *,
        next_step: str | None = None,
        retry: bool = False,
        wait: float | None = None,
        in_doubt: bool = False,
        absent: bool = False,
    ) -> None:
        """``wait`` is how many seconds Discord asks for; with it, ``retry`` is understood."""
        super().__init__(message, next_step=next_step)
        #: The same call may succeed later.
        self.retry = retry or wait is not None
        self.wait = wait
        #: It may have been done all the same: the answer was lost, or the server failed on the way.
        self.in_doubt = in_doubt
        #: The channel or thread that it was about is gone for good.
        self.absent = absent
