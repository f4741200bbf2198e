"""Rows 5, 6 and 7 of the table of stock defects: refusals, odd statuses, bodies that are none."""

import inspect
import json
from typing import Any

import instavm_sandboxes
import pytest
import sandbase_sessions
from instavm_sandboxes.api.sandboxes import list_sandboxes

from tests.answers import answering, client, sandbase_page
from tests.stock import StockPackages


def _without_error_schemas(document: dict[str, Any]) -> None:
    for operation in (path["get"] for path in document["paths"].values()):
        for status, response in operation["responses"].items():
            if status != "200":
                response.pop("content", None)


def test_row_5_errors_are_raised_and_typed(stock: StockPackages) -> None:
    """A 422 raises, with status, parsed body, headers and request; stock gives None, or the error as if it were one."""
    refusing = answering({"detail": [{"loc": ["query", "limit"], "msg": "no", "type": "range"}]}, 422)
    stem = "instavm_sandboxes"
    bare, described = stock(stem, _without_error_schemas, "stock_bare_errors"), stock(stem)

    with pytest.raises(instavm_sandboxes.errors.BadRequestError) as caught:
        client(instavm_sandboxes, refusing).list_sandboxes().first_page()

    error = caught.value
    assert isinstance(error.body, instavm_sandboxes.models.HTTPValidationError)
    assert error.body.detail is not None
    assert (error.status, error.body.detail[0].msg, error.request.method) == (422, "no", "GET")
    assert error.response.headers["content-type"] == "application/json"
    assert bare.operation.sync(client=bare.client(refusing, raise_on_unexpected_status=True)) is None
    assert type(described.sync(refusing)).__name__ == "HTTPValidationError"
    assert str(inspect.signature(bare.operation.sync).return_annotation).startswith("typing.Any | ")
    assert inspect.signature(list_sandboxes.sync).return_annotation == "models.SandboxPage"


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
    """HTML in a 422 is still a 422; stock raises a JSONDecodeError."""
    refusing = answering(b"<html>", 422)

    with pytest.raises(instavm_sandboxes.errors.BadRequestError, match="<html>"):
        client(instavm_sandboxes, refusing).list_sandboxes().first_page()
    with pytest.raises(json.JSONDecodeError):
        stock("instavm_sandboxes").sync(refusing)


def test_row_7_what_only_python_calls_json() -> None:
    """NaN is no JSON, although Python reads it."""
    body = json.dumps(sandbase_page(agent_version=float("nan"))).encode()

    with pytest.raises(sandbase_sessions.errors.DecodeError, match="a JSON document"):
        client(sandbase_sessions, answering(body)).list_sessions().first_page()
