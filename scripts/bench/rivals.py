"""What the generated clients are measured against: stock output, and the vendors' own packages."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
Decoder: TypeAlias = Callable[[bytes], object]


def stock(stem: str, directory: Path) -> Decoder:
    """Generate stock openapi-python-client output into a directory, and decode as its functions do."""
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]
    places = ["--path", str(ROOT / "specs" / f"{stem}.yaml"), "--output-path", str(directory / f"stock_{stem}")]
    subprocess.run([*command, *places], check=True, capture_output=True)
    sys.path.insert(0, str(directory))
    models = importlib.import_module(f"stock_{stem}.models")
    page = getattr(models, "SessionPage", None) or getattr(models, "SandboxPage", None)
    if page is not None:
        return lambda content: page.from_dict(json.loads(content))
    item = getattr(models, "Session", None) or models.Sandbox
    return lambda content: [item.from_dict(row) for row in json.loads(content)]


def official(stem: str) -> tuple[str, Decoder] | None:
    """Decode as a call of the vendor's own package does, after the response has come."""
    if stem not in _OFFICIAL:
        return None
    name, make = _OFFICIAL[stem]
    return f"official {name}", make()


def _browserbase() -> Decoder:
    from browserbase._models import construct_type
    from browserbase.types import SessionListResponse

    return lambda content: construct_type(type_=SessionListResponse, value=json.loads(content))


def _anthropic() -> Decoder:
    from anthropic._models import construct_type
    from anthropic.pagination import SyncBidirectionalPageCursor
    from anthropic.types.beta import BetaManagedAgentsSession

    page = SyncBidirectionalPageCursor[BetaManagedAgentsSession]
    return lambda content: construct_type(type_=page, value=json.loads(content))


def _vercel() -> Decoder:
    from vercel.sandbox._internal import api_client as vercel

    def decode(content: bytes) -> object:
        answer = vercel._validate_response(vercel._RuntimeSessionsResponse, json.loads(content))  # noqa: SLF001
        return tuple(vercel._runtime_session_state(each) for each in answer.sessions)  # noqa: SLF001

    return decode


def _instavm() -> Decoder:
    import requests
    from instavm import InstaVM

    class Unstarted(InstaVM):  # type: ignore[misc]
        def start_session(self) -> None:
            """Send nothing: making a client starts a VM."""

    client = Unstarted(api_key="k", base_url="http://bench.invalid")

    def decode(content: bytes) -> object:
        answer = requests.Response()
        answer.status_code, answer._content = 200, content  # noqa: SLF001 - as its HTTP library fills it
        client.session.request = lambda *_, **__: answer
        return client.list_sandboxes()

    return decode


_OFFICIAL: dict[str, tuple[str, Callable[[], Decoder]]] = {
    "browserbase_sessions": ("browserbase", _browserbase),
    "sandbase_sessions": ("anthropic", _anthropic),
    "vercel_sessions": ("vercel", _vercel),
    "instavm_sandboxes": ("instavm", _instavm),
}
