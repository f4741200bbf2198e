"""A check that cannot observe what it tests says why; where the server is why, the run does not end green."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from attrs import evolve

from conformance import checks
from conformance.checks.base import Cause
from conformance.cli.main import main
from conformance.finding_text import tell
from conformance.tests.runs import CONTRACTS, Contracts, ran

SIXTH = Path(__file__).parents[1] / "sixth" / "specs"
OTHERS = Contracts(SIXTH)
PAGED = {
    "cursor": ("vercel_sessions", None),
    "cursor-in-header": ("cabin_boxes", SIXTH),
    "timestamp": ("vercel_sandboxes", None),
    "page-number": ("grove_trees", SIXTH),
    "offset": ("heron_nests", SIXTH),
    "link-header": ("depot_jobs", SIXTH),
    "next-url": ("ferry_trips", SIXTH),
}


def broken(style: str, *more: str) -> list[str]:
    """The command of a run on a server whose second page is refused."""
    stem, specs = PAGED[style]
    where = ["--specs", str(specs)] if specs else []
    return ["run", stem, *where, "--fault", "next-page-refused", "--check", "cursor-accepted", *more]


@pytest.mark.parametrize("style", PAGED)
def test_a_broken_walk_fails_and_names_its_cursor(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever leads to the next page, a server that refuses it is exit 1, with a sentence that says what it gave."""
    code = main(broken(style))

    shown = capsys.readouterr().out
    contract = (OTHERS if PAGED[style][1] else CONTRACTS)[PAGED[style][0]]
    assert code == 1
    assert contract.paging is not None
    assert f"a page for {contract.paging.parameter}=" in shown
    assert "page 1" in shown


@pytest.mark.parametrize("style", PAGED)
def test_what_a_broken_walk_prevents_is_no_pass(style: str) -> None:
    """Without the check that tells it, the others do not end green: what they cannot see, the run cannot tell."""
    assert main(broken(style, "--check", "pages-disjoint", "--skip", "cursor-accepted")) == 3


def test_a_page_that_may_be_the_last_is_not_accused() -> None:
    """Where pages are counted and nothing shows that there is more, a refused one is in doubt, and no pass either."""
    contract = evolve(OTHERS["grove_trees"], limit=None, counters=())
    result = ran(contract, "next-page-refused", fixtures=SIXTH / "fixtures")

    ended = {one.check: one.outcome for one in result.outcomes}
    assert [(one.check, str(one.level), tell(one.actual)) for one, _ in result.findings] == [
        ("cursor-accepted", "warning", "422")
    ]
    assert ended["pages-disjoint"] == "errored"


def test_every_skip_has_its_cause() -> None:
    """Each place that skips says which of the four causes it is."""
    rooms = [Path(checks.__file__).parent, *(Path(checks.__file__).parents[1] / name for name in ("run", "replay"))]
    calls = [
        node
        for room in rooms
        for path in room.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Skip"
    ]
    causes = {f"Cause.{cause.name}" for cause in Cause} | {"cause"}
    told = [ast.unparse(call.args[1]) for call in calls]

    assert len(calls) > 20
    assert [text for text in told if not any(cause in text for cause in causes)] == []


STATUS_ALONE = {"limit-bounds"}
"""A check that compares, but no pages."""
COMPARING = [check.id for check in checks.ALL if check.of_visit and check.family.compares]


@pytest.mark.exhaustive
@pytest.mark.parametrize("check", sorted({*COMPARING} - STATUS_ALONE))
def test_no_check_passes_a_server_that_gives_no_page(check: str) -> None:
    """Alone, on a server that answers every request with something else, no check of pages is green."""
    assert main(["run", "vercel_sessions", "--fault", "items-null", "--check", check]) != 0
