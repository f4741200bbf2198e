"""An honest mock refuses what is documented to be refused, and never breaks."""

from __future__ import annotations

import itertools
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from conformance.mock.server import running
from conformance.spec.contract import Contract
from conformance.tests.in_process import client as client_of
from conformance.tests.runs import application


def documented(contract: Contract, given: str) -> int:
    """The status of a refusal; a range stands for its usual code."""
    refusal = contract.refusal(given)
    assert refusal is not None
    usual = 401 if given.endswith("credentials") else 400
    return usual if refusal.status[0] == "4XX" else int(refusal.status[0])


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer wrong"}, {"Authorization": "Basic test-token"}, {}])
def test_credentials_are_required(contract: Contract, headers: dict[str, str]) -> None:
    """Nobody lists without the credential: missing, wrong, or of a scheme that is not documented."""
    with client_of(application(contract), headers) as client:
        response = client.get(contract.path)

    given = "wrong-credentials" if headers else "missing-credentials"
    assert documented(contract, given) == response.status_code
    assert "application/json" == response.headers["content-type"]


def test_every_documented_scheme_is_accepted(contract: Contract) -> None:
    """Each security scheme lets the same secret in."""
    for known in contract.credentials:
        with client_of(application(contract), known.headers("test-token")) as client:
            assert 200 == client.get(contract.path).status_code


def test_a_bad_limit_is_refused(client: httpx.Client, contract: Contract) -> None:
    """A limit that is no whole number from one up is an invalid parameter."""
    if contract.limit is None:
        pytest.skip("no limit is documented")

    for value in ("0", "-1", "abc", "", "1.5", "9" * 5000, "٣", "+5", "5\x00", "1e1"):
        response = client.get(contract.path, params={contract.limit.parameter: value})
        assert documented(contract, "invalid-parameter") == response.status_code, value


def test_a_tampered_cursor_is_refused(client: httpx.Client, contract: Contract) -> None:
    """No cursor but an unchanged one is read."""
    if contract.refusal("unknown-cursor") is None and contract.refusal("unknown-page") is None:
        pytest.skip("no cursor is documented to be refused")
    assert contract.paging is not None
    assert contract.paging.cursor is not None
    first = client.get(contract.path)
    cursor = str(contract.paging.cursor.read(first.json(), first.headers))

    for bad in (
        cursor + "A",
        cursor[:-1],
        cursor[:-1] + ("A" if cursor[-1] != "A" else "B"),
        cursor.swapcase(),
        "",
        "é",
    ):
        response = client.get(contract.path, params={contract.paging.parameter: bad})
        assert 400 == response.status_code, bad


def test_unknown_parameters_are_ignored(client: httpx.Client, contract: Contract) -> None:
    """What is not documented changes nothing."""
    assert client.get(contract.path).content == client.get(f"{contract.path}?beta=true&x[]=1&%00=%ff").content


def test_another_method_or_path_is_refused(client: httpx.Client, contract: Contract) -> None:
    """Only GET and HEAD on the documented path are served."""
    posted = client.post(contract.path)

    assert (405, "GET, HEAD") == (posted.status_code, posted.headers["allow"])
    assert 404 == client.get("/elsewhere").status_code
    assert (200, b"") == ((head := client.head(contract.path)).status_code, head.content)


HOSTILE = ["%00", "%ff%fe", "a&{name}=b", "2026-05-29T10:00:00+02:00", "[" * 3000, "{{", "9" * 400, "%F0%9F%92%A9"]


def test_hostile_values_are_answered(contract: Contract) -> None:
    """No value of any parameter makes the server fail; sent over a raw socket, as no client would."""
    headers = [f"{name}: {text}" for name, text in contract.credentials[0].headers("test-token").items()]
    with running(application(contract)) as server:
        url = urlsplit(server)
        for parameter, value in itertools.product(contract.parameters, HOSTILE):
            query = f"{parameter.name}=" + value.replace("{name}", parameter.name)
            lines = [f"GET {contract.path}?{query} HTTP/1.1", f"Host: {url.netloc}", "Connection: close", *headers]
            with socket.create_connection((url.hostname or "", url.port or 0)) as connection:
                connection.sendall("\r\n".join([*lines, "", ""]).encode())
                status = connection.makefile("rb").readline().split()[1]
            assert status[:1] in (b"2", b"4"), query
