"""Everything that a call can raise; all of it is an `APIError`, except wrong use of the client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from listing_runtime import refusal
from listing_runtime.wire import Request, Response, Resume

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ClosedError",
    "ConfigurationError",
    "DecodeError",
    "GoneError",
    "NotFoundError",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
]


class _PortableError(Exception):
    """What survives pickle, copy and deepcopy, whatever it is made of: a pool of processes hands errors on."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...], dict[str, Any]]:
        return _again, (type(self), self.args), vars(self).copy()


def _again(kind: type[_PortableError], arguments: tuple[object, ...]) -> _PortableError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    return error


class ConfigurationError(_PortableError):
    """The client cannot send anything as it was set up or called: no credential, a value that means nothing, closed."""


class InvalidArgumentError(ConfigurationError, ValueError):
    """A setting or an argument that means nothing, or not what it seems to."""


class APIError(_PortableError):
    """A call did not give what it promises."""

    resume: Resume | None = None
    """Where a walk that ended with this error goes on, as `resume=` takes it; None where it had not begun to."""


class APIConnectionError(APIError):
    """No whole response came: the network or the connection failed, or the body was refused as too long."""

    def __init__(self, message: str, *, request: Request) -> None:
        super().__init__(message)
        self.request = request


class ClosedError(ConfigurationError, APIConnectionError):
    """The client was closed, before a call or while one was under way."""


class APITimeoutError(APIConnectionError):
    """No whole response came in time."""


class DecodeError(APIError):
    """The server answered with success, but the body is not what the documentation says."""

    def __init__(self, pointer: str, *, expected: str, actual: str, response: Response | None = None) -> None:
        super().__init__(f"at {pointer or 'the whole body'}: expected {expected}, got {actual}")
        self.pointer = pointer
        """JSON Pointer (RFC 6901) of the value; empty for the whole body."""
        self.expected = expected
        self.actual = actual
        self.response = response
        """None where a value was decoded outside of a call."""


class PaginationError(APIError):
    """Paging does not move on: the server named a page that this walk has already seen."""


class APIStatusError(APIError):
    """The server answered, and refused."""

    def __init__(self, response: Response, body: object = None) -> None:
        sent = response.request
        super().__init__(f"{response.status} from {sent.method} {sent.url}{refusal.excerpt(response)}")
        self.response = response
        self.body: Any = body
        """The documented error model where the body has its shape, else its JSON, None where it has none."""

    @property
    def status(self) -> int:
        """HTTP status, any integer."""
        return self.response.status

    @property
    def request(self) -> Request:
        """What was sent."""
        return self.response.request

    @property
    def message(self) -> str | None:
        """What the server says went wrong, None where it says nothing."""
        return refusal.message(self.response)

    @property
    def code(self) -> str | None:
        """The server's word for what went wrong, None where it has none."""
        return refusal.code(self.response)

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, for its support; None where it does not name it."""
        return refusal.request_id(self.response)


class BadRequestError(APIStatusError):
    """400 or 422: a value in the query is invalid."""


class AuthenticationError(APIStatusError):
    """401: the credential is missing or wrong."""


class PermissionDeniedError(APIStatusError):
    """403: the credential does not give access to this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class GoneError(APIStatusError):
    """410: this operation or thing existed once."""


class RateLimitError(APIStatusError):
    """429: too many requests."""

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait as the server says, None where it does not say."""
        from listing_runtime.retry_after import retry_after  # noqa: PLC0415 - an import of errors stays light

        return retry_after(self.response.headers)


class ServerError(APIStatusError):
    """5xx: the server failed."""
