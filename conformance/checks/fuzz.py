"""What is asked of data that Schemathesis generates; `fuzz` sends it."""

from conformance.checks.base import Check
from conformance.checks.family import FUZZ
from conformance.checks.refusal import SILENTLY_IGNORED
from conformance.spec.contract import Contract


def _needs_refusal(contract: Contract) -> str:
    documented = any(contract.refusal_of(one.name) for one in contract.parameters)
    return "" if documented else "nothing documents what answers a parameter that is ruled out"


GOOD_INPUT = Check(
    id="good-input-accepted",
    family=FUZZ,
    summary="Generated queries that the documentation allows are answered with success.",
    no_proposal="Which of the documented values are refused, and why, one refusal does not tell.",
    headline="documented input is refused: {actual} instead of {expected}",
)
BAD_INPUT = Check(
    id="generated-bad-input-refused",
    family=FUZZ,
    summary="Generated queries that the documentation rules out are refused.",
    needs=_needs_refusal,
    no_proposal=SILENTLY_IGNORED,
    headline="invalid input is accepted: {actual} instead of {expected}",
)
CHECKS = (GOOD_INPUT, BAD_INPUT)
