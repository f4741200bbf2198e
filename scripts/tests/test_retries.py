"""When a request is sent again, and after which wait."""

import asyncio
import time
from email.utils import formatdate
from typing import Any

import httpx
import pytest
import sandbase_sessions
from listing_runtime import errors
from listing_runtime.call.retries import next_wait
from listing_runtime.retry_after import retry_after

from tests.answers import answering, async_client, client, in_turn, noting, page, refusal

PASSING = (408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529)
"""With those of a proxy before the server, and overload."""


@pytest.mark.parametrize("failure", [*PASSING, httpx.ConnectError("no"), httpx.ReadTimeout("late")])
def test_what_may_pass_is_tried_again(failure: Any, waits: list[float]) -> None:
    """Two retries by default, then success."""
    failures = [refusal(failure) if isinstance(failure, int) else failure for _ in range(2)]
    found = client(sandbase_sessions, in_turn(*failures, page()), max_retries=2).list_sessions().first_page()

    assert (len(found.items), len(waits)) == (2, 2)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 501, 301])
def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    """One request, one error."""
    seen: list[httpx.Request] = []

    with pytest.raises(errors.APIStatusError):
        client(sandbase_sessions, noting(seen, answering({}, status)), max_retries=5).list_sessions().first_page()

    assert len(seen) == 1


def test_retry_after_in_seconds_is_obeyed(waits: list[float]) -> None:
    """The server's number goes before our backoff."""
    client(
        sandbase_sessions, in_turn(refusal(429, Retry_After="7"), page()), max_retries=1
    ).list_sessions().first_page()

    assert waits == [7.0]


def test_retry_after_as_a_date_is_obeyed(waits: list[float]) -> None:
    """An HTTP date is a wait until then; one that has passed is none."""
    for ahead in (20, -20):
        refused = refusal(503, Retry_After=formatdate(time.time() + ahead, usegmt=True))
        client(sandbase_sessions, in_turn(refused, page()), max_retries=1).list_sessions().first_page()

    assert len(waits) == 1
    assert 15 < waits[0] <= 20


@pytest.mark.parametrize("value", ["soon", "-1", "1e9", "٣", ""])
def test_a_senseless_retry_after_is_ignored(value: str) -> None:
    """Backoff is used instead."""
    assert retry_after({"retry-after": value}) is None


def test_a_wait_that_is_too_long_is_not_begun(waits: list[float]) -> None:
    """A server that asks for more than the cap gets no second request; the error says what it asked for."""
    with pytest.raises(errors.RateLimitError) as caught:
        client(
            sandbase_sessions, answering({}, 429, **{"Retry-After": "3600"}), max_retries=5
        ).list_sessions().first_page()

    assert caught.value.retry_after == 3600.0
    assert waits == []


def test_backoff_grows_and_is_capped() -> None:
    """Waits are drawn between nothing and a bound that doubles up to its cap; together they stay under another."""
    drawn = [[next_wait(99, attempt, 0.0, None) or 0.0 for _ in range(300)] for attempt in range(12)]

    assert all(0 <= each <= min(8.0, 0.5 * 2**attempt) for attempt, waits in enumerate(drawn) for each in waits)
    assert max(drawn[11]) > 4
    assert next_wait(99, 11, 60.1, None) is None
    assert next_wait(2, 2, 0.0, None) is None


def test_async_calls_are_tried_again_too() -> None:
    """Under asyncio, with Retry-After."""

    async def call() -> int:
        ours = async_client(sandbase_sessions, in_turn(refusal(429, Retry_After="0"), page()), max_retries=1)
        return len((await ours.list_sessions().first_page()).items)

    assert asyncio.run(call()) == 2


@pytest.mark.parametrize(
    ("status", "headers", "waited"),
    [
        (503, {"Retry_After": "1.5"}, [1.5]),
        (429, {"retry_after_ms": "250", "Retry_After": "9"}, [0.25]),
        (409, {"x_should_retry": "true", "Retry_After": "1"}, [1.0]),
        (503, {"x_should_retry": "false"}, None),
    ],
)
def test_a_server_says_when_and_whether(
    status: int, headers: dict[str, str], waited: list[float] | None, waits: list[float]
) -> None:
    """With decimals, in milliseconds, and by a plain yes or no."""
    ours = client(sandbase_sessions, in_turn(refusal(status, **headers), page()), max_retries=1)
    if waited is None:
        with pytest.raises(errors.APIStatusError):
            ours.list_sessions().first_page()
    else:
        ours.list_sessions().first_page()
    assert waits == (waited or [])
