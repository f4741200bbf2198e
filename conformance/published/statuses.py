"""Statuses compared: which answers a client must expect, and the body of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conformance.checks import published as rules
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.published.fields import Bodies
from conformance.sentence import said

Responses = Mapping[str, Node]
_STATUS = re.compile(r"[1-5](\d\d|XX|xx)|default")
"""What stands under `responses` besides extensions."""


def responses(document: Published, operation: Node) -> Responses:
    """Status (`200`, `4XX`, `default`) to response."""
    listed = operation.part("responses")
    statuses = listed.value if listed is not None and isinstance(listed.value, Mapping) else {}
    found = {}
    for status in statuses:
        if _STATUS.fullmatch(status):
            node = Node(statuses[status], operation.place.below("responses", status))
            found[status if status == "default" else status.upper()] = document.resolve(node)
    return found


def status_differences(ours: Published, theirs: Published, left: Responses, right: Responses) -> Iterator[Difference]:
    """Every difference between the answers of two descriptions of one operation."""
    page = Bodies(ours, theirs)
    refusal = Bodies(ours, theirs, worst=Drift.AMBIGUOUS)
    for status, response in left.items():
        others = [right[name] for name in _covering(status, right)]
        if not others:
            yield _removed(theirs, status, response)
        for other in others:
            yield from _bodies(page if _is_success(status) else refusal, status, response, other)
    for status, response in right.items():
        if not _covering(status, left):
            yield _added(theirs, status, response, next(iter(left.values())))


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _covering(status: str, others: Responses) -> list[str]:
    """The statuses among `others` that are this one, the most exact first: its code, its range, what is in it."""
    if status in others:
        return [status]
    family = f"{status[0]}XX"
    inside = [other for other in others if status == family and other[0] == status[0]]
    around = [other for other in (family, "default") if other in others and status != "default"]
    return inside or around[:1]


def _removed(document: Published, status: str, response: Node) -> Difference:
    return Difference(
        check=rules.STATUSES,
        drift=Drift.BREAKING if _is_success(status) else Drift.ADDITIVE,
        pointer=response.place,
        expected=said("a response {status}", status=status),
        actual=said("not published ({document})", document=document.name),
        place=status,
    )


def _added(document: Published, status: str, response: Node, ours: Node) -> Difference:
    return Difference(
        check=rules.NEW_STATUSES,
        drift=Drift.AMBIGUOUS if _is_success(status) else Drift.ADDITIVE,
        pointer=ours.place.parent if "responses" in ours.place.tokens[:-1] else ours.place,
        expected=said("no response {status}", status=status),
        actual=said("published ({document}#{place})", document=document.name, place=response.place),
        place=status,
    )


def _bodies(bodies: Bodies, status: str, ours: Node, theirs: Node) -> Iterator[Difference]:
    left, right = json_schema(ours), json_schema(theirs)
    if left is None:
        return
    if right is not None:
        yield from bodies.differences(left, right)
    elif _is_success(status):
        media = _content(theirs)
        undescribed = any(map(_is_json, media))
        yield Difference(
            check=rules.STATUSES,
            drift=Drift.ADDITIVE if undescribed else Drift.BREAKING if media else Drift.AMBIGUOUS,
            pointer=ours.place,
            expected=said("a JSON body with {status}", status=status),
            actual=said(
                "{media}{described} ({document}#{place})",
                media=", ".join(media) or "no body",
                described=", not described" * undescribed,
                document=bodies.theirs.name,
                place=theirs.place,
            ),
            place=f"{status} body",
        )


def _content(response: Node) -> list[str]:
    content = response.part("content")
    return list(map(str, content.value)) if content is not None and isinstance(content.value, Mapping) else []


def _is_json(media: str) -> bool:
    return "json" in media or media == "*/*"


def json_schema(response: Node) -> Node | None:
    """The schema of the JSON body; of several, plain JSON's."""
    media = sorted(filter(_is_json, _content(response)), key=lambda one: not one.startswith("application/json"))
    found = (response.part("content", one, "schema") for one in media)
    return next((schema for schema in found if schema is not None), None)
