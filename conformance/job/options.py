"""What a user asks of a run, in words: a command line and pytest say it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from conformance.job.defaults import MOCK, SEED, TIMEOUT


@frozen(kw_only=True)
class Options:
    """Names and paths, of which none is known to exist."""

    stems: Sequence[str] = ()
    """All where none is named."""
    specs: Path | None = None
    """The directory of the specs, with `fixtures/` in it; our own where None."""
    target: str = MOCK
    fault: str = ""
    readings: Sequence[str] = ()
    max_requests: int | None = None
    """To one operation."""
    max_bytes: int | None = None
    """Of one answer, unpacked."""
    max_values: int | None = None
    """JSON values of one answer."""
    rate: float | None = None
    """Requests per second."""
    timeout: float = TIMEOUT
    environment: Mapping[str, str] = field(factory=dict, repr=False)
    implementation: str = ""
    """What serves the target, as the user names it, and its version."""
    version: str = ""
    credential_env: Sequence[str] = ()
    """`NAME` or `SCHEME=NAME`: whose values are sent; the documented ones where empty, and those to hosts of the spec
    alone."""
    params: Sequence[str] = ()
    """`NAME=VALUE`: what every request carries."""
    checks: Sequence[str] = ()
    """All where none is named."""
    skip: Sequence[str] = ()
    seed: int = SEED
    since: Path | None = None
    """A report of an earlier run."""
    ledger: Path | None = None
    """Our own where None."""
    show_values: bool = False
