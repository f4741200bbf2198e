"""The text to send to a provider: what is promised and where, what happened instead, and how to see it again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conformance.finding import Level
from conformance.propose.case import Case
from conformance.spec.contract import Contract

_VARIABLE = re.compile(r"\$([A-Z][A-Z0-9_]*)")
_HIDDEN = "%E2%80%A6"
"""How a URL writes what stands for a customer's value."""
TITLES = {
    Level.ERROR: "does not do what its documentation says",
    Level.WARNING: "does what its documentation leaves open",
    Level.NOTE: "does more than its documentation says",
}


def bug_report(case: Case) -> str:
    """The report of one finding."""
    contract, finding, told = case.contract, case.finding, case.told
    parts = [
        f"{contract.operation} {TITLES[finding.level]}",
        "\n".join(
            [
                f"Documentation: {_documentation(contract)}",
                f"{'Promised' if finding.level is Level.ERROR else 'As we read it'}: {finding.says.rstrip('.')}",
                f"Expected: {told.expected}",
                f"Happened: {told.actual} (on {case.seen.day})",
            ]
        ),
        _again(told.curl),
        f"(found by the check {finding.check} on {contract.stem}, finding {told.id})",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _documentation(contract: Contract) -> str:
    """The page that the spec was written from, and when it was read; without an address the provider knows which."""
    where = contract.source.get("url") or f"your page on {contract.operation}"
    return f"{where} (as of {contract.source['captured']})"


def _again(curls: Sequence[str]) -> str:
    if not curls:
        return ""
    names = dict.fromkeys(name for curl in curls for name in _VARIABLE.findall(curl))
    given = f", with a credential in {' and '.join(names)}" if names else ""
    order = ", one after the other" if len(curls) > 1 else ""
    hidden = any(_HIDDEN in curl for curl in curls)
    note = f"\n\nBetween two … ({_HIDDEN} in an address) a customer's value is left out: put one of your own there."
    return f"To reproduce{given}{order}:\n\n" + "\n".join(f"    {_with_status(curl)}" for curl in curls) + note * hidden


def _with_status(curl: str) -> str:
    """The command that shows status and headers as well: a provider finds a request by them."""
    return curl.replace("curl -s ", "curl -si ", 1)
