"""What may be a customer's: it is hidden in bodies, queries and sentences, and all else stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.exchange import Exchange, Request
from conformance.privacy import hidden_values, stand_ins
from conformance.privacy.customer_values import Privacy
from conformance.privacy.disclosure import Disclosure
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.tests.runs import CONTRACTS

TITLE, METADATA = "Jane Doe's divorce", "acme payroll 2026"


def privacy(contract: Contract) -> Privacy:
    """What hides the values of a contract's items."""
    return Privacy(contract, "sk-live-7d21b0-planted")


def test_a_body_keeps_everything_but_its_values() -> None:
    """Types, lengths, spaces, duplicate names and documented values stay; the same value has the same stand-in."""
    hide = privacy(CONTRACTS["sandbase_sessions"]).body
    body = (
        b'{"data": [ {"id": "s1", "id":"s1", "title":"Jane", "metadata": {"a": "Jane", "b": "x"}, "agent_version": 3}'
    )

    shown = hide(200, body).decode()

    assert "Jane" not in shown
    assert shown.startswith('{"data": [ {"id": "s1", "id":"s1", "title":"…4 characters ')
    assert shown.endswith('…"}, "agent_version": 3}')
    assert shown.count("…4 characters ") == 2
    assert hide(200, hide(200, body)) == hide(200, body)


def test_a_query_asks_for_the_stand_in_that_the_body_shows() -> None:
    """A recorded filter and a recorded item agree, so a recording can be judged again."""
    for stem in ("browserbase_sessions", "instavm_sandboxes"):
        contract = CONTRACTS[stem]
        (promise,) = [one for one in contract.filters if one.encoding]
        hider = privacy(contract)
        name = promise.field.removeprefix("/")
        item = json.dumps([{name: {"team": METADATA}}]).encode()
        written = {
            "json": json.dumps({"team": METADATA}),
            "form": f"team={METADATA}",
        }.get(promise.encoding, promise.encoding.replace("{key}", "team").replace("{value}", METADATA))

        ((_, asked),) = hider.query([(promise.parameter, written)])

        stand_in = hider.body(500, item).decode().split('"team": "')[1].split('"')[0]
        assert stand_in in asked
        assert METADATA not in asked


@pytest.mark.parametrize(
    "address", ["tags=env%3Aacme%20inc&cursor=a", "tags=env:acme+inc&cursor=a", "cursor=a&TAGS=env%3aacme%20inc"]
)
def test_what_an_address_repeats_of_a_query_is_hidden_there_too(address: str) -> None:
    """The next page's address, in a body or a header, names the filter by the stand-in that the query shows."""
    request = Request("GET", "https://api.example/v2/sandboxes?tags=env%3Aacme+inc&limit=2", ())
    following = f"https://api.example/v2/sandboxes?{address}"
    body = json.dumps({"sandboxes": [], "pagination": {"count": 0, "next": following}}).encode()
    headers = httpx.Headers({"content-type": "application/json", "link": f'<{following}>; rel="next"'})

    shown = privacy(CONTRACTS["vercel_named_sandboxes"]).exchange(Exchange(request, 200, headers, body, 0.0))

    asked = dict(parse_qsl(shown.request.url.partition("?")[2]))["tags"]
    for text in (json.loads(shown.body)["pagination"]["next"], shown.headers["link"][1:].partition(">")[0]):
        repeated = {name.lower(): value for name, value in parse_qsl(text.partition("?")[2])}
        assert repeated == {"tags": asked, "cursor": "a"}
    assert "acme" not in shown.request.url + shown.body.decode() + shown.headers["link"]


def test_a_stand_in_cannot_be_guessed() -> None:
    """Who does not have the credential cannot tell what a stand-in stands for."""
    contract = CONTRACTS["sandbase_sessions"]

    first, second = (Privacy(contract, secret).body(200, b'{"data": [{"title": "Jane"}]}') for secret in ("one", "two"))

    assert first != second


@pytest.mark.parametrize("cut", [0, 40])
def test_foreign_text_loses_values_however_they_are_quoted(cut: int) -> None:
    """Quoted by Python or JSON, within other quotes, or cut off in the middle."""
    contract = CONTRACTS["sandbase_sessions"]
    value = "it's \"Jane\"'s own é \\ thing, rather long" + "!" * cut
    body = json.dumps({"data": [{"title": value}]}).encode()
    request = Request("GET", "http://127.0.0.1", ())
    exchange = Exchange(request, 200, httpx.Headers(), body, 0.0)
    sentences = Disclosure(privacy(contract), [exchange])
    forms = [
        repr(value),
        json.dumps(value),
        repr({"title": value}),
        repr(json.dumps(value)),
        repr(value)[:20] + "…",
        value,
    ]

    assert sentences.values == {value}
    for form in forms:
        told = sentences.text(f"at /data/0/title: {form} (and more)")
        assert "Jane" not in told, form
        assert told.startswith("at /data/0/title: ")


@pytest.mark.parametrize(("said", "shown"), [("x-personal: false, ", True), ("", False)])
def test_a_spec_says_what_is_no_customers(said: str, shown: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table
    """`x-personal: false` shows documented text that the rule would hide."""
    text = (own_specs() / "vercel_sessions.yaml").read_text()
    (tmp_path / "vercel_sessions.yaml").write_text(
        text.replace("region: {type: string, x-personal: false, ", f"region: {{type: string, {said}")
    )
    contract = load_contract("vercel_sessions", tmp_path)

    body = privacy(contract).body(200, b'{"sessions": [{"region": "iad1"}]}')

    assert (b"iad1" in body) is shown


def test_a_spec_says_what_is_a_customers(tmp_path: Path) -> None:
    """`x-personal: true` hides a name that is filtered by, in items and in queries."""
    text = (own_specs() / "vercel_sessions.yaml").read_text()
    (tmp_path / "vercel_sessions.yaml").write_text(
        text.replace("sourceSandboxName: {type: string, ", "sourceSandboxName: {type: string, x-personal: true, ")
    )
    hider = privacy(load_contract("vercel_sessions", tmp_path))

    ((_, asked),) = hider.query([("name", TITLE)])

    assert TITLE.encode() not in hider.body(200, json.dumps({"sessions": [{"sourceSandboxName": TITLE}]}).encode())
    assert asked.startswith(f"…{len(TITLE)} characters ")


def test_names_of_the_documentation_are_nobodys() -> None:
    """Where a value happens to be the name of a parameter, sentences name the parameter all the same."""
    contract = CONTRACTS["sandbase_sessions"]
    name = contract.parameters[0].name
    body = json.dumps({"data": [{"title": f"{name}"}, {"title": TITLE}]}).encode()
    exchange = Exchange(Request("GET", "http://a.example", ()), 200, httpx.Headers(), body, 0.1)

    told = Disclosure(privacy(contract), [exchange]).text(f"400 for '{name}'=0 of '{TITLE}'")

    assert told.startswith(f"400 for '{name}'=0 of '\u202618 characters")
    assert TITLE not in told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(["id", "title", "metadata", "é"]), inside)
    ),
)


@given(items=st.lists(JSON, max_size=4), ascii_only=st.booleans())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_both_ways_of_reading_find_the_same_values(items: list[object], ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    """What is JSON hides the same values when it is read token by token, as what is none is read."""
    shape = privacy(CONTRACTS["sandbase_sessions"])._page  # noqa: SLF001 - of the operation's pages
    body = json.dumps({"data": items}, ensure_ascii=ascii_only).encode("utf-8", "replace")

    tokens = {value for _, value in stand_ins.walk(body, shape) if value}

    assert set(hidden_values.values(body, shape)) == tokens


@pytest.mark.parametrize("end", ["}", ""], ids=["whole", "cut"])
def test_the_values_of_a_body_are_those_that_it_hides(end: str) -> None:
    """Whether it is JSON, which is read at once, or breaks off, which is read token by token."""
    body = (
        r'{"data": [{"id": "s1", "title": "first", "title": "twice", "metadata": {"n": 7.50, "m": 12e3, "x": NaN,'
        r' "none": null, "\u00e9": "\u00e9t\u00e9", "half": "\ud800", "tab": "a\tb"}},'
        r' {"metadata": {"deep": [["Joe"]]}}]'
    )
    exchange = Exchange(Request("GET", "http://a.example", ()), 200, httpx.Headers(), (body + end).encode(), 0.1)

    values = privacy(CONTRACTS["sandbase_sessions"]).values_of([exchange])

    assert set(values) == {"first", "twice", "7.50", "12e3", "été", "\ud800", "a\tb", "Joe"}
