"""Statuses compared: which answers a client must expect, and the body of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

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
    return {
        status if status == "default" else status.upper(): document.resolve(node)
        for status, node in document.parts(operation, "responses").items()
        if _STATUS.fullmatch(status)
    }


def status_differences(ours: Published, theirs: Published, left: Responses, right: Responses) -> Iterator[Difference]:
    """Every difference between the answers of two descriptions of one operation."""
    page = Bodies(ours, theirs)
    refusal = Bodies(ours, theirs, worst=Drift.AMBIGUOUS)
    for status, response in left.items():
        others = [right[name] for name in _covering(status, right, apart=left)]
        if not others and not _is_spread(status, left, right):
            yield _removed(theirs, status, response)
        for other in others:
            yield from _bodies(page if is_success(status) else refusal, status, response, other)
    for status, response in right.items():
        if not _covering(status, left):
            yield _added(theirs, status, response, next(iter(left.values())))


def _is_spread(status: str, left: Responses, right: Responses) -> bool:
    """Whether a range of ours is published as single statuses, all of which stand apart from it here."""
    return status.endswith("XX") and any(other[0] == status[0] and other in left for other in right)


def is_success(status: str) -> bool:
    """Whether a status is a page's."""
    return status.startswith("2")


def _covering(status: str, others: Responses, apart: Collection[str] = ()) -> list[str]:
    """The statuses among `others` that are this one, the most exact first: its code, its range, what is in it.

    What is in a range, and stands `apart` from it on its own side, is no part of it.
    """
    if status in others:
        return [status]
    family = f"{status[0]}XX"
    inside = [other for other in others if status == family and other[0] == status[0] and other not in apart]
    around = [other for other in (family, "default") if other in others and status != "default"]
    return inside or around[:1]


def _removed(document: Published, status: str, response: Node) -> Difference:
    return Difference(
        check=rules.STATUSES,
        drift=Drift.BREAKING if is_success(status) else Drift.ADDITIVE,
        pointer=response.place,
        expected=said("a response {status}", status=status),
        actual=said("not published ({document})", document=document.name),
        place=status,
    )


def _added(document: Published, status: str, response: Node, ours: Node) -> Difference:
    return Difference(
        check=rules.NEW_STATUSES,
        drift=Drift.AMBIGUOUS if is_success(status) else Drift.ADDITIVE,
        pointer=ours.place.parent if "responses" in ours.place.tokens[:-1] else ours.place,
        expected=said("no response {status}", status=status),
        actual=said("published ({document}#{place})", document=document.name, place=response.place),
        place=status,
    )


def _bodies(bodies: Bodies, status: str, ours: Node, theirs: Node) -> Iterator[Difference]:
    left, right = json_schema(bodies.ours, ours), json_schema(bodies.theirs, theirs)
    if left is None:
        return
    if right is not None:
        yield from bodies.differences(left, right)
    elif is_success(status):
        media = list(bodies.theirs.parts(theirs, "content"))
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


def _is_json(media: str) -> bool:
    return "json" in media or media == "*/*"


def json_schema(document: Published, response: Node) -> Node | None:
    """The schema of the JSON body; of several, plain JSON's."""
    content = document.parts(response, "content")
    media = sorted(filter(_is_json, content), key=lambda one: not one.startswith("application/json"))
    found = (document.part(content[one], "schema") for one in media)
    return next((schema for schema in found if schema is not None), None)
