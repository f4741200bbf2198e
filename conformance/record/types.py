"""The record: what is kept of a run, as `report.json` (format 1) holds it; every report is made from it alone.

The order of the fields is the order of the keys. Keys may be added: those that are not known here are passed over, and
a field with a default may be absent, as it is in reports of earlier versions.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from conformance.finding import Level
from conformance.record.recording import Recording
from conformance.result import Ended

Count = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0)]
Values = list[Any]
"""JSON of whatever kind."""


class Request(Struct, frozen=True, kw_only=True):
    """What was asked; secrets stand there as the environment variables that hold them."""

    method: str
    url: str
    headers: dict[str, str] = {}


class Response(Struct, frozen=True, kw_only=True):
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: str
    """The beginning of it where it is long."""
    bytes: Count
    """How long the whole of it was."""


class Exchange(Struct, frozen=True, kw_only=True):
    """One request and its response."""

    request: Request
    response: Response


class Difference(Struct, frozen=True, kw_only=True):
    """Identities that should be listed and are not, and the other way round."""

    missing: Values = []
    unexpected: Values = []


class Marks(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a finding is about in the exchanges that show it."""

    places: list[str] = []
    """JSON Pointers into bodies."""
    fields: list[tuple[str, Any]] = []
    """JSON Pointer into an item, and the value there."""
    values: Values = []
    """Values anywhere in bodies."""
    status: int = 0
    header: str = ""


class Client(Struct, frozen=True, kw_only=True):
    """How the generated client ends on the exchanges of a finding."""

    ends: str
    detail: str = ""


class Proposal(Struct, frozen=True, kw_only=True):
    """The smallest change of the spec that documents what was seen, or why there is none and what to report."""

    diff: str = ""
    why: str = ""
    bug_report: str = ""
    edits: Values = []
    """What the diff does, step by step."""


class Basis(Struct, frozen=True, kw_only=True):
    """What a finding rests on, in the words of the spec."""

    basis: Literal["clause", "inference", "deviation", "news"]
    pointer: str
    """JSON Pointer into the spec: a promise, a deviation, or the part that is described."""
    line: Annotated[int, Meta(ge=1)]
    says: str
    """What the page states, or shows in the place of a deviation; or what is inferred."""
    instead: str = ""
    """Of a deviation: what the spec says, and why."""
    source: str = ""
    """Of a deviation: where it comes from, where that is not the page."""


class Finding(Struct, frozen=True, kw_only=True):
    """One contradiction of a promise, with what it means."""

    id: Annotated[str, Meta(pattern="^[0-9A-Za-z_-]+$")]
    check: str
    level: Level
    headline: str = ""
    """The finding as one line that stands alone; empty where a report does not say."""
    cause: str = ""
    """The id of the finding that explains this one, its own where none does; empty where a report does not say."""
    known: bool
    reason: str = ""
    """Why it is known."""
    pointer: str
    """JSON Pointer into the spec."""
    place: str = ""
    line: Annotated[int, Meta(ge=1)]
    says: str
    rests_on: Basis | None = None
    """None where a report does not say."""
    expected: str
    actual: str
    difference: Difference | None = None
    aside: Count = 0
    """Items that moved while it was observed."""
    count: Annotated[int, Meta(ge=1)]
    curl: list[str]
    """A command for each exchange of the witness."""
    witness: list[Exchange]
    marks: Marks = Marks()
    client: Client | None = None
    """None where a report does not say."""
    breaks_client: bool
    drift: str = ""
    """The drift in one word; empty where a report does not say."""
    proposal: Proposal | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """How one check ended."""

    check: str
    family: str = ""
    outcome: Ended
    reason: str


class Unseen(Struct, frozen=True, kw_only=True):
    """Something that is documented, and that no exchange of a run showed."""

    kind: Literal["status", "parameter", "field", "word", "promise"]
    name: str
    pointer: str
    """JSON Pointer into the spec."""
    line: Annotated[int, Meta(ge=1)]


class Operation(Struct, frozen=True, kw_only=True):
    """Everything that is kept of one operation."""

    stem: str
    operation: str
    """Method and path."""
    spec: Annotated[str, Meta(min_length=1)]
    spec_sha256: str = ""
    drift: str = ""
    """The most urgent word of its findings."""
    start: str = ""
    """What a shell needs before the `curl` lines of its findings: a mock that is started, a variable that is set."""
    requests: Count
    unchecked: list[str] = []
    """Checks that were not made because the budget of requests ran out."""
    seconds: Seconds
    outcomes: list[Outcome]
    findings: list[Finding]
    unseen: list[Unseen] | None = None
    """What is documented and was not met; None where a report does not say, as of a recording."""
    profile: dict[str, Any] | None = None
    """What the run remembers of the items, for the next one; `profile.schema.json` says what is in it."""


class Record(Struct, frozen=True, kw_only=True):
    """The record of a run."""

    format: Literal[1]
    seed: int
    target: str
    implementation: str = ""
    """The server that was asked, as the user names it; empty where that is not said."""
    version: str = ""
    """Its version."""
    started: Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
    seconds: Seconds
    operations: list[Operation]
    ledger: list[str]
    """Lines of the ledger of known drift that no longer hold."""
    recording: Recording | UnsetType = UNSET
    fail_on: Level | UnsetType = UNSET
    """The least level that counts as drift."""
    exit: Literal[0, 1, 3] | UnsetType = UNSET
    """The verdict, as `run` exits with it."""


def schema() -> dict[str, Any]:
    """JSON Schema of `report.json`, as it stands in `report.schema.json`."""
    made = msgspec.json.schema(Record)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "title": "report.json, format 1: what every report is made from", **made}


def typed(given: object) -> Record:
    """The record in JSON that is a valid report."""
    return msgspec.convert(given, Record)


def _plain(value: object) -> str:
    """A pointer as the text that it is: msgspec takes none of another class."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong into a record")


def plain(record: Record) -> dict[str, Any]:
    """The record as JSON."""
    made: dict[str, Any] = msgspec.to_builtins(record, enc_hook=_plain)
    return made
