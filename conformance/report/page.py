"""The record as one HTML file: no network, no foreign font or script, nothing of a server unescaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from conformance.record import exit_code
from conformance.record.types import Exchange, Finding, Operation, Record
from conformance.report import matrix, words
from conformance.report.causes import Cause, causes, causes_of
from conformance.report.code_spans import with_code
from conformance.report.excerpt import Line, excerpt
from conformance.report.marks import Marks, marks_of
from conformance.report.printable import cut, printable

SHOWN_HEADERS = frozenset({"content-type", "location", "retry-after"})
STATES = {exit_code.HELD: "held", exit_code.DRIFT: "drifted", exit_code.COULD_NOT_TELL: "errored"}
LONG = 2_000
"""Characters of one value that are shown; report.json has them all."""


def as_html(record: Record) -> str:
    """The record as a page that stands alone."""
    new = [one for one in causes(record) if not one.known]
    return standing_alone(
        "page.html.jinja",
        record=record,
        state=STATES.get(exit_code.reached(record), "errored"),
        headline=_headline(record),
        tally=words.tally(record),
        started=_moment(record.started),
        families=(names := matrix.families(record)),
        rows=[(one, matrix.cells(record, one, names)) for one in record.operations],
        ended=matrix.ended,
        unseen=[(one, words.by_kind(one.unseen)) for one in record.operations if one.unseen],
        groups=[(one, [_shown(cause) for cause in found]) for one in record.operations if (found := causes_of(one))],
        unjudged=[
            (operation.stem, reason, checks)
            for operation in record.operations
            for reason, checks in words.unjudged(operation).items()
        ],
        levels={level: sum(1 for one in new if one.level == level) for level in words.MARKS},
    )


def standing_alone(name: str, **parts: object) -> str:
    """A page of ours, with its style and script in it, and nothing else allowed."""
    source = {"style": _source("style.css"), "script": _source("script.js"), "policy": _policy()}
    return _environment().get_template(name).render(**source, **parts)


@frozen
class _Part:
    """One exchange of a finding, ready to be shown."""

    method: str
    origin: str
    path: str
    status: int
    status_marked: bool
    headers: list[tuple[str, str, bool]]
    lines: list[Line]
    cut_at: int
    """How many bytes of the body the record left out."""

    @classmethod
    def of(cls, exchange: Exchange, marks: Marks) -> _Part:
        """The exchange with what the finding is about marked."""
        request, response = exchange.request, exchange.response
        return cls(
            method=request.method,
            origin=_origin(request.url),
            path=request.url.removeprefix(_origin(request.url)),
            status=response.status,
            status_marked=marks.status == response.status,
            headers=_headers(response.headers, marks),
            lines=excerpt(response.body, marks.body),
            cut_at=max(0, response.bytes - len(response.body.encode(errors="replace"))),
        )


def _origin(url: str) -> str:
    parts = urlsplit(url) if url.isprintable() and "[" not in url else urlsplit("")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme else ""


def _headers(headers: Mapping[str, str], marks: Marks) -> list[tuple[str, str, bool]]:
    named = [(name, value, name.lower() == marks.header) for name, value in headers.items()]
    return [one for one in named if one[2] or one[0].lower() in SHOWN_HEADERS]


@frozen
class _Shown:
    """A finding, ready to be shown."""

    finding: Finding
    headline: str
    place: str
    seen: str
    drift: str
    breaks: str
    rests: str
    parts: list[_Part]

    @classmethod
    def of(cls, operation: Operation, finding: Finding) -> _Shown:
        """The finding with its exchanges laid out."""
        marks = marks_of(finding)
        return cls(
            finding=finding,
            headline=words.headline(finding),
            place=words.place(operation, finding),
            seen=words.seen(finding),
            drift=words.drift(finding),
            breaks=words.breaks(finding),
            rests=words.rests_on(operation, finding),
            parts=[_Part.of(exchange, marks) for exchange in finding.witness],
        )


def _shown(cause: Cause) -> tuple[Cause, _Shown, list[_Shown]]:
    """A cause, and its findings ready to be shown."""
    return cause, _Shown.of(cause.operation, cause.head), [_Shown.of(cause.operation, one) for one in cause.others]


def _headline(record: Record) -> str:
    code = exit_code.reached(record)
    every = record.operations
    drifted = [
        one for one in every if any(exit_code.counts(each, exit_code.threshold(record)) for each in one.findings)
    ]
    if code == exit_code.DRIFT and drifted:
        return f"Drift on {len(drifted)} of {words.counted(len(every), 'operation')}"
    if code == exit_code.DRIFT:
        return "The ledger of known drift no longer holds"
    if code == exit_code.COULD_NOT_TELL:
        return "Could not tell" if every else "Nothing was checked"
    return "Every documented promise that was checked held"


def _moment(started: str) -> str:
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{moment.day} {moment:%B %Y, %H:%M} {moment.tzname() or ''}".strip()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("conformance.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup | int | float) else printable(str(value)),
    )
    environment.filters["cut"] = lambda text: cut(str(text), LONG)
    environment.filters["with_code"] = with_code
    environment.filters["lines"] = lambda text: str(text).splitlines()
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment


@cache
def _source(name: str) -> Markup:
    text = resources.files("conformance.report").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text.strip())  # noqa: S704 - our own files


def _policy() -> str:
    """Only this style and this script may work in the page, and nothing may be fetched."""
    style, script = (_hash(_source(name)) for name in ("style.css", "script.js"))
    allowed = f"style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
