"""What can stop our own work; what a server does wrong is a finding, not an error."""


class ConformanceError(Exception):
    """Our work could not be done; `hint` says what to do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SpecError(ConformanceError):
    """A spec or a fixture is wrong; the message begins with `file:line`."""


class UsageError(ConformanceError):
    """What was asked for does not exist: an unknown stem, check, fault or report format."""


class TargetError(ConformanceError):
    """The target gave no answer: unreachable, too slow, cut off, or no HTTP."""


class BudgetSpent(ConformanceError):  # noqa: N818 - not an error of anyone: a limit that the user set
    """The next request would exceed the ceiling that the user set."""
