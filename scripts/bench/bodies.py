"""Realistic bodies for the benchmarks: as large as a page is, no two items alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

COUNTS = {
    "vercel_sandboxes": 50,
    "sandbase_sessions": 100,
    "browserbase_sessions": 1000,
    "vercel_sessions": 50,
    "instavm_sandboxes": 100,
}
_START = datetime(2026, 5, 29, 10, 0, 0, 123_000, UTC)


def body(stem: str, count: int | None = None) -> bytes:
    """Give the bytes of a response with `count` items."""
    return json.dumps(_MAKERS[stem](COUNTS[stem] if count is None else count)).encode()


NOVEL, NULL = "one new field in every item", "an undocumented null in every item"


def drifted(stem: str) -> dict[str, bytes]:
    """Give the body as it drifts first: with a field that no page names, and with null for an optional field."""
    optional = _OPTIONAL.get(stem)
    ways: dict[str, dict[str, Any]] = {NOVEL: {"architecture": "x86_64"}, NULL: {optional: None} if optional else {}}
    found: dict[str, bytes] = {}
    for way, change in ways.items():
        whole = _MAKERS[stem](COUNTS[stem])
        rows: Any = (
            whole if isinstance(whole, list) else next(each for each in whole.values() if isinstance(each, list))
        )
        rows[:] = [row | change for row in rows]
        if change:
            found[way] = json.dumps(whole).encode()
    return found


_OPTIONAL = {
    "vercel_sandboxes": "stoppedAt",
    "vercel_sessions": "stoppedAt",
    "browserbase_sessions": "endedAt",
}
"""A field of each body that is documented to be absent, and not null."""


def _milliseconds(second: int) -> int:
    return 1_000 * (1_760_000_000 + second) + 123


def _seconds_text(second: int) -> str:
    return (_START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _milliseconds_text(second: int) -> str:
    return (_START + timedelta(seconds=second)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _vercel_row(index: int) -> dict[str, Any]:
    return {
        "id": f"sbx_{index:024d}",
        "memory": 2048,
        "vcpus": 2,
        "region": "iad1",
        "runtime": "node22",
        "timeout": 300_000,
        "status": ("running", "stopped", "failed")[index % 3],
        "requestedAt": _milliseconds(index),
        "startedAt": _milliseconds(index) + 100,
        "cwd": "/vercel/sandbox",
        "stoppedAt": _milliseconds(index) + 9_000,
        "duration": 8_900,
        "createdAt": _milliseconds(index),
        "updatedAt": _milliseconds(index) + 9_000,
        "networkPolicy": {"mode": "allow-all"},
        "activeCpuDurationMs": 1_200,
        "networkTransfer": {"egress": 123_456, "ingress": 654_321},
    }


def vercel_sandboxes(count: int) -> object:
    """Make a body of `vercel_sandboxes`."""
    pagination = {"count": count, "next": _milliseconds(0), "prev": None, "total": 4 * count}
    return {"sandboxes": [_vercel_row(index) for index in range(count)], "pagination": pagination}


def vercel_sessions(count: int) -> object:
    """Make a body of `vercel_sessions`."""
    named = [{"projectId": "prj_1", "sourceSandboxName": f"worker-{index}"} for index in range(count)]
    rows = [_vercel_row(index) | names for index, names in enumerate(named)]
    return {"sessions": rows, "pagination": {"count": count, "next": "Y3Vyc29y"}}


def sandbase_sessions(count: int) -> object:
    """Make a body of `sandbase_sessions`."""
    rows = [
        {
            "id": f"sess_{index:020d}",
            "type": "session",
            "status": ("idle", "running", "terminated")[index % 3],
            "title": f"Research task {index}",
            "agent_id": "agent_01HqR2k7000000",
            "agent_version": 1,
            "environment_id": "env_01abc0000000000",
            "usage": {"input_tokens": 1000 + index, "output_tokens": 200} if index % 2 else None,
            "metadata": {"team": "research"},
            "archived_at": None,
            "created_at": _seconds_text(index),
            "updated_at": _seconds_text(index + 120),
        }
        for index in range(count)
    ]
    return {"data": rows, "next_page": "page_abc"}


def browserbase_sessions(count: int) -> object:
    """Make a body of `browserbase_sessions`."""
    return [
        {
            "id": f"00000000-0000-4000-8000-{index:012d}",
            "createdAt": _milliseconds_text(index),
            "updatedAt": _milliseconds_text(index + 300),
            "projectId": "11111111-0000-4000-8000-000000000000",
            "startedAt": _milliseconds_text(index + 1),
            "endedAt": _milliseconds_text(index + 300),
            "expiresAt": _milliseconds_text(index + 3600),
            "status": ("RUNNING", "COMPLETED", "ERROR")[index % 3],
            "proxyBytes": 1234 * index,
            "keepAlive": index % 2 == 0,
            "contextId": "22222222-0000-4000-8000-000000000000",
            "region": "us-west-2",
            "userMetadata": {"order": str(index)},
        }
        for index in range(count)
    ]


def instavm_sandboxes(count: int) -> object:
    """Make a body of `instavm_sandboxes`."""
    return [
        {
            "sandbox_id": f"vm_{index:016d}",
            "template_id": None,
            "name": "default",
            "metadata": {"team": "research", "order": index},
            "started_at": f"2026-05-29T10:{index % 60:02}:00.123456",
            "end_at": f"2026-05-29T11:{index % 60:02}:00.123456",
            "status": "active",
        }
        for index in range(count)
    ]


_MAKERS: dict[str, Callable[[int], Any]] = {
    "vercel_sandboxes": vercel_sandboxes,
    "sandbase_sessions": sandbase_sessions,
    "browserbase_sessions": browserbase_sessions,
    "vercel_sessions": vercel_sessions,
    "instavm_sandboxes": instavm_sandboxes,
}
