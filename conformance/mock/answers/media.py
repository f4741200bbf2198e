"""In which media type an answer is sent, where that is not `application/json`."""

from __future__ import annotations

from conformance.spec.contract import Contract

USUAL = "application/json"


def media_type(contract: Contract, status: int) -> str:
    """The first kind of JSON that is documented for a status, such as `application/geo+json`; else the usual one."""
    documented = [media for response in contract.responses_for(status)[:1] for media in response.content]
    kinds = [media for media in documented if media.endswith("+json")]
    return USUAL if USUAL in documented or not kinds else kinds[0]
