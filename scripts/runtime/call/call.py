"""One call of the operation, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from listing_runtime.secret import SecretHeaders
from listing_runtime.wire import OnInvalid


class Call(NamedTuple):
    """One call of the operation, checked: its arguments, and what it changes of the client's settings."""

    arguments: Mapping[str, object]
    timeout: float
    max_retries: int
    extra_query: list[tuple[str, str]]
    headers: SecretHeaders
    on_invalid: OnInvalid
