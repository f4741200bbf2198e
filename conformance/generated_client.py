"""How the generated client, as production imports it, reads one recorded response, and walks many of them."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.pointer import Found
from conformance.spec.contract import Contract
from conformance.spec.credential import Kind

if TYPE_CHECKING:
    import httpx

PLACEHOLDER = "unused"
Query = Sequence[tuple[str, str]]


def why_not(contract: Contract) -> str:
    """Why there is no client to ask; empty where it is installed."""
    try:
        importlib.import_module(contract.stem)
    except ImportError:
        return f"the package {contract.stem} is not installed: the extra `clients` has it"
    return ""


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
    """Give one response to the generated client's reader; ImportError where the client is not installed."""
    reader: Any = importlib.import_module(f"{contract.stem}._operation")
    from listing_runtime import wire  # noqa: PLC0415 - of a package that is installed with the client

    headers = wire.Headers(exchange.headers.multi_items())
    request = wire.Request("GET", exchange.request.url)
    response = wire.Response(exchange.status, headers, exchange.wire, exchange.seconds, request)
    try:
        return Reading(reader.read(response, "raise"), None)
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
    import httpx  # noqa: PLC0415 - a shell's completion of checks does not wait for it

    skipped = {"content-encoding", "content-length", "transfer-encoding"}
    secret = {credential.name for credential in contract.credentials if credential.kind is Kind.QUERY}

    def respond(request: httpx.Request) -> httpx.Response:
        asked = [(name, value) for name, value in request.url.params.multi_items() if name not in secret]
        exchange = answer(_key(asked))
        headers = [(name, value) for name, value in exchange.headers.multi_items() if name.lower() not in skipped]
        return httpx.Response(exchange.status, headers=headers, content=exchange.wire)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http_client, warnings.catch_warnings():
        # Whoever checks an operation that is superseded knows it already.
        warnings.simplefilter("ignore", DeprecationWarning)
        client: Any = module.Client(
            token=_token(contract),
            base_url="http://replay.invalid",
            max_retries=0,
            http_client=http_client,
        )
        required = _required(module, contract, query)
        rest = {name: value for name, value in query.items() if name not in required.names}
        yield getattr(client, contract.operation_id)(extra_query=rest, **required.arguments)


def _token(contract: Contract) -> str | dict[str, str]:
    """What the client takes for credentials: a text where one is enough, else one for each that count together."""
    if not contract.security or any(len(one.credentials) == 1 for one in contract.security):
        return PLACEHOLDER
    return {one.scheme: PLACEHOLDER for one in contract.security[0].credentials}


@frozen
class _Required:
    """What a client must be given: the names of parameters, and values by the names of its arguments."""

    names: frozenset[str]
    arguments: Mapping[str, str]


def _required(module: ModuleType, contract: Contract, query: Mapping[str, str]) -> _Required:
    """The parameters that every request must carry, as this one or every one does."""
    known = (*contract.path_parameters, *contract.header_parameters, *contract.parameters)
    names = [one.name for one in known if one.required]
    if not names:
        return _Required(frozenset(), {})
    operation: Any = importlib.import_module(f"{module.__name__}._operation").OPERATION
    called = {one.name: one.argument for one in operation.parameters}
    values = {**dict(contract.given), **query}
    return _Required(frozenset(names), {called[name]: values.get(name, PLACEHOLDER) for name in names})


@frozen
class Readers:
    """The client's own two readers."""

    _decoder: Any
    _page: Any

    @property
    def type(self) -> type:
        """What the fast one decodes, a type of msgspec."""
        decoded: type = self._decoder.type
        return decoded

    def take(self, body: bytes) -> bool:
        """Whether the fast one takes a body."""
        try:
            self._decoder.decode(body)
        except (ValueError, RecursionError):
            return False
        return True

    def tolerate(self, value: Found) -> bool:
        """Whether the tolerant one, which keeps what is not documented, takes a body that has been parsed."""
        try:
            self._page.from_list(value) if hasattr(self._page, "from_list") else self._page.from_dict(value)
        except Exception:  # noqa: BLE001 - whatever it raises is what production would see
            return False
        return True


def readers(contract: Contract) -> Readers | None:
    """The readers of the generated client; None where it is not installed, or has none."""
    try:
        fast = importlib.import_module(f"{contract.stem}._fast")
        return Readers(fast.decoder, fast.PAGE)
    except (ImportError, AttributeError):
        return None
