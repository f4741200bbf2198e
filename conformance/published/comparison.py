"""A spec against the document that its provider publishes: every difference, as the result of a run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from conformance import checks
from conformance.checks import published as rules
from conformance.pointer import Pointer
from conformance.published.difference import Difference, Drift
from conformance.published.document import Published
from conformance.published.facts import told_once
from conformance.published.operations import Operation, find, whereabouts
from conformance.published.parameters import named_as, parameter_differences, parameters
from conformance.published.security import credential_differences
from conformance.published.servers import server_differences, servers
from conformance.published.statuses import responses, status_differences
from conformance.result import Outcome, Result, errored, once
from conformance.sentence import said
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.lifecycle import State

GONE = "the operation is not published"


def compare(contract: Contract, document: Published) -> Result:
    """Every difference as a finding, with the drift that it is."""
    started = time.monotonic()
    operation = find(document, contract)
    differences = (
        [_gone(contract, document)] if operation is None else told_once(_differences(contract, document, operation))
    )
    found = [difference.finding(contract) for difference in differences]
    return Result(
        contract=contract,
        requests=0,
        seconds=time.monotonic() - started,
        outcomes=tuple(_outcomes(differences, there=operation is not None)),
        findings=tuple(once(contract.stem, found)),
        drifts={one.id(contract.stem): str(it.drift) for one, it in zip(found, differences, strict=True)},
    )


def unread(contract: Contract, why: str) -> Result:
    """The result where the document could not be fetched."""
    return errored(contract, (check.id for check in checks.COMPARED), why)


def _outcomes(differences: list[Difference], *, there: bool) -> Iterator[Outcome]:
    drifted = {difference.check.id for difference in differences}
    for check in checks.COMPARED:
        if check.id in drifted:
            yield Outcome(check.id, "drifted")
        else:
            yield Outcome(check.id, "held") if there else Outcome(check.id, "skipped", GONE)


def _gone(contract: Contract, document: Published) -> Difference:
    return Difference(
        check=rules.PATH,
        drift=Drift.ADDITIVE if contract.lifecycle.state is State.REMOVED else Drift.BREAKING,
        pointer=contract.pointer,
        expected=said("{operation}", operation=contract.operation),
        actual=said(
            "not published; {whereabouts} ({document}#/paths)",
            whereabouts=whereabouts(document, contract),
            document=document.name,
        ),
    )


def _differences(contract: Contract, document: Published, operation: Operation) -> Iterator[Difference]:
    ours = Published(contract.file, _as_it_comes(contract))
    own, item = ours.at(contract.pointer), ours.at(Pointer.of("paths", contract.path))
    if own is None or item is None:
        raise ValueError(contract.pointer)
    yield from _standing(contract, document, operation)
    urls = [url + operation.path for url in servers(document, operation.node, operation.item)]
    yield from server_differences(contract, document, urls)
    yield from credential_differences(contract, ours, document, own, operation.node)
    described = parameters(ours, own, item)
    # A path that names a parameter has it, whether the document describes it or not.
    published = {key: one for key, one in described.items() if key[1] == "path"}
    published |= named_as(contract, operation.path, parameters(document, operation.node, operation.item))
    yield from parameter_differences(document, described, published, contract.pointer)
    yield from status_differences(ours, document, responses(ours, own), responses(document, operation.node))


def _as_it_comes(contract: Contract) -> Mapping[str, Any]:
    """Our document as it describes what is sent: rows of values as arrays."""
    return contract.document if contract.rows is None else Document.parse(contract.text, name=contract.file).content


def _standing(contract: Contract, document: Published, operation: Operation) -> Iterator[Difference]:
    if operation.node.value.get("deprecated") is True and contract.lifecycle.state is State.CURRENT:
        yield Difference(
            check=rules.CURRENT,
            drift=Drift.AMBIGUOUS,
            pointer=contract.lifecycle.pointer,
            expected=said("a current operation"),
            actual=said("deprecated ({document}#{place})", document=document.name, place=operation.node.place),
        )
