"""Rows 5, 6 and 7 of the table of stock defects: refusals, odd statuses, bodies that are none."""

import inspect
import json
from typing import Any

import pytest
import sandbase_sessions
import vercel_sessions
from vercel_sessions.api.sessions import list_sessions

from tests.answers import answering, client, sandbase_page
from tests.stock import StockPackages


def _without_error_schemas(document: dict[str, Any]) -> None:
    for response in document["components"]["responses"].values():
        del response["content"]


def test_row_5_errors_are_raised_and_typed(stock: StockPackages) -> None:
    """A 401 raises, with status, parsed body, headers and request; stock gives None, or the error as if it were one."""
    body = {"error": {"code": "forbidden", "message": "no"}}
    refusing = answering(body, 401)
    bare, described = stock("vercel_sessions", _without_error_schemas, "stock_bare_errors"), stock("vercel_sessions")

    with pytest.raises(vercel_sessions.errors.AuthenticationError) as caught:
        client(vercel_sessions, refusing).list_sessions().first_page()

    error = caught.value
    assert isinstance(error.body, vercel_sessions.models.Error)
    assert (error.status, error.body.error.code, error.request.method) == (401, "forbidden", "GET")
    assert error.response.headers["content-type"] == "application/json"
    assert bare.operation.sync(client=bare.client(refusing, raise_on_unexpected_status=True)) is None
    assert type(described.sync(refusing)).__name__ == "Error"
    assert str(inspect.signature(bare.operation.sync).return_annotation).startswith("typing.Any | ")
    assert inspect.signature(list_sessions.sync).return_annotation == "models.SessionPage"


@pytest.mark.parametrize("status", [499, 520, 529, 599])
def test_row_6_any_status_is_handled(status: int, stock: StockPackages) -> None:
    """A status that IANA does not list is an error like others; stock stumbles over the number."""
    with pytest.raises(sandbase_sessions.errors.APIStatusError) as caught:
        client(sandbase_sessions, answering(b"", status)).list_sessions().first_page()

    assert caught.value.status == status
    with pytest.raises(ValueError, match=f"{status} is not a valid HTTPStatus"):
        stock("sandbase_sessions").sync(answering(b"", status))


@pytest.mark.parametrize(
    ("body", "expected", "stock_error"),
    [
        (b"<html>", "a JSON document", json.JSONDecodeError),
        (b"", "a JSON document", json.JSONDecodeError),
        (b"\xff", "a JSON document", UnicodeDecodeError),
        (b"null", "an object", TypeError),
        (b"[]", "an object", KeyError),
        (b"[1]", "an object", TypeError),
    ],
)
def test_row_7_a_body_that_is_not_the_page(body: bytes, expected: str, stock_error: Any, stock: StockPackages) -> None:
    """DecodeError with place, expected, actual and response; stock raises whatever it stumbles on."""
    with pytest.raises(sandbase_sessions.errors.DecodeError) as caught:
        client(sandbase_sessions, answering(body)).list_sessions().first_page()

    assert (caught.value.pointer, caught.value.expected) == ("", expected)
    assert caught.value.response is not None
    assert caught.value.response.content == body
    with pytest.raises(stock_error):
        stock("sandbase_sessions").sync(answering(body))


def test_row_7_html_in_a_refusal(stock: StockPackages) -> None:
    """HTML in a 401 is still a 401; stock raises a JSONDecodeError."""
    refusing = answering(b"<html>", 401)

    with pytest.raises(sandbase_sessions.errors.AuthenticationError, match="<html>"):
        client(sandbase_sessions, refusing).list_sessions().first_page()
    with pytest.raises(json.JSONDecodeError):
        stock("sandbase_sessions").sync(refusing)


def test_row_7_what_only_python_calls_json() -> None:
    """NaN is no JSON, although Python reads it."""
    body = json.dumps(sandbase_page(agent_version=float("nan"))).encode()

    with pytest.raises(sandbase_sessions.errors.DecodeError, match="a JSON document"):
        client(sandbase_sessions, answering(body)).list_sessions().first_page()
