"""What documents of the world do is drafted as they mean it, or asked; and it holds against its own mock."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract
from conformance.tests.draft.kinds import CHANGES, DOCUMENT, Json, document_of
from conformance.tests.draft.test_round_trip import answered

STEM = "acme_boxes"


@pytest.fixture
def drafted(tmp_path: Path) -> Callable[[Json], Contract]:
    """Draft a document, answer its questions, and read the spec."""

    def draft(document: Json) -> Contract:
        (tmp_path / "acme.json").write_text(json.dumps(document))
        arguments = ("--from", str(tmp_path / "acme.json"), "--path", "/boxes", "--specs", str(tmp_path))
        assert main(["new", STEM, *arguments]) == 0
        spec = tmp_path / f"{STEM}.yaml"
        spec.write_text(answered(spec.read_text()))
        return load_contract(STEM, tmp_path)

    return draft


@pytest.mark.parametrize("name", CHANGES)
def test_a_draft_agrees_with_its_document(name: str, drafted: Callable[[Json], Contract], tmp_path: Path) -> None:
    """Not even a note."""
    drafted(document_of(name))

    arguments = (STEM, str(tmp_path / "acme.json"), "--specs", str(tmp_path), "--fail-on", "note")
    assert main(["diff", *arguments]) == 0


@pytest.mark.parametrize(
    "name",
    [
        name
        if name in {"a cursor that is the last item", "a next page that is an address", "a filter with a default"}
        else pytest.param(name, marks=pytest.mark.exhaustive)
        for name in CHANGES
    ],
)
def test_a_draft_holds_against_its_mock(name: str, drafted: Callable[[Json], Contract], tmp_path: Path) -> None:
    """The honest mock of what was drafted is accused of nothing."""
    drafted(document_of(name))

    assert main(["run", STEM, "--specs", str(tmp_path), "--fail-on", "note"]) == 0


def test_everything_that_holds_at_once_is_drafted(drafted: Callable[[Json], Contract]) -> None:
    """The items are found through an envelope, whichever of its parts describes them, and errors are none."""
    contract = drafted(document_of("an envelope that allOf composes"))

    assert str(contract.items) == "$response.body#/boxes"
    assert contract.identity == "/id"
    assert contract.resolve(contract.page_schema)["properties"]["boxes"]["items"] == {
        "$ref": "#/components/schemas/Box"
    }


def test_kinds_know_their_base(drafted: Callable[[Json], Contract]) -> None:
    """A kind has its base's fields, and not the fields of its siblings."""
    contract = drafted(document_of("kinds of a base, whose base has kinds"))
    schemas = contract.document["components"]["schemas"]

    assert set(schemas["Vm"]["properties"]) == {"id", "state", "vm"}
    assert [branch["$ref"].rpartition("/")[2] for branch in schemas["Box"]["anyOf"]] == ["Vm", "Ct"]


def test_null_stays(drafted: Callable[[Json], Contract]) -> None:
    """Null beside alternatives, and beside one alone, is null; the cursor may end so."""
    contract = drafted(document_of("null beside alternatives"))
    fields = contract.item_schema["properties"]

    assert fields["price"]["anyOf"] == [{"type": "string"}, {"type": "number"}, {"type": "null"}]
    assert {"type": "null"} in fields["note"]["anyOf"]
    assert contract.paging is not None
    assert contract.paging.ends == ("null",)


def test_what_counts_only_together_is_not_offered_alone(drafted: Callable[[Json], Contract]) -> None:
    """The scheme that is enough alone remains; the other is told to be left out."""
    contract = drafted(document_of("credentials together"))

    assert [one.scheme for one in contract.credentials] == ["Key"]
    assert "left out: the credentials Key and Team" in contract.text


def test_what_is_enough_only_together_is_drafted_so(drafted: Callable[[Json], Contract]) -> None:
    """One alternative has both, and each has a variable of its own."""
    contract = drafted(document_of("credentials that are enough only together"))

    assert [str(one) for one in contract.security] == ["Key with Team"]
    assert [one.variables for one in contract.security] == [("ACME_KEY", "ACME_TEAM")]


@pytest.mark.parametrize(
    ("security", "code"),
    [
        ([{"Team": [], "Key": []}], 0),
        ([{"Other": []}, {"Key": [], "Team": []}], 0),
        ([{"Key": []}], 0),
        ([{"Key": [], "Other": []}], 1),
        ([{"Key": [], "Team": [], "Other": []}], 1),
        ([{"Other": []}], 1),
    ],
)
def test_alternatives_are_compared_whole(
    security: list[Json], code: int, drafted: Callable[[Json], Contract], tmp_path: Path
) -> None:
    """Both are still enough where both or fewer are asked for, and not where something else is."""
    document = document_of("credentials that are enough only together")
    drafted(document)
    document["components"]["securitySchemes"]["Other"] = {"type": "apiKey", "in": "header", "name": "X-Other"}
    (tmp_path / "next.json").write_text(json.dumps(document | {"security": security}))

    assert main(["diff", STEM, str(tmp_path / "next.json"), "--specs", str(tmp_path)]) == code


def test_what_is_enough_together_stands_beside_what_is_enough_alone(drafted: Callable[[Json], Contract]) -> None:
    """Every alternative that a request can carry is drafted; two credentials in one header are left out and told."""
    document = document_of("credentials that are enough only together")
    schemes = document["components"]["securitySchemes"]
    schemes |= {name: {"type": "http", "scheme": name.lower()} for name in ("Bearer", "Basic")}
    document["security"] += [{"Bearer": []}, {"Bearer": [], "Basic": []}, {"Basic": [], "Team": []}]

    contract = drafted(document)

    assert [str(one) for one in contract.security] == ["Key with Team", "Bearer", "Basic with Team"]
    assert len({one.env for one in contract.credentials}) == len(contract.credentials)
    assert "left out: the credentials Bearer and Basic, which one request cannot carry" in contract.text


def test_a_response_by_default_describes_refusals(drafted: Callable[[Json], Contract]) -> None:
    """What answers a bad value and a missing credential is asked for, with the published body."""
    contract = drafted(document_of("refusals by default"))
    statuses = {response.status: response for response in contract.responses}

    assert {refusal.given: refusal.status for refusal in contract.refusals} == dict.fromkeys(
        ("missing-credentials", "wrong-credentials", "invalid-parameter"), ("4XX",)
    )
    assert statuses["4XX"].content == statuses["default"].content


STYLES = {
    "a page that is a number": ("page-number", "page"),
    "an offset": ("offset", "offset"),
    "a next page that is an address": ("next-url", "page"),
    "links to other pages": ("next-url", "cursor"),
    "links of a bundle": ("next-url", "cursor"),
    "links that are no pages": ("page-number", "page"),
    "a cursor that is the last item": ("last-item", "starting_after"),
    "as it is": ("cursor", "cursor"),
}


@pytest.mark.parametrize("name", STYLES)
def test_what_leads_on_is_guessed_by_what_it_is(name: str, drafted: Callable[[Json], Contract]) -> None:
    """An address is no cursor for a number; what no Link can say has its style."""
    paging = drafted(document_of(name)).paging

    assert paging is not None
    assert (str(paging.style), paging.parameter) == STYLES[name]
    assert paging.entries == {
        "links to other pages": ("/rel", "/href"),
        "links of a bundle": ("/relation", "/url"),
    }.get(name, ("", ""))


PROPERTIES: dict[str, tuple[Json, str]] = {
    "uid": ({"uid": {"type": "string"}, "owner_id": {"type": "string"}}, "/uid"),
    "sid": ({"sid": {"type": "string"}, "name": {"type": "string"}}, "/sid"),
    "its own id": ({"box_id": {"type": "string"}, "owner_id": {"type": "string"}}, "/box_id"),
    "one object down": ({"metadata": {"type": "object", "properties": {"uid": {"type": "string"}}}}, "/metadata/uid"),
    "an owner's id alone": ({"ownerId": {"type": "string"}, "name": {"type": "string"}}, ""),
    "an object called id": ({"id": {"type": "object"}, "cpus": {"type": "integer"}}, ""),
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_an_identity_is_guessed_or_asked(name: str, tmp_path: Path) -> None:
    """What names an item is found by its name, and never taken from somebody else."""
    properties, expected = PROPERTIES[name]
    document = document_of("as it is")
    document["components"]["schemas"]["Box"] = {"type": "object", "properties": properties}
    (tmp_path / "acme.json").write_text(json.dumps(document))

    main(["new", STEM, "--from", str(tmp_path / "acme.json"), "--path", "/boxes", "--specs", str(tmp_path)])

    text = (tmp_path / f"{STEM}.yaml").read_text()
    asked = "identity: 'TODO: which field names an item" in text
    assert (asked, f"identity: {expected}\n" in text) == (not expected, bool(expected))


def test_several_values_filter_one_field(drafted: Callable[[Json], Contract]) -> None:
    """`states` filters `state`; what a parameter says in brackets is a bound."""
    document = document_of("as it is")
    listed = document["paths"]["/boxes"]["get"]["parameters"]
    listed.append({"name": "states", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}})
    listed.append({"name": "created_at[gte]", "in": "query", "schema": {"type": "string", "format": "date-time"}})
    moment = {"type": "string", "format": "date-time"}
    document["components"]["schemas"]["Box"]["properties"]["createdAt"] = moment

    filters = drafted(document).filters

    assert [(one.parameter, one.field, str(one.relation)) for one in filters] == [
        ("states", "/state", "in"),
        ("created_at[gte]", "/createdAt", "at-least"),
    ]


def test_a_time_bounds_no_text_of_another_form(drafted: Callable[[Json], Contract], tmp_path: Path) -> None:
    """It is not guessed; and where a spec says so, no check asks with what the parameter does not take."""
    document = document_of("as it is")
    states = {"name": "states", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
    since = {"name": "created_at[gte]", "in": "query", "schema": {"type": "string", "format": "date-time"}}
    document["paths"]["/boxes"]["get"]["parameters"] += [states, since]
    document["components"]["schemas"]["Box"]["properties"]["createdAt"] = {"type": "string", "format": "byte"}

    assert [one.parameter for one in drafted(document).filters] == ["states"]
    spec = tmp_path / f"{STEM}.yaml"
    bound = "{parameter: 'created_at[gte]', field: /createdAt, relation: at-least, says: not before it}"
    spec.write_text(spec.read_text().replace("filters:\n", f"filters:\n          - {bound}\n"))
    assert main(["run", STEM, "--specs", str(tmp_path)]) == 0


def test_what_every_request_must_carry_has_a_value(drafted: Callable[[Json], Contract], tmp_path: Path) -> None:
    """A value is drafted with a question; without one, a run says that it cannot ask."""
    contract = drafted(document_of("a filter that every request must carry"))
    spec = tmp_path / f"{STEM}.yaml"

    assert contract.given == (("state", "open"),)
    spec.write_text("".join(line for line in spec.read_text().splitlines(keepends=True) if "given: {state" not in line))
    assert main(["run", STEM, "--specs", str(tmp_path)]) == 3


def test_a_fixture_shows_what_its_filter_lists(drafted: Callable[[Json], Contract], tmp_path: Path) -> None:
    """Items take the values that a filter tells apart, and no word that means all of them."""
    drafted(document_of("a filter with a default"))
    fixture: Any = json.loads((tmp_path / "fixtures" / f"{STEM}.json").read_text())

    assert fixture["vary"] == {"/state": ["open", "closed"]}


def test_guesses_are_shown_with_their_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line has each guess with its reason; a hole is told once."""
    (tmp_path / "acme.json").write_text(json.dumps(DOCUMENT))

    main(["new", STEM, "--from", str(tmp_path / "acme.json"), "--path", "/boxes", "--specs", str(tmp_path)])

    printed = capsys.readouterr().out.splitlines()
    told = [line.rpartition(".yaml:")[2] for line in printed if ".yaml:" in line]
    assert printed[-1].startswith("5 guesses: items: /boxes (the only array); identity: /id (called id); ")
    assert len(told) == len(set(told))


def test_a_default_that_does_not_fit_is_told(drafted: Callable[[Json], Contract]) -> None:
    """It is left out of the spec, which would not be valid with it."""
    contract = drafted(document_of("a default that does not fit"))

    assert contract.limit is not None
    assert contract.limit.default is None
    assert "the default 500 of 'limit', which its own schema rules out" in contract.text
