"""The generated clients' own decoding."""

from __future__ import annotations

import importlib
from typing import Any

from rivals import Decoder


def decoder(stem: str) -> Decoder:
    """Decode as the client does, after the response has come."""
    types: Any = importlib.import_module(f"{stem}.types")
    read: Any = importlib.import_module(f"{stem}._operation").read

    def decode(content: bytes) -> object:
        response = types.Response(200, types.Headers(), content, 0.0, types.Request("GET", ""))
        return read(response, "raise")

    return decode
