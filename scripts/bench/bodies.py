"""Realistic bodies for the benchmark."""

import json
from typing import Any


def vercel_sandboxes(count: int) -> Any:  # noqa: ANN401 - JSON
    """Make a page in the shape of `vercel_sandboxes`."""
    start = 1_760_000_000_000
    rows = [
        {
            "id": f"sbx_{index:024d}",
            "memory": 2048,
            "vcpus": 2,
            "region": "iad1",
            "runtime": "node22",
            "timeout": 300_000,
            "status": ("running", "stopped", "failed")[index % 3],
            "requestedAt": start + index,
            "startedAt": start + index + 100,
            "cwd": "/vercel/sandbox",
            "stoppedAt": start + index + 9_000,
            "duration": 8_900,
            "createdAt": start + index,
            "updatedAt": start + index + 9_000,
            "networkPolicy": {"mode": "allow-all"},
            "activeCpuDurationMs": 1_200,
            "networkTransfer": {"egress": 123_456, "ingress": 654_321},
        }
        for index in range(count)
    ]
    return {"sandboxes": rows, "pagination": {"count": count, "next": start, "prev": None, "total": 4 * count}}


def sandbase_sessions(count: int) -> Any:  # noqa: ANN401 - JSON
    """Make a page in the shape of `sandbase_sessions`."""
    rows = [
        {
            "id": f"sess_{index:020d}",
            "type": "session",
            "status": ("idle", "running", "terminated")[index % 3],
            "title": f"Research task {index}",
            "agent_id": "agent_01HqR2k7000000",
            "agent_version": 1,
            "environment_id": "env_01abc0000000000",
            "usage": {"input_tokens": 1000, "output_tokens": 200} if index % 2 else None,
            "metadata": {"team": "research"},
            "archived_at": None,
            "created_at": "2026-05-29T10:00:00Z",
            "updated_at": "2026-05-29T10:02:00Z",
        }
        for index in range(count)
    ]
    return {"data": rows, "next_page": "page_abc"}


def browserbase_sessions(count: int) -> Any:  # noqa: ANN401 - JSON
    """Make a body in the shape of `browserbase_sessions`."""
    return [
        {
            "id": f"00000000-0000-4000-8000-{index:012d}",
            "createdAt": "2026-05-29T10:00:00.123Z",
            "updatedAt": "2026-05-29T10:05:00.123Z",
            "projectId": "11111111-0000-4000-8000-000000000000",
            "startedAt": "2026-05-29T10:00:01.123Z",
            "endedAt": "2026-05-29T10:05:00.123Z",
            "expiresAt": "2026-05-29T11:00:00.123Z",
            "status": ("RUNNING", "COMPLETED", "ERROR")[index % 3],
            "proxyBytes": 1234 * index,
            "keepAlive": index % 2 == 0,
            "contextId": "22222222-0000-4000-8000-000000000000",
            "region": "us-west-2",
            "userMetadata": {"order": str(index)},
        }
        for index in range(count)
    ]


BODIES = {
    "vercel_sandboxes": json.dumps(vercel_sandboxes(50)).encode(),
    "sandbase_sessions": json.dumps(sandbase_sessions(100)).encode(),
    "browserbase_sessions": json.dumps(browserbase_sessions(1000)).encode(),
}
COUNTS = {"vercel_sandboxes": 50, "sandbase_sessions": 100, "browserbase_sessions": 1000}
