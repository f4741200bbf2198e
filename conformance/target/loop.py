"""A loop in a thread of its own, for whoever waits for answers in no loop, or in another one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Self, TypeVar

T = TypeVar("T")


class Loop:
    """Runs coroutines of a thread that has no loop; a context manager.

    Its thread starts and ends without a wait that an interruption could leave half done.
    """

    def __enter__(self) -> Self:
        """Start the thread; a process that ends does not wait for it."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="answers", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        """End what still runs, and the thread."""
        self.soon(_cancelled()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def soon(self, coroutine: Coroutine[object, object, T]) -> Future[T]:
        """What the coroutine returns or raises; cancelling it cancels the coroutine."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)


async def _cancelled() -> None:
    """Ends every other task of the loop."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()
