"""A server that sends everything elsewhere is one finding, with the address to use."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from conformance.tests.conftest import liar
from conformance.tests.runs import CONTRACTS, STEMS

STEM = STEMS[0]
DRIFT, COULD_NOT_TELL = 1, 3


@pytest.mark.parametrize(
    ("location", "level", "code", "address"),
    [
        ("https://127.0.0.1:{port}{path}?a=b", "warning", COULD_NOT_TELL, "https://127.0.0.1:{port}"),
        ("https://api.example.org{path}", "error", DRIFT, "https://api.example.org"),
        ("/v9{path}", "error", DRIFT, "http://127.0.0.1:{port}/v9"),
        ("https://api.example.org/login?next=x", "error", DRIFT, "https://api.example.org/login"),
    ],
)
@pytest.mark.parametrize("status", [301, 308])
def test_a_redirect_is_one_finding(  # noqa: PLR0913, PLR0917 - a server, and what is told of it
    status: int, location: str, level: str, code: int, address: str, run_on: Any
) -> None:
    """Nothing else is judged by it, and few requests are sent; https on the same host is no drift of the server."""
    path, ports = CONTRACTS[STEM].path, []

    def lie(request: Any, answer: Any) -> Any:
        ports.append(request.url.port)
        return evolve(answer, status=status, headers={"location": location.format(port=ports[0], path=path)}, body=b"")

    ran = run_on(STEM, liar(CONTRACTS[STEM], lie))

    (operation,) = ran.record["operations"]
    found = [(one["check"], one["level"]) for one in operation["findings"]]
    assert (ran.code, found) == (code, [("operation-exists", level)])
    assert operation["findings"][0]["actual"] == f"{status} to {address.format(port=ports[0])}: use that"
    assert operation["requests"] <= 2
