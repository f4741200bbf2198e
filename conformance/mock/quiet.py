"""A uvicorn that says nothing, and for which a signal is the usual end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette


class Quiet(uvicorn.Server):
    """A server for which a signal is the usual end, not an error to raise again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on either signal and forget it; only the main thread may catch one."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def quiet(application: Starlette) -> Quiet:
    """A server of the application that writes no log."""
    return Quiet(
        uvicorn.Config(
            application, log_level="critical", access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=1
        )
    )
