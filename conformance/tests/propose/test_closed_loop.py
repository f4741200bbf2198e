"""The loop is closed: what a server does instead is proposed, written, generated, and the next run finds nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conformance.cli.main import main
from conformance.mock.faults import FAULTS
from conformance.spec.contract import Contract
from conformance.spec.load import own_specs
from conformance.spec.promises import Relation
from conformance.tests.in_process import answering
from conformance.tests.propose.loops import found, generated, report
from conformance.tests.runs import CONTRACTS, applicable, application, one_of

ROOT = own_specs().parent
SHAPE = {"body-matches-schema", "fields-documented"}
"""The checks whose faults are faults of shape."""
SHAPES = [name for name, fault in FAULTS.items() if fault.check in SHAPE]
NO_LISTING = ("items-null", "item-null", "one-item-for-all")
"""Faults of shape after which no schema of a listing describes the body."""
BEYOND = {("e2b_sandboxes", "default-doubled")}
"""Where no spec of a listing can say what the fault does: a default above the maximum."""
OTHERS = (
    "content-type-text",
    "content-type-vendor",
    "created-for-ok",
    "error-body-changed",
    "error-body-text",
    "partial-for-ok",
    "undocumented-end",
    "default-halved",
    "default-doubled",
    "high-limit-clamped",
    "low-limit-clamped",
    "bad-pattern-accepted",
    "order-reversed",
    "inclusive-became-exclusive",
    "times-out-of-order-once",
    "duration-in-other-unit",
    "present-too-early",
    "present-too-early-once",
    "ended-while-running",
    "total-is-page",
)
"""Faults of other kinds that a spec can express."""


ONE_OF_EACH_KIND = (
    ("vercel_sessions", "field-added"),
    ("browserbase_sessions", "enum-grew-once"),
    ("instavm_sandboxes", "required-field-gone"),
    ("sandbase_sessions", "all-keys-recased"),
    ("vercel_sessions", "content-type-vendor"),
    ("vercel_sandboxes", "error-body-changed"),
    ("sandbase_sessions", "default-halved"),
    ("vercel_sandboxes", "order-reversed"),
    ("sandbase_sessions", "inclusive-became-exclusive"),
    ("vercel_sandboxes", "total-is-page"),
)
"""One operation and fault for each kind of change that is proposed."""


def is_closed(contract: Contract, name: str) -> bool:
    """Whether a fault of shape ends at nothing.

    Where keys of free-form metadata change as well, the filter on them asks for the old ones.
    """
    by_free_text = any(known.relation is Relation.CONTAINS for known in contract.filters)
    asked_for_old = name == "all-keys-recased" and by_free_text
    return name not in NO_LISTING and not asked_for_old


@pytest.mark.parametrize("name", NO_LISTING)
def test_what_no_spec_describes_says_why(name: str) -> None:
    """A body that is no listing gets no proposal, but a reason and a bug report."""
    for stem in one_of(applicable(name), name):
        assert_told(stem, name)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", NO_LISTING)
def test_what_no_spec_describes_says_why_everywhere(name: str) -> None:
    """So it is on every operation."""
    for stem in applicable(name):
        assert_told(stem, name)


def assert_told(stem: str, name: str) -> None:
    """What is proposed for a body that is no listing is a reason and a bug report."""
    findings, exchanges = found(CONTRACTS[stem], application(CONTRACTS[stem], fault=name), is_listing=False)
    (operation,) = report(CONTRACTS[stem], findings, exchanges).operations

    proposals = [one.proposal for one in operation.findings if one.check == "body-matches-schema"]
    assert proposals
    assert all(one and one.why and one.bug_report and not one.edits for one in proposals)


def test_nine_in_ten_are_closed() -> None:
    """Of the faults of shape that a spec of a listing can express, at least nine in ten end at nothing."""
    expressible = [(stem, name) for name in SHAPES if name not in NO_LISTING for stem in applicable(name)]

    assert set(NO_LISTING) <= set(SHAPES)
    assert sum(is_closed(CONTRACTS[stem], name) for stem, name in expressible) >= 0.9 * len(expressible)


@pytest.mark.parametrize(("stem", "name"), ONE_OF_EACH_KIND)
def test_the_loop_is_closed_with_a_client_generated_anew(stem: str, name: str, tmp_path: Path) -> None:
    """run, propose --write, generate, run: the second exits 0, and its client reads every body."""
    assert_closed(stem, name, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [name for name in SHAPES if name not in NO_LISTING])
def test_the_loop_is_closed_for_every_fault_of_shape(name: str, tmp_path: Path) -> None:
    """So it ends for every fault of shape of every operation."""
    for stem in applicable(name):
        if is_closed(CONTRACTS[stem], name):
            assert_closed(stem, name, tmp_path / stem)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", OTHERS)
def test_the_loop_is_closed_for_other_faults(name: str, tmp_path: Path) -> None:
    """So it ends for faults of other kinds that a spec can express."""
    assert_closed(next(stem for stem in applicable(name) if (stem, name) not in BEYOND), name, tmp_path)


def assert_closed(stem: str, name: str, root: Path) -> None:
    """Run on the lying server, propose, write, generate, run again; generated queries change nothing and are left."""
    shutil.copytree(ROOT / "specs", root / "specs")
    for file in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / file, root)
    first, second = root / "first.json", root / "second.json"
    own = ("--specs", str(root / "specs"))
    asked = ("run", stem, "--skip", "good-input-accepted", "--skip", "generated-bad-input-refused", *own)
    with answering(application(CONTRACTS[stem], fault=name)) as url:
        assert main([*asked, "--target", url, "--report", str(first), "--fail-on", "note"]) == 1
        assert main(["propose", str(first), "--write", *own]) == 0
        with generated(root, stem):
            code = main([*asked, "--target", url, "--report", str(second)])

    (operation,) = json.loads(second.read_text())["operations"]
    assert {one["check"] for one in operation["findings"]} <= {"lifecycle-current"}
    assert code == 0
    ended = {one["check"]: one["outcome"] for one in operation["outcomes"]}
    assert ended["client-decodes"] == "held"
