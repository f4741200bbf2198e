"""Through proxies and private authorities, and sentences where no way leads."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from conformance.cli.main import main
from conformance.target.tls import OTHERS, OWN
from conformance.tests.conftest import TOKEN, listening
from conformance.tests.hostile.servers import Recorder, head, sends, serving
from conformance.tests.runs import CONTRACTS

STEM = "browserbase_sessions"
CHECKS = ["--check", "operation-exists", "--check", "json-strict"]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", *OWN, *OTHERS):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("BROWSERBASE_API_KEY", TOKEN)


@contextmanager
def secure(certificate: trustme.LeafCert, upstream: str) -> Iterator[str]:
    """TLS on 127.0.0.1 in front of a server; gives its URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=handle, args=(connection,), daemon=True).start()

        def handle(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as wrapped:
                pipe(wrapped, upstream)

        threading.Thread(target=accept, daemon=True).start()
        yield f"https://localhost:{listening.getsockname()[1]}"
        with contextlib.suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def pipe(wrapped: socket.socket, upstream: str) -> None:
    """Pass one request on, and its answer back; the connection ends with it."""
    host, port = upstream.removeprefix("http://").split(":")
    request = b""
    while b"\r\n\r\n" not in request:
        request += wrapped.recv(65536)
    with socket.create_connection((host, int(port))) as other:
        other.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        while piece := other.recv(65536):
            wrapped.sendall(piece)


@contextmanager
def proxy(recorder: Recorder, upstream: str) -> Iterator[str]:
    """A forward proxy for plain HTTP that knows one server; gives its URL."""

    def script(connection: socket.socket, request: bytes) -> None:
        host, port = upstream.removeprefix("http://").split(":")
        line, rest = request.split(b"\r\n", 1)
        method, url, version = line.split(b" ")
        path = b"/" + url.split(b"/", 3)[3]
        with socket.create_connection((host, int(port))) as other:
            other.sendall(b" ".join([method, path, version]) + b"\r\nConnection: close\r\n" + rest)
            while piece := other.recv(65536):
                connection.sendall(piece)

    with serving(script, recorder) as url:
        yield url


@pytest.fixture
def authority() -> trustme.CA:
    """An authority that nobody trusts yet."""
    return trustme.CA()


def run(url: str, *options: str) -> int:
    """Run two checks on a server."""
    return main(["run", STEM, "--target", url, *CHECKS, *options, "--rate", "1000"])


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_private_authority_is_trusted_where_it_is_named(
    variable: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate of an authority in one of the usual variables is good, and without it it is not."""
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    with listening(CONTRACTS[STEM]) as upstream, secure(authority.issue_cert("localhost"), upstream) as url:
        before = run(url)
        monkeypatch.setenv(variable, str(file))
        after = run(url)

    assert (before, after) == (3, 0)


def test_our_own_variable_is_above_those_of_other_tools(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE decides where both are set."""
    good, other = tmp_path / "good.pem", tmp_path / "other.pem"
    authority.cert_pem.write_to_path(str(good))
    trustme.CA().cert_pem.write_to_path(str(other))
    with listening(CONTRACTS[STEM]) as upstream, secure(authority.issue_cert("localhost"), upstream) as url:
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(good))
        assert run(url) == 3
        monkeypatch.setenv("SSL_CERT_FILE", str(good))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
        assert run(url) == 0


def test_a_bundle_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that names no file ends with 3, the variable and the file."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))

    assert run("https://localhost:1") == 3
    assert f"REQUESTS_CA_BUNDLE names {tmp_path / 'none.pem'}" in "".join(capsys.readouterr().out.split("\n"))


def certificates() -> dict[str, tuple[Callable[[trustme.CA], trustme.LeafCert], bool, str, str]]:
    """A certificate, whether its authority is trusted, and what is said of it."""
    past = datetime.now(UTC) - timedelta(days=1)
    return {
        "expired": (lambda ca: ca.issue_cert("localhost", not_after=past), True, "has expired", "Renew it"),
        "another host": (lambda ca: ca.issue_cert("example.org"), True, "is for another host", "Use a name"),
        "nobody's": (lambda ca: ca.issue_cert("localhost"), False, "is not trusted", "SSL_CERT_FILE"),
    }


@pytest.mark.parametrize("name", certificates())
def test_a_bad_certificate_is_a_sentence(
    name: str,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong with it, and what to do."""
    issue, trusted, said, hint = certificates()[name]
    if trusted:
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))

    with serving(sends(head())) as upstream, secure(issue(authority), upstream) as url:
        code = run(url)

    out = capsys.readouterr().out
    assert code == 3
    assert f"{url}: its certificate {said}" in out
    assert hint in out


def test_no_tls_where_it_is_asked_for_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """https:// to a server that speaks plain HTTP."""
    with listening(CONTRACTS[STEM]) as url:
        code = run(url.replace("http://", "https://"))

    assert code == 3
    assert "no TLS connection" in capsys.readouterr().out


def test_a_certificate_file_that_is_missing_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong SSL_CERT_FILE is named."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")

    assert run("https://localhost:1") == 3
    assert "SSL_CERT_FILE" in capsys.readouterr().out


def test_a_name_without_an_address_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """DNS knows no such name (RFC 6761 keeps `.invalid` free)."""
    assert run("http://api.nowhere.invalid") == 3
    assert "the name api.nowhere.invalid has no address" in capsys.readouterr().out


@pytest.mark.parametrize("target", ["mock", "http://127.0.0.1:1"])
def test_a_path_that_asks_for_values_is_a_sentence(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such a spec can be compared with a published document; nothing says whose collection is to be listed."""
    text = CONTRACTS["browserbase_sessions"].text.replace("/v1/sessions:", "/v1/{project}/sessions:")
    text = text.replace("~1v1~1sessions", "~1v1~1{project}~1sessions")
    given = "      parameters:\n        - {name: project, in: path, required: true, schema: {type: string}}\n"
    (tmp_path / "acme_sessions.yaml").write_text(text.replace("      parameters:\n", given, 1))

    code = main(["run", "acme_sessions", "--specs", str(tmp_path), "--target", target])

    assert code == 3
    assert "every request must carry project, and nothing says a value" in " ".join(capsys.readouterr().out.split())


def test_a_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY leads to a host that only the proxy knows; NO_PROXY does not."""
    recorder = Recorder()
    with listening(CONTRACTS[STEM]) as upstream, proxy(recorder, upstream) as way:
        monkeypatch.setenv("HTTP_PROXY", way)
        through = run("http://inside.invalid")
        heads = len(recorder.heads)
        monkeypatch.setenv("NO_PROXY", "inside.invalid")
        around = run("http://inside.invalid")

    assert (through, around) == (0, 3)
    assert len(recorder.heads) == heads > 0


def test_the_embedded_mock_needs_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--target mock` is on this machine, whatever the proxy."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert main(["run", STEM, *CHECKS]) == 0


def test_a_proxy_that_is_away_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its password is not told."""
    monkeypatch.setenv("HTTP_PROXY", "http://me:proxy-pass-31@127.0.0.1:1")

    assert run("http://inside.invalid") == 3
    out, err = capsys.readouterr()
    assert "cannot be reached" in out
    assert "proxy-pass-31" not in out + err
