"""The generated clients' own decoding, with the extra `fast` and without it."""

from __future__ import annotations

import importlib
from typing import Any

from rivals import Decoder


def decoder(stem: str, *, fast: bool) -> Decoder:
    """Decode as the client does, after the response has come."""
    types: Any = importlib.import_module(f"{stem}.types")
    documented: Any = importlib.import_module(f"{stem}._documented")
    decode_page: Any = importlib.import_module(f"{stem}._decode").decode_page
    models: Any = importlib.import_module(f"{stem}.models")
    page = getattr(models, "SessionPage" if stem.endswith("sessions") else "SandboxPage")
    readers = documented.readers() if fast else documented.readers()._replace(from_bytes=None)

    def decode(content: bytes) -> object:
        response = types.Response(200, types.Headers(), content, 0.0, types.Request("GET", ""))
        return decode_page(page, documented.OPERATION, response, fast=readers, on_invalid="raise")

    return decode


class WithoutMsgspec:
    """Lets whole calls go as where the extra `fast` is not installed; itself it takes next to no time."""

    def __init__(self, stem: str) -> None:
        self._documented: Any = importlib.import_module(f"{stem}._documented")
        self._readers = self._documented.readers
        plain = self._readers()._replace(from_bytes=None)
        self._plain = lambda: plain

    def __enter__(self) -> None:
        self._documented.readers = self._plain

    def __exit__(self, *_: object) -> None:
        self._documented.readers = self._readers
