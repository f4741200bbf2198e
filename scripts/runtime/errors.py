"""Everything that a call can raise; all of it is an `APIError`, except wrong use of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from listing_runtime.types import Request, Response

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "DecodeError",
    "GoneError",
    "NotFoundError",
    "PaginationError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
]


class ConfigurationError(Exception):
    """The client cannot send anything as it was set up: no credential, a bad base URL or `record`, already closed."""


class APIError(Exception):
    """A call did not give what it promises."""


class APIConnectionError(APIError):
    """No whole response came: the network or the connection failed, or the body was refused as too long."""

    def __init__(self, message: str, *, request: Request) -> None:
        super().__init__(message)
        self.request = request


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

    def __reduce__(self) -> tuple[object, ...]:
        return _decode_error, (self.pointer, self.expected, self.actual, self.response)


def _decode_error(pointer: str, expected: str, actual: str, response: Response | None) -> DecodeError:
    return DecodeError(pointer, expected=expected, actual=actual, response=response)


def too_deep(response: Response) -> DecodeError:
    """Say that a body is nested too deeply to be read."""
    return DecodeError("", expected="JSON of a reasonable depth", actual="JSON nested too deeply", response=response)


class PaginationError(APIError):
    """Paging does not move on: the server named a page that this walk has already seen."""


class APIStatusError(APIError):
    """The server answered, and refused."""

    def __init__(self, response: Response, body: object = None) -> None:
        super().__init__(f"{response.status} from {response.request.method} {response.request.url}{_excerpt(response)}")
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

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.response, self.body)


def _excerpt(response: Response) -> str:
    text = response.content[:200].decode("utf-8", "replace").strip()
    return f": {text}" if text else ""


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


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    410: GoneError,
    422: BadRequestError,
    429: RateLimitError,
}
_FIRST_SERVER_ERROR = 500


def status_error(response: Response, body: object) -> APIStatusError:
    """Choose the class that a refusal's status asks for."""
    general = ServerError if response.status >= _FIRST_SERVER_ERROR else APIStatusError
    return _BY_STATUS.get(response.status, general)(response, body)
