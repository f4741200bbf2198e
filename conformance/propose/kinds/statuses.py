"""Proposals for answers that are not documented: another status, another content type, a header that is gone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from conformance.checks.wire import SUCCESS
from conformance.jsontext import members_of
from conformance.pointer import MISSING, Pointer
from conformance.propose.case import Case
from conformance.propose.edits.edit import Change, Edit
from conformance.propose.edits.places import follow
from conformance.propose.kinds.inference import inferred
from conformance.spec.openapi_parts import Response
from conformance.spec.promises import Refusal

CLIENT_ERROR = range(400, 500)
GONE = (404, 405, 410)
REFUSALS = frozenset({"credentials-required", "bad-input-refused"})


def change(case: Case) -> Change | None:
    """The documented answer that was missing."""
    check = case.finding.check
    if check == "status-documented":
        return _status(case)
    if check in REFUSALS:
        return _refused_otherwise(case)
    if check == "headers-documented":
        return _header(case)
    if check in {"content-type-documented", "error-body-documented", "json-strict"}:
        return _content_type(case)
    return None


def _status(case: Case) -> Change | None:
    status = case.witness.status
    page = status in SUCCESS and status != HTTPStatus.NO_CONTENT and isinstance(case.witness.json, list | dict)
    if not page and (status not in CLIENT_ERROR or status in GONE):
        return None
    media = case.witness.media_type
    content: dict[str, Any] = {media: {"schema": _schema(case)}} if media and case.witness.body else {}
    described = {"description": f"Not documented; seen on {case.seen.day}."}
    place = case.contract.pointer.below("responses", status)
    return Change(
        edits=(Edit("set", place, described | ({"content": content} if content else {})),),
        pointer=place,
        says=f"the statuses are {', '.join(response.status for response in case.contract.responses)}",
        instead=f"{status} is one too",
    )


def _schema(case: Case) -> dict[str, Any]:
    """The schema of a body: one that is documented and fits, or else what it shows."""
    if case.witness.json is MISSING:
        return {"type": "string"}
    contract, family = case.contract, str(case.witness.status)[0]
    for response in contract.responses:
        for media, schema in response.content.items():
            is_kin = response.status[0] == family
            if is_kin and contract.body(response, media).validator.is_valid(case.witness.json):
                return dict(schema)
    return inferred(exchange.json for exchange in case.seen.exchanges if exchange.status == case.witness.status)


def _refused_otherwise(case: Case) -> Change | None:
    status = case.witness.status
    refusal = _refusal(case)
    if refusal is None or status not in CLIENT_ERROR or status in GONE:
        return None
    return Change(
        edits=(Edit("include", f"{refusal.pointer}/status", status),),
        pointer=refusal.pointer,
        says=f"the refusal has status {' or '.join(refusal.status)}",
        instead=f"{status} is one too",
    )


def _refusal(case: Case) -> Refusal | None:
    finding = case.finding
    same = [one for one in case.contract.refusals if one.pointer == finding.pointer or one.says == finding.says]
    return same[0] if same else None


def _header(case: Case) -> Change | None:
    place = follow(case.contract, case.finding.pointer)
    header = members_of(place.get(case.contract.document))
    name = Pointer(case.finding.pointer).tokens[-1]
    if not header.get("required") or name in case.witness.headers:
        return None
    edits = (Edit("drop", place.below("required")),)
    return Change(edits=edits, pointer=place, says=f"{name} is required", instead="it may be absent")


def _content_type(case: Case) -> Change | None:
    """Another content type of what is documented; a success must still be JSON, or it lists nothing."""
    media, response = case.witness.media_type, _response(case)
    body = case.witness.json
    if response is None or not media or media in {known.lower() for known in response.content}:
        return None
    if case.witness.status in SUCCESS and not isinstance(body, list | dict):
        return None
    schema = dict(next(iter(response.content.values()))) if body is not MISSING else {"type": "string"}
    content = follow(case.contract, response.pointer).below("content")
    return Change(
        edits=(Edit("set", content.below(media), {"schema": schema}),),
        pointer=content,
        says=f"the content type is {' or '.join(response.content)}",
        instead=f"it is {media} too",
    )


def _response(case: Case) -> Response | None:
    found = case.contract.responses_for(case.witness.status)
    return found[0] if found and found[0].content else None
