"""In which media type an answer is sent, where that is not `application/json`."""

from __future__ import annotations

from conformance.spec.contract import Contract

USUAL = "application/json"


def media_types(contract: Contract) -> dict[int, str]:
    """Status to its first documented kind of JSON, such as `application/problem+json`; without those that are usual."""
    kinds = {
        int(response.status): [media for media in response.content if media.endswith("+json")]
        for response in contract.responses
        if response.status.isdecimal() and USUAL not in response.content
    }
    return {status: media[0] for status, media in kinds.items() if media}
