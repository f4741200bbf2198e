"""What a run never met is said: statuses, parameters, fields, words of vocabularies, promises."""

from __future__ import annotations

from conformance.record.types import Unseen
from conformance.record.unseen import together, unseen
from conformance.tests.runs import CONTRACTS, STEMS, ran

STEM = "vercel_sessions"
UNREAD = {"vercel_named_sandboxes": {"default-allow", "default-deny"}}
"""Words of the page that the provider's own SDK refuses to read: a mock that shows them is of no use to it."""


def kinds(found: list[Unseen], kind: str) -> set[str]:
    """The names of one kind."""
    return {one.name for one in found if one.kind == kind}


def test_a_whole_run_meets_what_can_be_met() -> None:
    """An honest mock shows every documented field, word and promise; each of the rest stands on a line of the spec."""
    for stem in STEMS:
        found = unseen(ran(CONTRACTS[stem]))

        missed = {one.name.partition(" ")[0] for one in found if one.kind in {"field", "word", "promise"}}
        assert missed == UNREAD.get(stem, set())
        assert all(CONTRACTS[stem].line(one.pointer) == one.line for one in found)


def test_what_few_items_cannot_show_is_named() -> None:
    """One item has one state, and not every optional field; a listing of one page leads nowhere."""
    found = unseen(ran(CONTRACTS[STEM], items=1))

    assert {"403", "429"} <= kinds(found, "status")
    assert "teamId" in kinds(found, "parameter")
    assert len([one for one in kinds(found, "word") if one.endswith("(/sessions/*/status)")]) == 6
    assert kinds(found, "field")
    assert any("sandbox" in one or "cursor" in one for one in kinds(found, "promise"))


def test_several_runs_are_seen_together() -> None:
    """What one of them met is met."""
    whole, few = unseen(ran(CONTRACTS[STEM])), unseen(ran(CONTRACTS[STEM], items=1))

    assert together([few, whole]) == [one for one in few if one in whole]
    assert together([few]) == few
    assert together([]) == []
