"""Servers of others: what no documentation promises is not held against them, and nothing they answer is a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from conformance import checks
from conformance.mock.answers.answer import Answer
from conformance.mock.answers.arguments import Reader
from conformance.mock.answers.request import Refused, Request
from conformance.mock.collection.values import Entry
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.readings import READINGS
from conformance.pointer import Expression, Pointer
from conformance.result import Result
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts
from conformance.spec.document import Document
from conformance.spec.load import contract_of
from conformance.tests.runs import CONTRACTS, Contracts, application, drifted, opening

SIXTH = Path(__file__).parents[1] / "sixth" / "specs"
OTHERS = Contracts(SIXTH)


def run(
    contract: Contract,
    garble: Callable[[Scene], Answer] | None = None,
    *,
    served: Contract | None = None,
    items: int | None = None,
) -> Result:
    """Run every check, with generated queries, against a mock with a habit of its own."""
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - nothing is loaded when tests are collected

    habit = Fault(name="own", says="It has a habit.", check="", garble=garble) if garble else None
    fixtures = SIXTH / "fixtures" if contract.stem in [*OTHERS] else None
    server = application(served or contract, fault=habit, fixtures=fixtures, items=items)
    return run_operation(contract, Plan(checks=checks.ALL, seed=1), opening(contract, server))


def accused(result: Result) -> list[str]:
    """The checks that make an error of something, or that crashed."""
    crashed = [one.check for one in result.outcomes if one.outcome == "errored"]
    return sorted({finding.check for finding, _ in result.findings if finding.is_error} | {*crashed})


def without_refusals(contract: Contract) -> Contract:
    """The contract of a page that documents no refusal at all."""
    return evolve(contract, refusals=(), responses=tuple(contract.responses_for(200)))


@pytest.mark.parametrize(
    "stem", ["browserbase_sessions", pytest.param("sandbase_sessions", marks=pytest.mark.exhaustive)]
)
def test_a_page_without_refusals_expects_none(stem: str) -> None:
    """Neither a server that refuses what is wrong nor one that takes it contradicts a page that says nothing of it."""
    silent = without_refusals(CONTRACTS[stem])

    def lenient(scene: Scene) -> Answer:
        return scene.server.answer(evolve(scene.request, query=())) if scene.answer.status == 400 else scene.answer

    assert accused(run(silent, served=CONTRACTS[stem])) == []
    assert "generated-bad-input-refused" not in drifted(run(silent, lenient, served=CONTRACTS[stem]))


@pytest.mark.parametrize("stem", ["heron_nests", pytest.param("grove_trees", marks=pytest.mark.exhaustive)])
def test_pages_after_the_last_may_be_refused(stem: str) -> None:
    """Where pages are counted, what answers one that is not there, near or far, is no error."""
    nowhere = READINGS["page-after-the-last-refused"]

    assert accused(run(OTHERS[stem], nowhere.garble)) == []


def test_a_total_in_an_optional_header_may_be_absent() -> None:
    """A header that is not required is not missed, and one that is there counts."""
    plain = OTHERS["cabin_boxes"]
    total = Counter(
        value=Expression.parse("$response.header.X-Total"),
        counts=Counts.COLLECTION,
        where={},
        says="X-Total counts all boxes",
        pointer=plain.pointer.below("x-conformance", "counters", 0),
    )
    counted = evolve(plain, counters=(total,))

    def silent(scene: Scene) -> Answer:
        return evolve(scene.answer, headers={k: v for k, v in scene.answer.headers.items() if k != "X-Total"})

    def wrong(scene: Scene) -> Answer:
        return evolve(scene.answer, headers={**scene.answer.headers, "X-Total": "7"})

    assert accused(run(counted, silent)) == []
    assert "total-is-collection" in drifted(run(counted, wrong))


@pytest.mark.parametrize("items", [None, 0])
def test_an_empty_page_may_lack_its_array(items: int | None) -> None:
    """Where the schema does not require the array, a page without it lists nothing; where it does, it is missed."""
    required = OTHERS["depot_jobs"]
    text = required.text.replace("required: [jobs, meta]", "required: [meta]")
    optional = contract_of(Document.parse(text, name=required.file), required.stem)

    lacking = READINGS["array-absent-when-empty"]

    assert (lacking.applies(optional), lacking.applies(required)) == (True, False)
    assert accused(run(optional, lacking.garble, items=items)) == []
    assert "body-matches-schema" in accused(run(required, lacking.garble, items=items))


def test_items_that_are_arrays_crash_no_check() -> None:
    """Rows where objects are documented are what the schema says of them, and no more."""

    def rows(scene: Scene) -> Answer:
        raw = f"[{scene.turn}, 2]".encode()
        found = [Entry(value=one.value, owners=one.owners, raw=raw) for one in scene.answer.items or ()]
        return evolve(scene.answer, items=tuple(found)) if scene.answer.items else scene.answer

    assert [one for one in run(CONTRACTS["vercel_sessions"], rows).outcomes if "crashed" in one.reason] == []


def test_a_fraction_in_an_array_of_whole_numbers_is_refused() -> None:
    """The mock answers `id=0.5` as bad input."""
    contract = CONTRACTS["vercel_sessions"]
    first = evolve(contract.parameters[0], schema={"type": "array", "items": {"type": "integer"}})
    reader = Reader(evolve(contract, parameters=(first,), paging=None, limit=None))

    with pytest.raises(Refused):
        reader.read(Request("GET", contract.path, ((first.name, "0.5"),), {}))


@pytest.mark.parametrize("none", [0, -1])
def test_a_default_may_bound_nothing(none: int) -> None:
    """Where a limit of 0 or -1 is the default, giving it lists what is listed without one; words are no limit of 0."""
    plain = CONTRACTS["instavm_sandboxes"]
    assert plain.limit is not None
    schema = {"type": "integer", "minimum": none, "default": none}
    parameters = [evolve(one, schema=schema) if one.name == "limit" else one for one in plain.parameters]
    limit = evolve(plain.limit, minimum=none, maximum=None, default=none)
    contract = evolve(plain, parameters=tuple(parameters), limit=limit)

    def fewer(scene: Scene) -> Answer:
        bare = not any(name == "limit" for name, _ in scene.request.query)
        return scene.server.answer(evolve(scene.request, query=(("limit", "3"),))) if bare else scene.answer

    assert drifted(run(contract)) == set()
    assert "limit-default" in drifted(run(contract, fewer))


def test_a_wrong_credential_of_basic_is_well_formed() -> None:
    """What is sent as a wrong `user:password` is one, in base64."""
    from base64 import b64decode  # noqa: PLC0415 - of this test alone

    from conformance.checks.access import WRONG  # noqa: PLC0415 - as above
    from conformance.spec.credential import Credential, Kind, Requirement  # noqa: PLC0415 - as above

    basic = Credential(scheme="Key", kind=Kind.BASIC, name="Authorization", env="", pointer=Pointer(""))
    sent: list[str] = []

    def heard(scene: Scene) -> Answer:
        sent.append(scene.request.headers.get("authorization", ""))
        return scene.answer

    run(evolve(CONTRACTS["browserbase_sessions"], security=(Requirement((basic,)),)), heard)
    told = {b64decode(one.removeprefix("Basic "), validate=True).decode() for one in sent if one.startswith("Basic ")}

    assert f"user:{WRONG}" in told


def test_a_refusal_may_be_of_one_parameter() -> None:
    """Bad values of that one are refused as its page says, and of others nothing is expected."""
    plain = CONTRACTS["sandbase_sessions"]
    general = plain.refusal("invalid-parameter")
    assert general is not None
    assert plain.limit is not None
    own = evolve(general, given=f"invalid-{plain.limit.parameter}", status=("422",))
    answered = evolve(plain.responses_for(400)[0], status="422")
    contract = evolve(plain, refusals=(own,), responses=(*plain.responses, answered))

    def cut(scene: Scene) -> Answer:
        bad = scene.answer.status == 422
        return scene.server.answer(evolve(scene.request, query=())) if bad else scene.answer

    def lenient(scene: Scene) -> Answer:
        kept = tuple(pair for pair in scene.request.query if pair[0] == "limit")
        return scene.server.answer(evolve(scene.request, query=kept)) if scene.answer.status == 400 else scene.answer

    assert accused(run(contract)) == []
    assert accused(run(contract, lenient)) == []
    found = drifted(run(contract, cut))
    assert {"bad-input-refused", "limit-bounds", "generated-bad-input-refused"} <= found


def test_a_first_page_without_items_is_said() -> None:
    """Where pages of one are empty while others are not, the page is told, and no size of it."""
    from conformance.finding_text import tell  # noqa: PLC0415 - as above
    from conformance.run.engine import Plan, run_operation  # noqa: PLC0415 - as above
    from conformance.tests.conftest import lying  # noqa: PLC0415 - as above

    contract = OTHERS["grove_trees"]
    server = lying(
        contract,
        lambda request, answer: (
            answer.with_json(lambda body: {**body, "trees": []})
            if request.query_params.get("page_size") == "1"
            else answer
        ),
        fixtures=SIXTH / "fixtures",
    )
    selected = [check for check in checks.ALL if check.id == "pages-complete"]
    result = run_operation(contract, Plan(checks=selected, seed=1), opening(contract, server))

    (finding,) = [one for one, _ in result.findings]
    assert tell(finding.actual).startswith("a first page without items; missing ")
