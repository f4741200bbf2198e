"""Everything public survives pickle, copy and deepcopy: a pool of processes hands it on."""

import copy
import importlib
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import httpx
import pytest
import sandbase_sessions
from cattrs.preconf.json import make_converter
from listing_runtime import errors
from listing_runtime.errors import APIConnectionError, APIError
from listing_runtime.types import Headers, Request, Response

from tests.answers import STEMS, client, in_turn, listing, rows

REQUEST = Request("GET", "http://test.invalid/things")
RESPONSE = Response(429, Headers([("Retry-After", "2")]), b'{"error": "no"}', 0.1, REQUEST)
WAYS: list[Callable[[Any], Any]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda value, each=protocol: pickle.loads(pickle.dumps(value, each)) for protocol in range(6)),  # noqa: S301 - ours
]


def every_error() -> Iterator[Exception]:
    """Make one of each public class, from what its constructor asks for."""
    for name in errors.__all__:
        kind = getattr(errors, name)
        if issubclass(kind, errors.APIStatusError):
            yield kind(RESPONSE, {"error": "no"})
        elif kind is errors.DecodeError:
            yield kind("/a", expected="b", actual="c", response=RESPONSE)
        elif issubclass(kind, errors.APIConnectionError):
            yield kind("no", request=REQUEST)
        else:
            yield kind("no")


@pytest.mark.parametrize("error", list(every_error()), ids=lambda error: type(error).__name__)
def test_errors_travel(error: Exception) -> None:
    """With class, text and everything that they carry, where a walk goes on and notes included."""
    if isinstance(error, APIError):
        error.resume = {"cursor": "2"}
    error.add_note("seen in a worker")

    for way in WAYS:
        again = way(error)
        assert (type(again), str(again), again.args) == (type(error), str(error), error.args)
        assert repr(vars(again)) == repr(vars(error))


@pytest.mark.parametrize("stem", STEMS)
def test_pages_items_and_where_they_lead_travel(stem: str) -> None:
    """Equal, given back exactly, with their response; a page that travelled says why it leads nowhere."""
    package: Any = importlib.import_module(stem)
    novel = {"novel": {"a": [1]}}
    server = package.testing.server([row | novel for row in rows(stem, 30)], page_size=7)
    page = listing(server.client(), stem).first_page()

    for way in WAYS:
        again = way(page)
        assert again == page
        assert (again.response, again.resume, again.skipped) == (page.response, page.resume, page.skipped)
        assert [item.to_dict() for item in again.items] == [item.to_dict() for item in page.items]
        assert way(page.items[0]).additional_properties == novel
        assert way(page.resume) == page.resume
        if page.has_next_page and way is not copy.copy:
            with pytest.raises(errors.ConfigurationError, match="resume"):
                again.next_page()


def worker(number: int) -> int:
    """Fail to connect, in another process."""
    ours = client(sandbase_sessions, in_turn(httpx.ConnectError("refused"), httpx.ReadTimeout("slow")))
    ours.list_sessions().first_page()
    return number


def test_a_failed_connection_breaks_no_pool() -> None:
    """The error reaches the one who asked, and the pool goes on."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        with pytest.raises(APIConnectionError, match="refused"):
            pool.submit(worker, 1).result(60)
        assert pool.submit(abs, -1).result(60) == 1


@pytest.mark.parametrize("stem", STEMS)
def test_items_travel_through_json_by_cattrs(stem: str) -> None:
    """Both ways, with a status and a field that no documentation names."""
    package: Any = importlib.import_module(stem)
    (item,) = listing(package.testing.client(rows(stem, 1, status="brand-new", novel={"a": [1]})), stem)
    converter = make_converter()

    assert converter.loads(converter.dumps(item), type(item)) == item
