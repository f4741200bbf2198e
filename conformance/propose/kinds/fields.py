"""Proposals for bodies that are not what their schema says."""

from __future__ import annotations

from conformance.checks.wire import SUCCESS
from conformance.jsontext import members_of
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit, unique
from conformance.propose.edits.places import body_schema
from conformance.propose.kinds.scalars import Widening
from conformance.propose.kinds.wider import widenings
from conformance.propose.seen import OK

CHECKS = frozenset({"body-matches-schema", "error-body-documented", "fields-documented", "units-plausible"})
CLIENT = "client-decodes"


def change(case: Case) -> Change | None:
    """The widening of the finding's own place, by all values that the run saw there."""
    if case.finding.check not in CHECKS | {CLIENT}:
        return None
    return _merged(case, [widening for widening in _all(case) if _concerns(case, widening)])


def described(case: Case, place: str) -> tuple[Edit, ...]:
    """The edits that describe a member of a page that no schema describes yet; none where one does."""
    found = [one for one in _all(case) if one.keyword == "undocumented" and one.place == place]
    return tuple(edit for one in found for edit in one.edits)


def _all(case: Case) -> list[Widening]:
    status = case.witness.status
    schema = body_schema(case.contract, status)
    if schema is None or (status in SUCCESS and not case.seen.pages):
        return []
    # Among successes only pages count: an error that comes as a success is none of them.
    bodies = case.seen.listings if status == OK else case.seen.bodies(status)
    found = case.seen.widened(schema.reference, lambda: list(widenings(case.seen, schema, bodies)))
    item = case.contract.items.place.below("*")
    return [one for one in found if status not in SUCCESS or (one.place, one.keyword) != (item, "type")]


def _merged(case: Case, found: list[Widening]) -> Change | None:
    if not found:
        return None
    return Change(
        edits=unique(edit for widening in found for edit in widening.edits),
        pointer=found[0].pointer,
        says="; ".join(dict.fromkeys(_says(case, widening) for widening in found)),
        instead="; ".join(dict.fromkeys(widening.instead for widening in found)),
    )


def _says(case: Case, widening: Widening) -> str:
    """What the documentation shows there, in as many words as it takes."""
    said = members_of(widening.pointer.get(case.contract.document))
    if widening.keyword == "required":
        return f"{widening.name} is required"
    if widening.keyword == "undocumented":
        return "its fields are listed"
    shown = said.get(widening.keyword)
    plain = ", ".join(map(str, shown)) if isinstance(shown, list) else shown
    return f"its {widening.keyword} is {plain}" if isinstance(plain, str | int) else "it is described otherwise"


def _concerns(case: Case, widening: Widening) -> bool:
    finding, place = case.finding, widening.place
    if finding.check == "fields-documented":
        return widening.keyword == "undocumented" and finding.where == place
    if finding.check == "units-plausible":
        return any(edit.pointer.startswith(f"{finding.pointer}/") for edit in widening.edits)
    if finding.check == CLIENT:
        return widening.keyword != "undocumented" and _is_at(widening, finding.where)
    if finding.keyword in {"anyOf", "oneOf"}:
        return widening.keyword != "undocumented" and f"{place}/".startswith(f"{finding.where}/")
    return (finding.where, finding.keyword, finding.member) == (place, widening.keyword, widening.name)


def _is_at(widening: Widening, place: str) -> bool:
    """Whether a widening is about the place at which the client gave up."""
    own = f"{widening.place}/{widening.name}" if widening.keyword == "required" else widening.place
    return f"{own}/".startswith(f"{place}/") if place else False
