"""What an HTTP client raises: whether it is a timeout, whether asking again may help, and how it is told to people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from listing_runtime.call.body import TooSlowError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIBRARIES = ("httpx", "httpx2")
"""By name, as one of them may not be installed: the class that counts is that of whichever is loaded."""
_WIRE = frozenset(
    {"httpx", "httpx2", "httpcore", "httpcore2", "h11", "h2", "hpack", "anyio", "trio", "ssl", "socksio", "idna"}
    | {"brotli", "zstandard", "certifi", "uvloop"}
)
"""Packages whose errors tell of a connection."""
_FOR_EVER = frozenset({"InvalidURL", "UnsupportedProtocol", "LocalProtocolError", "StreamError", "CookieConflict"})
"""Those of them that a second attempt would raise again."""
_DEEPEST = 8


def is_timeout(error: BaseException) -> bool:
    """Say whether there was no whole response in time."""
    return isinstance(error, (TooSlowError, TimeoutError)) or _is(error, "TimeoutException")


def may_pass(error: BaseException) -> bool:
    """Say whether asking again may help: the network failed, and not the program."""
    kinds = type(error).__mro__
    if any(kind.__name__ in _FOR_EVER for kind in kinds):
        return False
    return isinstance(error, (OSError, EOFError)) or _module(type(error).__module__) in _WIRE


def is_foreign(error: BaseException) -> bool:
    """Say whether an error is the user's: raised by a hook or a transport of his own, and no network's by its class."""
    if isinstance(error, (OSError, EOFError)) or _module(type(error).__module__) in _WIRE or is_timeout(error):
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    raised_in = _module(str(trace.tb_frame.f_globals.get("__name__", ""))) if trace is not None else ""
    return raised_in not in _WIRE | sys.stdlib_module_names | {"listing_runtime"}


def _module(name: str) -> str:
    return name.partition(".")[0]


def is_unsendable(error: BaseException) -> bool:
    """Say whether the request could not even be made."""
    return _is(error, "InvalidURL")


def answer_in(error: BaseException) -> object | None:
    """Give the response that a hook of the user's client made an error of."""
    return getattr(error, "response", None) if _is(error, "HTTPStatusError") else None


def told(error: BaseException) -> str:
    """Say what happened, down to what caused it: the outermost error often says nothing."""
    texts = list[str]()
    for each in chain(error):
        text = str(each).strip()
        if text and not any(text in other for other in texts):
            texts.append(text)
    return f"{type(error).__name__}: {'; '.join(texts) or 'no reason is given'}"


def chain(error: BaseException) -> Iterator[BaseException]:
    """Give an error and what caused it."""
    current: BaseException | None = error
    for _ in range(_DEEPEST):
        if current is None:
            return
        yield current
        # Libraries that translate errors suppress the one that says why.
        current = current.__cause__ or current.__context__


def _is(error: BaseException, name: str) -> bool:
    kinds = [getattr(sys.modules.get(library), name, None) for library in _LIBRARIES]
    return isinstance(error, tuple(kind for kind in kinds if isinstance(kind, type)))
