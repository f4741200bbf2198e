"""Credentials that count only together: a client sends all of them, whatever each comes from, and shows none."""

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import httpx
import pytest
from listing_runtime.errors import ConfigurationError, InvalidArgumentError

from tests.test_secrets_in_errors import shown

ROOT = Path(__file__).parents[2]
KEY, ACCOUNT, LOGIN = "key-very-secret-0123", "account-very-secret-4567", "login-very-secret-89ab"
BOTH = {"apiKey": KEY, "accountId": ACCOUNT}
STEM = "pairs_boxes"
SPEC = """\
openapi: 3.1.0
info: {title: Pairs, version: v2}
servers: [{url: https://pairs.invalid}]
security: [{apiKey: [], accountId: []}, {session: [], region: []}]
paths:
  /boxes:
    get:
      operationId: list_boxes
      parameters: [{name: state, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Boxes.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Box'}}}}
      x-conformance: {items: $response.body#, identity: /uid}
components:
  securitySchemes:
    apiKey: {type: apiKey, in: header, name: X-Api-Key, x-env: PAIRS_API_KEY}
    accountId: {type: apiKey, in: query, name: account, x-env: PAIRS_ACCOUNT_ID}
    session: {type: apiKey, in: cookie, name: sid, x-env: PAIRS_SESSION}
    region: {type: apiKey, in: cookie, name: region, x-env: PAIRS_REGION}
  schemas:
    Box: {type: object, required: [uid], properties: {uid: {type: string}}}
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is generated of a spec whose credentials count only together."""
    root = tmp_path_factory.mktemp("pairs")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    (root / "specs").mkdir()
    (root / "specs" / f"{STEM}.yaml").write_text(SPEC)
    assert generate.main([], root) == 0
    return root / "generated" / STEM


@pytest.fixture
def package(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The generated package, in an environment without credentials."""
    for name in ("API_KEY", "ACCOUNT_ID", "SESSION", "REGION"):
        monkeypatch.delenv(f"PAIRS_{name}", raising=False)
    sys.path.insert(0, str(checkout))
    yield importlib.import_module(STEM)
    sys.path.remove(str(checkout))


def asked(package: Any, *token: Any, answer: httpx.Response | None = None, **settings: Any) -> httpx.Request:
    """The request of a client that is made so."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer or httpx.Response(200, json=[{"uid": "1"}])

    with package.Client(*token, http_client=httpx.Client(transport=httpx.MockTransport(handle)), **settings) as client:
        list(client.list_boxes(state="on"))
    return seen[0]


@pytest.mark.parametrize(
    ("token", "variables"),
    [
        ([BOTH], {}),
        ([], {"PAIRS_API_KEY": f" {KEY}\n", "PAIRS_ACCOUNT_ID": ACCOUNT}),
        ([{"accountId": ACCOUNT}], {"PAIRS_API_KEY": KEY, "PAIRS_ACCOUNT_ID": "another"}),
        ([KEY], {"PAIRS_ACCOUNT_ID": ACCOUNT}),
    ],
)
def test_both_are_sent(
    token: list[Any], variables: dict[str, str], package: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is what was given for it, or else in its own variable."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    request = asked(package, *token)

    assert request.headers["X-Api-Key"] == KEY
    assert str(request.url) == f"https://pairs.invalid/boxes?state=on&account={ACCOUNT}"


def test_the_alternative_that_is_whole_is_taken(package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment has half of is left for what it has whole; two cookies are one header."""
    monkeypatch.setenv("PAIRS_API_KEY", KEY)
    monkeypatch.setenv("PAIRS_SESSION", LOGIN)
    monkeypatch.setenv("PAIRS_REGION", "eu-1")

    request = asked(package)

    assert request.headers["Cookie"] == f"sid={LOGIN}; region=eu-1"
    assert "X-Api-Key" not in request.headers
    assert asked(package, BOTH, scheme="accountId").headers["X-Api-Key"] == KEY
    assert asked(package, scheme="region").headers["Cookie"] == request.headers["Cookie"]


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ([], "set PAIRS_API_KEY and PAIRS_ACCOUNT_ID or PAIRS_SESSION and PAIRS_REGION"),
        ([KEY], "no credential: pass token={'accountId': ...}, or set PAIRS_ACCOUNT_ID"),
        ([{"apiKey": KEY}], "no credential: pass token={'accountId': ...}, or set PAIRS_ACCOUNT_ID"),
        ([{"apiKey": KEY, "accountId": " "}], "pass token={'accountId': ...}, or set PAIRS_ACCOUNT_ID"),
        ([{"apiKey": "ключ", "accountId": ACCOUNT}], "look at token="),
    ],
)
def test_what_is_missing_is_named(token: list[Any], told: str, package: Any) -> None:
    """The error says what to pass or to set, and shows nothing of what was given."""
    with pytest.raises(ConfigurationError) as caught:
        package.Client(*token)

    assert told in str(caught.value)
    assert caught.tb.tb_next is not None
    assert KEY not in shown(caught.value.with_traceback(caught.tb.tb_next))  # of all frames but this one


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ({"apiKey": KEY, "session": LOGIN}, "documented are 'apiKey' with 'accountId' or 'session' with 'region'"),
        ({"apiKey": KEY, "accountId": 7}, "'accountId': expected a str, got int"),
        ([KEY, ACCOUNT], "expected a str, got list"),
    ],
)
def test_what_does_not_count_together_is_refused(token: Any, told: str, package: Any) -> None:
    """Names that no alternative has, and values that are no texts."""
    with pytest.raises(InvalidArgumentError, match=told):
        package.Client(token)


def test_none_of_them_is_shown(package: Any, tmp_path: Path) -> None:
    """Not by a client, an error with the variables of its frames, or a recording, whatever the answer repeats."""
    path = tmp_path / "traffic.jsonl"
    answer = httpx.Response(403, json={"message": f"{KEY} of {ACCOUNT}"}, headers={"X-Echo": ACCOUNT})
    client = package.Client(BOTH)
    with pytest.raises(package.errors.PermissionDeniedError) as caught:
        asked(package, dict(BOTH), answer=answer, record=path)
    (line,) = map(json.loads, path.read_text().splitlines())

    told = repr(client) + repr(vars(client)) + str(caught.value)
    assert [secret for secret in (KEY, ACCOUNT) if secret in told + path.read_text()] == []
    assert line["url"] == "https://pairs.invalid/boxes?state=on&account=$PAIRS_ACCOUNT_ID"
    assert json.loads(line["body"]) == {"message": "$PAIRS_API_KEY of $PAIRS_ACCOUNT_ID"}
    assert ["x-echo", "$PAIRS_ACCOUNT_ID"] in line["headers"]


def test_a_test_needs_no_credential(package: Any) -> None:
    """What the package serves to tests is asked with all that is documented, and what it saw shows none."""
    server = importlib.import_module(f"{STEM}.testing").server([{"uid": "1"}])

    assert [box.uid for box in server.client().list_boxes(state="on")] == ["1"]
    assert server.requests[0].query == {"state": ["on"]}


def test_the_readme_says_how(package: Any, checkout: Path) -> None:
    """So does the client's own help."""
    readme = (checkout / "README.md").read_text()

    assert '`Client(token={"apiKey": "…", "accountId": "…"})`' in readme
    assert "`$PAIRS_API_KEY` and `$PAIRS_ACCOUNT_ID`" in readme
    assert '{"apiKey": …, "accountId": …}' in package.Client.__doc__
    assert "PAIRS_API_KEY and PAIRS_ACCOUNT_ID or PAIRS_SESSION and PAIRS_REGION" in package.Client.__doc__
