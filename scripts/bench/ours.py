"""The generated clients' own decoding."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any

from rivals import Decoder


def decoder(stem: str) -> Decoder:
    """Decode as the client does, after the response has come: that it came is no part of what is measured."""
    types: Any = importlib.import_module(f"{stem}.types")
    read: Any = importlib.import_module(f"{stem}._operation").read

    @lru_cache(maxsize=8)
    def came(content: bytes) -> object:
        return types.Response(200, types.Headers(), content, 0.0, types.Request("GET", ""))

    return lambda content: read(came(content), "raise")
