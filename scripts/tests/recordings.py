"""What tests of recordings share."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import sandbase_sessions

from tests.answers import Answer, async_client, client, sandbase_page

both = pytest.mark.parametrize("kind", ["Client", "AsyncClient"])


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a recording."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


BODY = json.dumps(sandbase_page()).encode()


def ask(kind: str, answer: Answer, **settings: Any) -> Any:
    """Fetch one page with a client of either kind."""
    if kind == "Client":
        with client(sandbase_sessions, answer, **settings) as ours:
            return ours.list_sessions(limit=3).first_page()

    async def main() -> Any:
        async with async_client(sandbase_sessions, answer, **settings) as ours:
            return await ours.list_sessions(limit=3).first_page()

    return asyncio.run(main())
