"""Why no change of a spec can express a drift, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

BY_CHECK: Mapping[str, str] = {
    "operation-exists": "A spec describes an operation that answers; this one does not. Look for its successor.",
    "lifecycle-current": "The spec says so already.",
    "credentials-accepted": "Which credential the operation reads now cannot be told from refusals.",
    "credentials-required": "A spec must not document that anybody may list.",
    "bad-input-refused": "A spec can withdraw a bound, not describe a value that is silently ignored.",
    "generated-bad-input-refused": "A spec can withdraw a bound, not describe a value that is silently ignored.",
    "good-input-accepted": "Which of the documented values are refused, and why, one refusal does not tell.",
    "limit-bounds": "Where the bounds lie now cannot be told from the requests of this run.",
    "no-server-error": "A failing server is no behaviour to document.",
    "json-strict": "A spec can describe JSON alone, and this is none.",
    "stable-answer": "A listing that changes by being asked has no order to document.",
    "identity-unique": "Items that share their identity cannot be told apart; no schema says otherwise.",
    "identity-stable": "One item that reads differently from listing to listing has no state to document.",
    "walk-ends": "A cursor that leads back to itself lists nothing more; no client can use it.",
    "pages-disjoint": "Pages that overlap are no pages of one listing.",
    "pages-complete": "Items that no page shows cannot be documented into view.",
    "cursor-opaque": "A cursor that was never given leads nowhere; that it restarts is an accident.",
    "cursor-keeps-filters": "A walk that forgets its filter lists what was not asked for.",
}
BY_FAMILY: Mapping[str, str] = {
    "wire": "No schema of a listing can describe this answer.",
    "client": "No schema of a listing can describe this answer.",
    "filtering": "A filter that lists something else than it says is no filter; documenting it would hide the bug.",
    "limit": "A limit that is not kept is no limit; documenting it would hide the bug.",
    "ordering": "What was seen follows no order that a spec can name.",
    "counting": "A number that counts nothing of what is listed has no meaning to document.",
    "items": "Items that contradict themselves have no state to document.",
    "paging": "Pages that do not belong together are no listing.",
}


def why(check: str, family: str) -> str:
    """The reason, as its reader would tell a colleague."""
    return BY_CHECK.get(check) or BY_FAMILY.get(family) or "No change of the spec describes what was seen."
