"""The table of generated/README.md: what it says of the vendors' own packages is true, and what shows it exists."""

import pickle
import re
from typing import Any

import browserbase
import browserbase_sessions
import httpx
import pytest

from tests.answers import ROOT, answering, client, rows

ODD = rows("browserbase_sessions", 1, proxyBytes="many")


def official(body: Any) -> Any:
    """The vendor's client, answered by a function."""
    http = httpx.Client(transport=httpx.MockTransport(answering(body)))
    return browserbase.Browserbase(api_key="t0ken", http_client=http)


def test_every_row_is_shown_by_something() -> None:
    """The tests and programs that the table names are there."""
    table = (ROOT / "generated/README.md").read_text("utf-8").partition("## Beside")[2]
    named = re.findall(r"\| `(?:bench/)?(\w+\.py)(?:::(\w+))?` \|$", table, re.MULTILINE)

    assert len(named) >= 12
    for file, test in named:
        (found,) = [path for path in (ROOT / "scripts").glob(f"*/{file}") if path.parent.name in {"tests", "bench"}]
        assert f"def {test}" in found.read_text("utf-8")


def test_bodies_are_checked() -> None:
    """A number that is a text is an error here, and a number to the vendor's users."""
    with pytest.raises(browserbase_sessions.errors.DecodeError, match="/0/proxyBytes"):
        client(browserbase_sessions, answering(ODD)).list_sessions().first_page()

    assert official(ODD).sessions.list()[0].proxy_bytes == "many"


def test_errors_travel() -> None:
    """Ours arrive in another process, the vendor's do not."""
    ours = browserbase_sessions.errors.APIConnectionError("no", request=browserbase_sessions.types.Request("GET", "a"))
    theirs = browserbase.APIConnectionError(message="no", request=httpx.Request("GET", "http://a.invalid"))

    assert str(pickle.loads(pickle.dumps(ours))) == "no"  # noqa: S301 - ours
    with pytest.raises(TypeError):
        pickle.loads(pickle.dumps(theirs))  # noqa: S301 - made here


def test_an_empty_base_url_is_refused() -> None:
    """A variable that is not set does not mean production, nor nowhere."""
    with pytest.raises(browserbase_sessions.errors.ConfigurationError, match="base_url"):
        browserbase_sessions.Client("t0ken", base_url="")

    assert str(browserbase.Browserbase(api_key="t0ken", base_url="").base_url) == ""
