"""Pretended servers: functions from a request to a response, and bodies made from the fixtures' items."""

import importlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from listing_runtime.operation import Operation
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
STEMS = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
URL = "http://test.invalid"

Answer = Callable[[httpx.Request], httpx.Response]


def answering(body: Any, status: int = 200, **headers: str) -> Answer:
    """Answer every request in the same way."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(status, content=content, headers={"Content-Type": "application/json"} | headers)


def in_turn(*responses: httpx.Response | Exception) -> Answer:
    """Answer requests with these, one after the other."""
    left = list(responses)

    def answer(_: httpx.Request) -> httpx.Response:
        response = left.pop(0)
        if isinstance(response, Exception):
            raise response
        return response

    return answer


def noting(seen: list[httpx.Request], answer: Answer) -> Answer:
    """Answer as `answer` does, and keep each request."""

    def noted(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(request)

    return noted


def client(module: ModuleType, answer: Answer, **settings: Any) -> Any:
    """Make a sync client that asks a function."""
    http = httpx.Client(transport=httpx.MockTransport(answer))
    return module.Client("t0ken", base_url=URL, http_client=http, **({"max_retries": 0} | settings))


def async_client(module: ModuleType, answer: Answer, **settings: Any) -> Any:
    """Make an async client that asks a function."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return module.AsyncClient("t0ken", base_url=URL, http_client=http, **({"max_retries": 0} | settings))


def known(stem: str) -> Operation:
    """Give what a client knows of its operation."""
    found: Operation = importlib.import_module(f"{stem}._operation").OPERATION
    return found


def listing(client: Any, stem: str, **arguments: Any) -> Any:
    """Call the operation of a client."""
    return getattr(client, known(stem).name)(**arguments)


@cache
def identity(stem: str) -> str:
    """Give the name of the field that tells an item from all others."""
    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    (path,) = spec["paths"].values()
    return str(path["get"]["x-conformance"]["identity"]).removeprefix("/")


def rows(stem: str, count: int = 2, **changes: Any) -> list[dict[str, Any]]:
    """Make items, each with an identity of its own; the last one is changed."""
    fixture = json.loads((ROOT / "conformance/fixtures" / f"{stem}.json").read_text("utf-8"))["items"]
    key = identity(stem)
    names = [f"{stem}-{index}" if isinstance(fixture[0][key], str) else 1000 + index for index in range(count)]
    made = [fixture[index % len(fixture)] | {key: name} for index, name in enumerate(names)]
    made[-1] |= changes
    return made


def sandbase_page(next_page: str | None = None, **changes: Any) -> Any:
    """Make a page of two sessions; the last one is changed."""
    return {"data": rows("sandbase_sessions", **changes), "next_page": next_page}


def page() -> httpx.Response:
    """Make the response that holds a last page of two sessions."""
    return httpx.Response(200, json=sandbase_page())


def refusal(status: int, **headers: str) -> httpx.Response:
    """Make a response that refuses; underscores in a header's name are hyphens."""
    return httpx.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})
