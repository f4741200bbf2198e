"""No credential in what errors show: their texts, and the variables of all frames that led to them."""

import asyncio
import base64
import importlib
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from listing_runtime.operation import Operation

from tests.answers import STEMS, URL, answering, in_turn, known, listing

SECRET = "sk-very-secret-0123456789"
ECHO = f'{{"error": {{"message": "key {SECRET} is not known"}}}}'.encode()
HARMS: dict[str, Callable[[], Any]] = {
    "refused": lambda: answering(ECHO, 401),
    "redirected": lambda: answering(b"", 302, Location=f"https://other.invalid/?key={SECRET}"),
    "no JSON": lambda: answering(f"<p>{SECRET}</p>".encode()),
    "another shape": lambda: answering(f'{{"a": "{SECRET}"}}'.encode()),
    "no connection": lambda: in_turn(httpx.ConnectError(f"cannot send {SECRET}")),
    "a header": lambda: in_turn(httpx.LocalProtocolError(f"Illegal header value b'{SECRET}'")),
    "in time": lambda: in_turn(httpx.ReadTimeout("slow")),
    "a defect": lambda: in_turn(RuntimeError(SECRET)),
}


def shown(error: BaseException) -> str:
    """Show an error as those do who collect errors: with the variables of every frame, causes included."""
    frames = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(frames.format()) + repr(error) + repr(vars(error))


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("harm", [name for name in HARMS if name != "a defect"])
def test_errors_do_not_show_the_credential(stem: str, harm: str) -> None:
    """Neither the sent one nor one that the server or the HTTP library repeats; sync and async."""
    package: Any = importlib.import_module(stem)

    def fail(secret: list[str]) -> Exception:
        http = httpx.Client(transport=httpx.MockTransport(HARMS[harm]()))
        made = package.Client(secret.pop(), base_url=URL, http_client=http, max_retries=0)
        with pytest.raises(package.errors.APIError) as caught:
            listing(made, stem).first_page()
        return caught.value

    async def fail_async(secret: list[str]) -> Exception:
        http = httpx.AsyncClient(transport=httpx.MockTransport(HARMS[harm]()))
        made = package.AsyncClient(secret.pop(), base_url=URL, http_client=http, max_retries=0)
        with pytest.raises(package.errors.APIError) as caught:
            await listing(made, stem).first_page()
        return caught.value

    for error in (fail([SECRET]), asyncio.run(fail_async([SECRET]))):
        assert SECRET not in shown(error).replace(repr(getattr(error, "body", None)), "")
        assert SECRET not in str(error)


@pytest.mark.parametrize("kind", ["bearer", "basic", "header", "query", "cookie"])
def test_frames_of_ours_show_no_credential(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is sent, and even where a defect keeps its whole traceback; constructors included."""
    package: Any = importlib.import_module("sandbase_sessions")
    scheme = known("sandbase_sessions").schemes[0]._replace(kind=kind, name="X-Key")
    operation: Operation = known("sandbase_sessions")._replace(schemes=(scheme,))
    monkeypatch.setattr(package.Client, "__operation__", operation)

    def fail(secret: list[str]) -> Exception:
        http = httpx.Client(transport=httpx.MockTransport(HARMS["a defect"]()))
        made = package.Client(secret.pop(), base_url=URL, http_client=http)
        with pytest.raises(RuntimeError) as caught:
            made.list_sessions().first_page()
        return caught.value

    def refuse(secret: list[str], **settings: Any) -> Exception:
        with pytest.raises(package.errors.ConfigurationError) as caught:
            package.Client(secret.pop(), **settings)
        return caught.value

    error = fail([SECRET])
    ours = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if "_runtime" in frame.f_code.co_filename]
    assert len(ours) > 2
    coded = base64.b64encode(SECRET.encode()).decode()
    for frame in ours:
        for name, value in frame.f_locals.items():
            assert SECRET not in repr(value), (frame.f_code.co_name, name)
            assert coded not in repr(value), (frame.f_code.co_name, name)
    for settings in ({"base_url": ""}, {"timeout": None}, {"scheme": "none"}, {"http_client": 5}):
        told = refuse([SECRET], **settings)
        for frame, _ in list(traceback.walk_tb(told.__traceback__))[1:]:
            assert SECRET not in repr(frame.f_locals)
    assert SECRET not in shown(refuse([f"{SECRET}\nx"]))
