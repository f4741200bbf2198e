"""What is asked of data that Schemathesis generates; `fuzz` sends it."""

from conformance.checks.base import Check, Family

GOOD_INPUT = Check(
    id="good-input-accepted",
    family=Family.FUZZ,
    summary="Generated queries that the documentation allows are answered with success.",
)
BAD_INPUT = Check(
    id="generated-bad-input-refused",
    family=Family.FUZZ,
    summary="Generated queries that the documentation rules out are refused.",
)
CHECKS = (GOOD_INPUT, BAD_INPUT)
