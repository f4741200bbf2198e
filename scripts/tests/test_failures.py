"""What a call raises, and what a client refuses to be made of."""

import httpx
import pytest
import sandbase_sessions
from sandbase_sessions import errors

from tests.answers import URL, answering, client, in_turn


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.BadRequestError),
        (422, errors.BadRequestError),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (410, errors.GoneError),
        (429, errors.RateLimitError),
        (500, errors.ServerError),
        (503, errors.ServerError),
        (599, errors.ServerError),
        (302, errors.APIStatusError),
        (418, errors.APIStatusError),
    ],
)
def test_each_status_has_its_error(status: int, error: type[Exception]) -> None:
    """The class is exact, and below APIStatusError and APIError."""
    with pytest.raises(errors.APIError) as caught:
        client(sandbase_sessions, answering({}, status)).list_sessions().first_page()

    assert type(caught.value) is error
    assert isinstance(caught.value, errors.APIStatusError)


def test_no_response_is_a_connection_error() -> None:
    """With the request, and the HTTP library's error as its cause."""
    for raised, expected in (
        (httpx.ConnectError("refused"), errors.APIConnectionError),
        (httpx.ReadTimeout("x"), errors.APITimeoutError),
    ):
        with pytest.raises(errors.APIConnectionError) as caught:
            client(sandbase_sessions, in_turn(raised)).list_sessions(limit=3).first_page()

        assert type(caught.value) is expected
        assert caught.value.request == ("GET", f"{URL}/v1/sessions?limit=3")
        assert caught.value.__cause__ is raised


@pytest.mark.parametrize("url", ["api.example", "ftp://x", "http://", "http://x?a=b", "http://x#a", "http://x:99999"])
def test_a_bad_base_url_is_refused(url: str) -> None:
    """When the client is made, with what was expected."""
    with pytest.raises(errors.ConfigurationError, match="expected http"):
        sandbase_sessions.Client("t", base_url=url)


def test_a_password_in_the_base_url_is_refused() -> None:
    """It would go where the credential goes; the error does not show it."""
    with pytest.raises(errors.ConfigurationError, match="token=") as caught:
        sandbase_sessions.Client("t", base_url="https://me:pa55word@example.invalid")

    assert "pa55word" not in str(caught.value)


def test_a_refusal_tells_what_the_server_said() -> None:
    """Text, word and the request's name, from wherever providers put them."""
    for body, headers, told in (
        ({"error": {"code": "bad", "message": "no"}}, {"x_request_id": "r1"}, ("no", "bad", "r1")),
        ({"error": "Bad", "message": "no"}, {"request_id": "r2"}, ("no", "Bad", "r2")),
        ({"type": "error", "error": {"type": "bad", "message": "no"}, "request_id": "r3"}, {}, ("no", "bad", "r3")),
        ({"detail": "no"}, {}, ("no", None, None)),
        ([], {}, (None, None, None)),
    ):
        shown = {name.replace("_", "-"): value for name, value in headers.items()}
        with pytest.raises(errors.BadRequestError) as caught:
            client(sandbase_sessions, answering(body, 400, **shown)).list_sessions().first_page()
        assert (caught.value.message, caught.value.code, caught.value.request_id) == told
