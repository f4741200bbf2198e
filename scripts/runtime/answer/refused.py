"""Which error a response is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listing_runtime.errors import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    DecodeError,
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
)

if TYPE_CHECKING:
    from listing_runtime.wire import Response

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


def too_deep(response: Response) -> DecodeError:
    """Say that a body is nested too deeply to be read."""
    return DecodeError("", expected="JSON of a reasonable depth", actual="JSON nested too deeply", response=response)
