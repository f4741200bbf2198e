"""Filters that are expressions in one parameter: asked for, judged, recorded and hidden as single values are."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from conformance.errors import SpecError
from conformance.mock.faults import FAULTS
from conformance.privacy.customer_values import Privacy
from conformance.replay.recording.lines import line_of
from conformance.result import Result
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.replay.conftest import BEGAN, found, replayed
from conformance.tests.runs import Contracts, applicable, drifted, ran

HERE = Path(__file__).with_name("contracts")
OTHERS = Contracts(HERE / "specs")
STEM = "loom_runs"
MISTAKES = {
    "no place for the value": ("name:{value}", "name:value", "is no expression"),
    "nothing around it": ("encoding: 'name:{value}'", "encoding: '{value}'", "is no expression"),
    "a key": ("name:{value}", "{key}:{value}", "is no expression"),
    "a parameter of some texts": (
        "{name: filter, in: query, schema: {type: string}}",
        "{name: filter, in: query, schema: {type: string, pattern: '^n'}}",
        "does not take any text",
    ),
    "a value beside expressions": (
        ", encoding: 'name:{value}', conjunction: ' and '",
        "",
        "another filter takes the whole of 'filter'",
    ),
    "a conjunction of all but one": (
        "encoding: 'size > {value}', conjunction: ' and '",
        "encoding: 'size > {value}'",
        "conjunction ' and ' joins expressions of 'filter' that do not have it",
    ),
    "an expression of presence": (
        "relation: has-text,",
        "relation: present,",
        "'encoding' does not belong to what stands beside it",
    ),
}


def asked(fault: str | None = None) -> list[str]:
    """What a run asks the parameter for."""
    queries = (parse_qsl(urlsplit(one.request.url).query) for one in run_on(fault).exchanges)
    return [value for query in queries for name, value in query if name == "filter"]


def run_on(fault: str | None = None) -> Result:
    """A run on the mock."""
    return ran(OTHERS[STEM], fault, fixtures=HERE / "fixtures")


def test_each_expression_is_asked_with_plain_values() -> None:
    """Each of them, with values that need no quotes of their own, and what is none."""
    starts = ("name = '", 'state != "', "name:", "size > ", 'startedAt >= "', "labels.")

    assert drifted(run_on()) == set()
    assert all(any(one.startswith(start) for one in asked()) for start in starts)
    assert not [one for one in asked() if "by hand" in one]
    assert [one for one in asked() if not one.startswith(starts)] == ["(("]
    joined = [tuple(one.split(" and ")) for one in asked() if " and " in one]
    assert {len(parts) for parts in joined} == {2}
    assert all(part.startswith(starts) for parts in joined for part in parts)


@pytest.mark.parametrize(
    "fault", ["equals-ignored", "contains-ignored", "lower-bound-reversed", "bad-expression-accepted"]
)
def test_a_lie_about_an_expression_is_found(fault: str) -> None:
    """By the check that finds it of other filters, in a run and in its recording."""
    result = run_on(fault)
    lines = [line_of(one, now=BEGAN + timedelta(seconds=index / 20)) for index, one in enumerate(result.exchanges)]
    recorded = found(replayed(OTHERS[STEM], lines, specs=str(HERE / "specs")))

    assert STEM in applicable(fault, OTHERS)
    assert FAULTS[fault].check in drifted(result)
    assert fault == "bad-expression-accepted" or "filter-sound" in recorded


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_where_it_stands(name: str) -> None:
    """With file, line and hint."""
    old, new, told = MISTAKES[name]
    text = OTHERS[STEM].text
    assert text.count(old) == 1

    with pytest.raises(SpecError) as caught:
        contract_of(Document.parse(text.replace(old, new), name="loom_runs.yaml"), STEM)

    assert told in str(caught.value)
    assert caught.value.hint


def test_a_hidden_value_is_hidden_in_its_expression() -> None:
    """The rest of the expression is the page's own, and stays."""
    text = OTHERS[STEM].text.replace("name: {type: string}", "name: {type: string, x-personal: true}")
    hider = Privacy(contract_of(Document.parse(text, name="loom_runs.yaml"), STEM), "a key of this test")

    ((_, name), (_, state)) = hider.query([("filter", "name = 'Ada'"), ("filter", 'state != "done"')])

    assert name.startswith("name = '")
    assert "Ada" not in name
    assert state == 'state != "done"'
