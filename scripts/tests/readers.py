"""The two readers of a generated client, the fast and the tolerant one, each by itself."""

import importlib
import json
from typing import Any

from listing_runtime.answer.read import decode_page
from listing_runtime.types import Headers, Request, Response


def decode(stem: str, content: bytes, *, fast: bool = True) -> Any:
    """Give the page in a body as the client reads it; without `fast`, by the tolerant reader alone."""
    reader = importlib.import_module(f"{stem}._fast")
    return decode_page(
        reader.PAGE,
        importlib.import_module(f"{stem}._operation").OPERATION,
        Response(200, Headers(), content, 0.0, Request("GET", "")),
        fast=reader.read_page if fast else lambda _: None,
        on_invalid="raise",
    )


def written(page: Any) -> Any:
    """Give a page as JSON."""
    return page.to_list() if hasattr(page, "to_list") else page.to_dict()


def fast(stem: str, body: Any) -> Any:
    """Read a body by the fast reader alone; None where it leaves the body to the tolerant one."""
    return importlib.import_module(f"{stem}._fast").read_page(json.dumps(body).encode())
