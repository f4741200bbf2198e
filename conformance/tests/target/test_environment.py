"""What the environment says of proxies, authorities and credentials, where nothing can be made of it."""

from __future__ import annotations

import pytest

from conformance.cli.main import main
from conformance.tests.conftest import TOKEN, mock
from conformance.tests.runs import CONTRACTS, STEMS

STEM = STEMS[0]
VARIABLE = CONTRACTS[STEM].credentials[0].env
NOWHERE = "http://127.0.0.1:9"
COULD_NOT_TELL = 3
UNFIT = {
    "NO_PROXY": ("localhost,::1,[::1]", "fd00:1::/64", "a:b:c,10.0.0.0/8"),
    "ALL_PROXY": ("socks5://user:hush-hush@127.0.0.1:1080", "socks://127.0.0.1:1080", "gopher://x"),
    "HTTPS_PROXY": ("http://user:hush-hush@proxy:port", "http://[::1", "user:hush-hush@proxy:port"),
    "HTTP_PROXY": ("://", "socks4://127.0.0.1"),
    "SSL_CERT_FILE": ("/gone/cacert.pem", "/" + "a" * 5000, "/etc/hostname"),
    "REQUESTS_CA_BUNDLE": ("/gone/cacert.pem",),
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*UNFIT, "CURL_CA_BUNDLE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in UNFIT.items() for value in values])
def test_the_variable_at_fault_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them is "could not tell", in one sentence, without a password; the embedded mock asks none of them."""
    monkeypatch.setenv(VARIABLE, TOKEN)
    monkeypatch.setenv(name, value)

    codes = (
        main(["run", STEM, "--target", NOWHERE, "--check", "operation-exists"]),
        main(["diff", STEM, f"{NOWHERE}/openapi.yaml"]),
    )
    told = capsys.readouterr()
    assert main(["run", STEM, "--check", "operation-exists"]) == 0

    assert codes == (COULD_NOT_TELL, COULD_NOT_TELL)
    assert told.out.count(f"): {name}") == 2
    assert "hush" not in told.out + told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("around", ["{} ", "{}\n", "{}\r\n", "\t{}\n ", "\ufeff{}"[1:]])
def test_what_stands_around_a_credential_is_taken_off(around: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mounted secret ends in a line break."""
    monkeypatch.setenv(VARIABLE, around.format(TOKEN))
    with mock(CONTRACTS[STEM]) as url:
        assert main(["run", STEM, "--target", url, "--check", "operation-exists"]) == 0


@pytest.mark.parametrize(
    "value", ["sesame-\u00e9", "sesame\nopens", "sesame\x1b[2J", "\u201csesame\u201d", "ses\u200bame"]
)
def test_a_credential_that_cannot_be_sent_is_the_fault_of_its_variable(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No letter of it is told, and the server is not asked."""
    monkeypatch.setenv(VARIABLE, value)
    with mock(CONTRACTS[STEM]) as url:
        code = main(["run", STEM, "--target", url, "--check", "operation-exists"])

    told = capsys.readouterr()
    assert code == COULD_NOT_TELL
    assert f"the value of {VARIABLE} cannot be sent as a credential" in told.out
    assert "sesame" not in told.out + told.err
