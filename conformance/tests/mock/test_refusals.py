"""An honest mock refuses what is documented to be refused, and never breaks."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import httpx
import pytest

from conformance.spec.contract import Contract


def documented(contract: Contract, given: str) -> int:
    """The status of a refusal; a range stands for its usual code."""
    refusal = contract.refusal(given)
    assert refusal is not None
    usual = 401 if given.endswith("credentials") else 400
    return usual if refusal.status[0] == "4XX" else int(refusal.status[0])


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer wrong"}, {"Authorization": "Basic test-token"}, {}])
def test_credentials_are_required(client: httpx.Client, contract: Contract, headers: dict[str, str]) -> None:
    """Nobody lists without the credential: missing, wrong, or of a scheme that is not documented."""
    response = httpx.get(f"{client.base_url}{contract.path}", headers=headers)

    given = "wrong-credentials" if headers else "missing-credentials"
    assert documented(contract, given) == response.status_code
    assert "application/json" == response.headers["content-type"]


def test_every_documented_scheme_is_accepted(client: httpx.Client, contract: Contract) -> None:
    """Each security scheme lets the same secret in."""
    for known in contract.credentials:
        response = httpx.get(f"{client.base_url}{contract.path}", headers=known.headers("test-token"))
        assert 200 == response.status_code


@pytest.mark.parametrize("value", ["0", "-1", "abc", "", "1.5", "9" * 5000, "٣", "+5", "5\x00", "1e1"])
def test_a_bad_limit_is_refused(client: httpx.Client, contract: Contract, value: str) -> None:
    """A limit that is no whole number from one up is an invalid parameter."""
    if contract.limit is None:
        pytest.skip("no limit is documented")

    response = client.get(contract.path, params={contract.limit.parameter: value})

    assert documented(contract, "invalid-parameter") == response.status_code


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


@pytest.mark.parametrize(
    "value", ["%00", "%ff%fe", "a&{name}=b", "2026-05-29T10:00:00+02:00", "[" * 3000, "{{", "9" * 400, "%F0%9F%92%A9"]
)
def test_hostile_values_are_answered(client: httpx.Client, contract: Contract, value: str) -> None:
    """No value of any parameter makes the server fail; sent over a raw socket, as no client would."""
    url = urlsplit(str(client.base_url))
    for parameter in contract.parameters:
        query = f"{parameter.name}=" + value.replace("{name}", parameter.name)
        lines = [f"GET {contract.path}?{query} HTTP/1.1", f"Host: {url.netloc}", "Connection: close"]
        lines += [f"{name}: {text}" for name, text in contract.credentials[0].headers("test-token").items()]
        with socket.create_connection((url.hostname or "", url.port or 0)) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            status = connection.makefile("rb").readline().split()[1]
        assert status[:1] in (b"2", b"4"), query
