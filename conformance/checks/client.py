"""The generated client, as production imports it, reads what the server sends."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any

import httpx
from attrs import frozen

from conformance.checks.base import Check, Family, exchange_check
from conformance.exchange import Exchange
from conformance.finding import Finding, Level
from conformance.jsontext import Json
from conformance.pointer import Found
from conformance.spec.contract import Contract
from conformance.spec.promises import Kind
from conformance.spec.violations import general

OK = 200
PLACEHOLDER = "unused"
Query = Sequence[tuple[str, str]]


def _needs_client(contract: Contract) -> str:
    try:
        importlib.import_module(contract.stem)
    except ImportError:
        return f"the package {contract.stem} is not installed (uv sync --all-packages installs it)"
    return ""


def _sees_success(contract: Contract, exchange: Exchange) -> bool:
    return contract.succeeds(exchange.status)


@exchange_check("client-decodes", Family.CLIENT, needs=_needs_client, sees=_sees_success)
def client_decodes(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """The generated client reads every successful body."""
    error = decode_error(contract, exchange)
    if error is None:
        return
    response = contract.responses_for(exchange.status)[0]
    place = getattr(error, "pointer", "")
    start = response.pointer.below("content", next(iter(response.content)), "schema")
    yield Finding(
        check="client-decodes",
        level=Level.ERROR,
        pointer=contract.described_at(start, place),
        says=f"the client {contract.stem}, made from the spec, reads what the operation answers",
        expected=f"the body decodes (expected {getattr(error, 'expected', 'the documented body')})",
        actual=f"{type(error).__name__}: {str(error)[:200]}",
        witness=(exchange,),
        place=f"{type(error).__name__} {general(place) if place.startswith('/') else ''}",
    )


def decode_error(contract: Contract, exchange: Exchange) -> Exception | None:
    """What the generated client raises when it is given this response; None where it reads it."""
    return read(contract, exchange).error


@frozen
class Reading:
    """What the generated client makes of one response: a page, or what it raises."""

    page: Any
    error: Exception | None

    @property
    def json(self) -> Json:
        """The page as the client writes it again; what it lost is not in there."""
        made: Json = self.page.to_list() if hasattr(self.page, "to_list") else self.page.to_dict()
        return made


def read(contract: Contract, exchange: Exchange) -> Reading:
    """Give one response to the generated client; ImportError where it is not installed."""
    module = importlib.import_module(contract.stem)
    try:
        with _listing(module, contract, lambda _: exchange, {}) as listing:
            return Reading(listing.first_page(), None)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what production would see
        return Reading(None, error)


class NotRecordedError(LookupError):
    """The client asked for what no recorded exchange answers."""


@frozen
class Walked:
    """What the generated client lists when recorded exchanges answer it: items as JSON, and what ended it early."""

    items: list[Json]
    error: Exception | None

    @property
    def loops(self) -> bool:
        """Whether the client noticed that a cursor came again."""
        return type(self.error).__name__ == "PaginationError"


def walk(contract: Contract, exchanges: Iterable[Exchange], query: Query) -> Walked:
    """Let the generated client list everything that `query` asks for; ImportError where it is not installed.

    Of several exchanges with one query the last answers.
    """
    module = importlib.import_module(contract.stem)
    recorded = {_key(exchange.query): exchange for exchange in exchanges}
    items: list[Json] = []
    try:
        with _listing(module, contract, lambda key: _found(recorded, key), dict(query)) as listing:
            items.extend(item.to_dict() for item in listing)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what production would see
        return Walked(items, error)
    return Walked(items, None)


Key = tuple[tuple[str, str], ...]


def _key(query: Query) -> Key:
    return tuple(sorted(query))


def _found(recorded: Mapping[Key, Exchange], key: Key) -> Exchange:
    if key not in recorded:
        raise NotRecordedError(", ".join(f"{name}={value}" for name, value in key) or "no query")
    return recorded[key]


@contextmanager
def _listing(
    module: ModuleType, contract: Contract, answer: Callable[[Key], Exchange], query: Mapping[str, str]
) -> Iterator[Any]:
    """The client's listing, answered by recorded exchanges instead of a server."""
    skipped = {"content-encoding", "content-length", "transfer-encoding"}
    secret = {credential.name for credential in contract.credentials if credential.kind is Kind.QUERY}

    def respond(request: httpx.Request) -> httpx.Response:
        asked = [(name, value) for name, value in request.url.params.multi_items() if name not in secret]
        exchange = answer(_key(asked))
        headers = [(name, value) for name, value in exchange.headers.multi_items() if name.lower() not in skipped]
        return httpx.Response(exchange.status, headers=headers, content=exchange.body)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http_client:
        client: Any = module.Client(
            token=PLACEHOLDER,
            base_url="http://replay.invalid",
            max_retries=0,
            http_client=http_client,
        )
        yield getattr(client, contract.operation_id)(extra_query=query)


@frozen
class Readers:
    """The client's own fast decoders; what both leave to its slow one, that one may refuse."""

    _decoder: Any
    _read: Callable[[Found], object]

    @property
    def type(self) -> type:
        """What the strict one decodes, a type of msgspec."""
        decoded: type = self._decoder.type
        return decoded

    def take(self, body: bytes) -> bool:
        """Whether the strict one takes a body."""
        try:
            self._decoder.decode(body)
        except (ValueError, RecursionError):
            return False
        return True

    def tolerate(self, value: Found) -> bool:
        """Whether the tolerant one, which keeps what is not documented, takes a body that has been parsed."""
        try:
            return self._read(value) is not None
        except RecursionError:
            return False


_READERS = ("_fast", "_quick", "_origin")


def _read_page(read: Callable[[Found, object], object], source: Callable[..., object], value: Found) -> object:
    return read(value, source(value=value))


def quick_readers(contract: Contract) -> Readers | None:
    """The fast decoders of the generated client; None where it is not installed, or has none."""
    try:
        fast, quick, origin = (importlib.import_module(f"{contract.stem}.{name}") for name in _READERS)
        return Readers(fast.decoder, partial(_read_page, quick.read_page, origin.Source))
    except (ImportError, AttributeError):
        return None


CHECKS: tuple[Check, ...] = (client_decodes,)
