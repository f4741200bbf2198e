"""Remarks beside what is there: questions whose answer may be no."""

from __future__ import annotations

from conformance.draft.guess import Guess
from conformance.draft.source import Source, answers_bad_values
from conformance.pointer import Pointer
from conformance.spec.holes import HOLE

ORDER = "Is the order documented? Then add `order`."


def remarks(source: Source, guess: Guess) -> dict[str, str]:
    """The JSON Pointer of a part, to what is asked before it; a hole is told once."""
    operation = Pointer.of("paths", source.path, "get")
    asked = guess.identity.at.startswith(HOLE)
    found: dict[str, str] = {}
    order = "" if guess.order.extension else ORDER
    if order or not asked:
        named = "" if asked else "is this what names an item? "
        found[f"{operation}/x-conformance/identity"] = f"TODO {named}{order}".rstrip()
    if guess.paging.question:
        found[f"{operation}/responses"] = guess.paging.question
    if any(one.get("required") is True for one in (*source.elsewhere, *source.parameters)):
        found[f"{operation}/x-conformance/given"] = (
            "TODO every request must carry these: are they values that the API knows?"
        )
    found |= _of_parameters(source, guess, f"{operation}/parameters")
    if not answers_bad_values(source) and "default" not in source.refusals:
        found[f"{operation}/responses/4XX"] = "TODO which status answers a bad value? Until that is known, any 4XX may."
    if source.left_out:
        found[f"{operation}/operationId"] = f"TODO left out: {', '.join(source.left_out)}."
    return found | _of_document(source)


def _of_parameters(source: Source, guess: Guess, place: str) -> dict[str, str]:
    untold = guess.untold(one.extension["parameter"] for one in guess.filters)
    if untold:
        return {place: f"TODO is any of these a filter or a scope: {', '.join(untold)}?"}
    if source.guessed and not source.parameters:
        return {place: "TODO a response does not show its parameters: describe each here."}
    return {}


def _of_document(source: Source) -> dict[str, str]:
    found = {}
    if not source.security and not source.public:
        found["/security"] = "TODO which credential is documented? A bearer token is a guess."
    if not source.public:
        found["/components/securitySchemes"] = "TODO is x-env the environment variable that holds the credential?"
    if source.guessed:
        found["/components/schemas"] = (
            "TODO inferred from one response: the documentation says what is required, null, or one of few values."
        )
    return found
