"""Which documented credential a server accepts: they are tried in turn."""

from __future__ import annotations

from conformance.checks.access import REFUSED
from conformance.listing.visit import Visit


def admit(visit: Visit) -> None:
    """Settle on the first documented credential that lets in; on the first of all where none does."""
    if visit.get().status not in REFUSED:
        return
    for requirement in visit.target.alternatives():
        if visit.target.send(carried=visit.target.carrying(requirement)).status not in REFUSED:
            visit.target.settle(requirement)
            visit.forget()
            return
