"""`conformance new` writes a spec that lacks nothing but answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.draft.sample import number
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract, own_specs
from conformance.tests.published.conftest import HERE as PUBLISHED

SECRETS = [
    "jane.doe@corp.example",
    "sk_live_51HxYz",
    "Jane's laptop",
    "10.1.2.3",
    "hooks.corp.example",
    "40071234567",
    "bx_81hAk2",
]
BOX = {
    "id": "bx_81hAk2",
    "owner": {"email": "jane.doe@corp.example", "accountId": 40071234567},
    "title": "Jane's laptop",
    "status": "running",
    "createdAt": "2026-05-01T10:00:00.123Z",
    "endedAt": None,
    "cpus": 2,
    "metadata": {"sk_live_51HxYz": "jane.doe@corp.example"},
    "webhook": "https://hooks.corp.example/bx_81hAk2",
    "nodes": [{"ip": "10.1.2.3", "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}],
}
OTHER = BOX | {"id": "bx_92jXkk", "status": "paused", "endedAt": "2026-05-01T12:00:00Z", "nodes": []}
BODY = {"boxes": [BOX, OTHER], "nextCursor": "abc", "total": 2}


def new(*arguments: str, directory: Path, stem: str = "acme_things") -> int:
    """Run `conformance new` into a directory."""
    return main(["new", stem, *arguments, "--specs", str(directory)])


def answer(path: Path) -> None:
    """Answer every question of a draft with yes."""
    path.write_text(path.read_text().replace("TODO: ", "as documented, "))


@pytest.mark.parametrize(("name", "path"), [("acme_30", "/v1/things"), ("acme_31", "/things")])
def test_a_published_document_becomes_a_spec(name: str, path: str, tmp_path: Path) -> None:
    """With its questions answered the draft holds against its own mock, and agrees with the document."""
    document = str(PUBLISHED / f"{name}.yaml")

    assert new("--from", document, "--path", path, directory=tmp_path) == 0
    answer(tmp_path / "acme_things.yaml")

    assert main(["run", "acme_things", "--specs", str(tmp_path), "--fail-on", "note"]) == 0
    assert main(["diff", "acme_things", document, "--specs", str(tmp_path)]) == 0


def test_a_loosely_published_document_becomes_a_spec(tmp_path: Path) -> None:
    """Numbers as keys, objects without a type, free pairs: what is meant is drafted, and its mock shows all of it."""
    document = str(Path(__file__).with_name("loose.yaml"))

    assert new("--from", document, "--path", "/v2/machines", directory=tmp_path, stem="loose_machines") == 0
    answer(tmp_path / "loose_machines.yaml")

    contract = load_contract("loose_machines", tmp_path)
    relations = [(one.parameter, one.field, str(one.relation), one.encoding) for one in contract.filters]
    assert contract.identity == "/machineID"
    assert relations == [("labels", "/labels", "contains", "form"), ("state", "/state", "in", "")]
    assert [response.status for response in contract.responses] == ["200", "400", "401"]
    assert main(["run", "loose_machines", "--specs", str(tmp_path), "--fail-on", "note"]) == 0
    for fault in ("contains-ignored", "in-ignored"):
        assert main(["run", "loose_machines", "--specs", str(tmp_path), "--fault", fault]) == 1
    assert main(["diff", "loose_machines", document, "--specs", str(tmp_path), "--fail-on", "note"]) == 0


def test_our_own_specs_are_drafted_again(contract: Contract, tmp_path: Path) -> None:
    """A draft of each of our specs is valid, and its mock keeps it."""
    stem, document = f"again_{contract.stem}", str(own_specs() / f"{contract.stem}.yaml")

    assert new("--from", document, "--path", contract.path, directory=tmp_path, stem=stem) == 0
    draft = tmp_path / f"{stem}.yaml"
    asked = re.sub(r"identity: ['\"]?TODO: .*", f"identity: {contract.identity}", draft.read_text())
    draft.write_text(asked)  # which of several names an item is asked, not guessed
    answer(draft)
    drafted = load_contract(stem, tmp_path)

    assert (drafted.items, drafted.identity, drafted.server) == (contract.items, contract.identity, contract.server)
    assert {one.name for one in drafted.parameters} == {one.name for one in contract.parameters}
    assert main(["run", stem, "--specs", str(tmp_path)]) == 0


def test_every_hole_is_listed_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line that is printed leads to a TODO, and none is left out."""
    new("--from", str(PUBLISHED / "acme_30.yaml"), "--path", "/v1/things", directory=tmp_path)
    path = tmp_path / "acme_things.yaml"
    lines = path.read_text().splitlines()

    printed = [int(number) for number in re.findall(r"\.yaml:(\d+): ", capsys.readouterr().out)]

    assert printed == [number for number, line in enumerate(lines, 1) if "TODO" in line and number > 1]
    assert len(printed) > 5


def test_a_draft_is_no_spec_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Until its questions are answered a draft is refused, with the line of each."""
    new("--from", str(PUBLISHED / "acme_30.yaml"), "--path", "/v1/things", directory=tmp_path)
    path = tmp_path / "acme_things.yaml"
    wanted = [number for number, line in enumerate(path.read_text().splitlines(), 1) if "TODO: " in line]
    capsys.readouterr()

    code = main(["run", "acme_things", "--specs", str(tmp_path)])

    errors = " ".join(capsys.readouterr().err.split())
    assert code == 2
    assert f"{path}:{wanted[0]}: a hole is left" in errors
    assert f"lines {', '.join(map(str, wanted))}" in errors


def test_a_recorded_response_becomes_a_spec(tmp_path: Path) -> None:
    """Types, formats and presence are inferred; pairs of the customer's own stay open; the mock keeps the draft."""
    recorded = tmp_path / "body.json"
    recorded.write_text(json.dumps(BODY))

    assert (
        new(
            "--from-response",
            str(recorded),
            "--path",
            "/v2/boxes",
            "--server",
            "https://api.example.com/",
            directory=tmp_path,
        )
        == 0
    )
    answer(tmp_path / "acme_things.yaml")
    contract = load_contract("acme_things", tmp_path)
    fields = contract.item_schema["properties"]

    assert fields["createdAt"] == {"type": "string", "format": "date-time"}
    assert fields["endedAt"] == {"type": ["string", "null"], "format": "date-time"}
    assert fields["metadata"] == {"type": "object", "additionalProperties": True}
    assert fields["status"] == {"type": "string"}
    assert (contract.server, str(contract.items)) == ("https://api.example.com", "$response.body#/boxes")
    assert main(["run", "acme_things", "--specs", str(tmp_path)]) == 0


def test_recorded_rows_become_a_spec_of_rows(tmp_path: Path) -> None:
    """Columns that are named beside their rows are found; points beside a list of objects are no rows."""
    names = ["id", "name", "seen_at"]
    rows = [[7, "ann's", "2026-05-06T10:00:00Z"], [8, "bob's", None]]
    for columns, name in ((names, {}), ([{"title": 1, "name": one} for one in names], {"name": "/name"})):
        recorded = tmp_path / "body.json"
        recorded.write_text(json.dumps({"meta": {"columns": columns}, "rows": rows}))
        where = ("--path", "/rows", "--server", "https://api.example.com")
        new("--from-response", str(recorded), *where, directory=tmp_path)
        answer(tmp_path / "acme_things.yaml")
        contract = load_contract("acme_things", tmp_path)

        assert {one: part.types for one, part in contract.item.members.items()} == {
            "id": ("integer",),
            "name": ("string",),
            "seen_at": ("string", "null"),
        }
        assert contract.rows is not None
        assert (str(contract.rows.named), contract.rows.label) == ("$response.body#/meta/columns", name.get("name", ""))
        assert main(["run", "acme_things", "--specs", str(tmp_path)]) == 0
        for file in (tmp_path / "acme_things.yaml", tmp_path / "fixtures" / "acme_things.json"):
            assert "ann" not in file.read_text()
            file.unlink()
    recorded.write_text(json.dumps({"boxes": [BOX], "axes": ["x", "y"], "points": [[1, 2], [3, 4]]}))
    new("--from-response", str(recorded), "--path", "/boxes", directory=tmp_path)
    assert "rows:" not in (tmp_path / "acme_things.yaml").read_text()


SHOWN = {"boxes": [{"id": "bx_1", "status": "up", "note": None, "createdAt": "2026-05-01T10:00:00Z"}], "next": None}
EXAMPLES: list[dict[str, Any]] = [
    {"example": SHOWN},
    {"examples": {"empty": {"value": {"boxes": []}}, "page": {"value": SHOWN}}},
    {"schema": {"type": "object", "description": "A page."}, "example": SHOWN},
    {"schema": {"type": "object", "example": SHOWN}},
]


@pytest.mark.parametrize("media", EXAMPLES)
def test_a_page_that_only_examples_show_is_drafted(media: dict[str, Any], tmp_path: Path) -> None:
    """A document that describes its page by examples alone is drafted from them; null alone says no type."""
    content = {"application/json": media}
    get = {"parameters": [{"name": "status", "in": "query"}], "responses": {"200": {"content": content}}}
    document = tmp_path / "published.json"
    head = {"openapi": "3.0.3", "info": {}, "servers": [{"url": "https://api.example.com"}]}
    document.write_text(json.dumps(head | {"paths": {"/v1/boxes": {"get": get}}}))

    assert new("--from", str(document), "--path", "/v1/boxes", directory=tmp_path) == 0
    answer(tmp_path / "acme_things.yaml")

    fields = load_contract("acme_things", tmp_path).item_schema["properties"]
    assert (fields["createdAt"]["format"], fields["note"]) == ("date-time", {})
    assert main(["diff", "acme_things", str(document), "--specs", str(tmp_path), "--fail-on", "warning"]) == 0
    assert main(["run", "acme_things", "--specs", str(tmp_path)]) == 0


def test_what_is_drafted_of_a_number_is_exact() -> None:
    """Whole bounds beyond 53 bits are kept to the last digit, and fractions as they are."""
    for least in (2**53 + 1, 10**30 + 1, -(2**53) - 1):
        assert number({"minimum": least, "maximum": least}, whole=True) == least
    assert number({"maximum": -(2**53) - 1}, whole=True) == -(2**53) - 1
    assert number({"maximum": 0.75, "multipleOf": 0.25, "exclusiveMinimum": 0.5}, whole=False) == 0.75
    assert number({"minimum": 1.5}, whole=True) == 2


def test_a_listing_in_one_piece_keeps_its_bound(tmp_path: Path) -> None:
    """The mock's collection is as large as a page's schema lets it be; numbers that begin beyond times are no times."""
    identity = {"type": "integer", "minimum": 2**53 + 1}
    box = {"type": "object", "required": ["id"], "properties": {"id": identity}}
    boxes = {"type": "object", "properties": {"boxes": {"type": "array", "maxItems": 4, "items": box}}}
    get = {"responses": {"200": {"content": {"application/json": {"schema": boxes}}}}}
    document = tmp_path / "published.json"
    head = {"openapi": "3.1.0", "servers": [{"url": "https://api.example.com"}]}
    document.write_text(json.dumps(head | {"paths": {"/v1/boxes": {"get": get}}}))
    new("--from", str(document), "--path", "/v1/boxes", directory=tmp_path)
    answer(tmp_path / "acme_things.yaml")

    assert main(["run", "acme_things", "--specs", str(tmp_path)]) == 0


def test_a_header_that_names_the_next_page_holds_no_offset(tmp_path: Path) -> None:
    """An offset is counted, whatever X-Next-Page holds; a page number is taken from it."""
    page = {"content": {"application/json": {"example": SHOWN}}, "headers": {"X-Next-Page": {}}}
    answers = {"responses": {"200": page}}
    paths = {
        f"/{name}": {"get": {"parameters": [{"name": name, "in": "query", "schema": {"type": "integer"}}], **answers}}
        for name in ("offset", "page")
    }
    document = tmp_path / "published.json"
    document.write_text(json.dumps({"openapi": "3.0.3", "info": {}, "paths": paths}))
    for name in ("offset", "page"):
        assert new("--from", str(document), "--path", f"/{name}", directory=tmp_path, stem=f"acme_{name}") == 0
    offset, number = [(tmp_path / f"acme_{name}.yaml").read_text() for name in ("offset", "page")]

    assert ("style: offset" in offset, "header.X-Next-Page" in offset) == (True, False)
    assert "parameters: {page: $response.header.X-Next-Page}" in number


def test_nothing_of_a_customer_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No recorded text but times and the provider's own words is in the fixture, the spec or the output."""
    recorded = tmp_path / "body.json"
    recorded.write_text(json.dumps(BODY))
    new("--from-response", str(recorded), "--path", "/v2/boxes", directory=tmp_path)
    out = capsys.readouterr()
    fixture = (tmp_path / "fixtures" / "acme_things.json").read_text()

    written = out.out + out.err + fixture + (tmp_path / "acme_things.yaml").read_text()

    assert [secret for secret in SECRETS if secret in written] == []
    items = json.loads(fixture)["items"]
    assert [item["status"] for item in items] == ["running", "paused"]
    assert items[0]["owner"] == items[1]["owner"]
    assert items[0]["id"] != items[1]["id"]
    assert re.fullmatch(r"[a-z]{2}_\d\d[a-z][A-Z][a-z]\d", items[0]["id"])


@pytest.mark.parametrize("body", [[BOX], {"data": {"list": 1}, "rows": [BOX]}, {"data": [BOX], "ids": ["a"]}])
def test_items_are_found(body: Any, tmp_path: Path) -> None:
    """A bare array, or the array of objects in the page."""
    recorded = tmp_path / "body.json"
    recorded.write_text(json.dumps(body))

    new(
        "--from-response",
        str(recorded),
        "--path",
        "/v2/boxes",
        "--server",
        "https://api.example.com",
        directory=tmp_path,
    )
    answer(tmp_path / "acme_things.yaml")

    assert "cpus" in load_contract("acme_things", tmp_path).item_schema["properties"]


@pytest.mark.parametrize(
    ("stem", "arguments", "words"),
    [
        ("things", ("--path", "/x", "--from", "x.json"), "is not a stem"),
        ("a_b", ("--path", "/x"), "one source is needed"),
        ("a_b", ("--path", "/x", "--from", "x.json", "--from-response", "y.json"), "one source is needed"),
        ("a_b", ("--path", "x", "--from", "x.json"), "a path begins with /"),
        ("a_b", ("--path", "/x", "--from", "nowhere.json"), "cannot be read"),
        ("a_b", ("--path", "/x", "--from-response", "nowhere.json"), "cannot be read"),
        ("a_b", ("--path", "/v1/thing", "--from", str(PUBLISHED / "acme_30.yaml")), "Did you mean /v1/things?"),
        ("a_b", ("--path", "/x", "--from-response", str(PUBLISHED / "acme_30.yaml")), ":1: is not JSON"),
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2(
    stem: str, arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong is said, and nothing is written."""
    code = new(*arguments, directory=tmp_path / "specs", stem=stem)

    assert (code, words in " ".join(capsys.readouterr().err.split())) == (2, True)
    assert not (tmp_path / "specs").exists()


def test_a_path_without_get_is_not_offered_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for a path that other methods have is not told to ask for it."""
    document = tmp_path / "published.json"
    document.write_text('{"openapi": "3.1.0", "paths": {"/v1/boxes": {"post": {}}}}')

    assert new("--from", str(document), "--path", "/v1/boxes", directory=tmp_path) == 2
    assert "other methods alone" in capsys.readouterr().err


def test_a_response_without_items_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A body without a list of objects is no page."""
    recorded = tmp_path / "body.json"
    recorded.write_text('{"error": "no"}')

    assert new("--from-response", str(recorded), "--path", "/v2/boxes", directory=tmp_path) == 2
    assert "no list of objects" in capsys.readouterr().err


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    """A spec that was worked on is kept unless --force is given."""
    arguments = ("--from", str(PUBLISHED / "acme_30.yaml"), "--path", "/v1/things")
    new(*arguments, directory=tmp_path)
    path = tmp_path / "acme_things.yaml"
    path.write_text("mine")

    codes = new(*arguments, directory=tmp_path), path.read_text(), new(*arguments, "--force", directory=tmp_path)

    assert codes == (2, "mine", 0)
    assert path.read_text() != "mine"


def test_an_installed_suite_writes_where_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a checkout the draft goes to ./specs, never among the specs that were installed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "conformance.cli.new.own_specs", lambda: tmp_path / "site-packages" / "conformance" / "bundled_specs"
    )

    code = main(["new", "acme_things", "--from", str(PUBLISHED / "acme_30.yaml"), "--path", "/v1/things"])

    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert (code, written) == (0, {"specs/acme_things.yaml", "specs/fixtures/acme_things.json"})
