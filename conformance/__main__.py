"""The program, `conformance` or `python -m conformance`: what is set once for the process, before it takes time."""

from __future__ import annotations

import os
import signal
import sys

GARBAGE = (100_000, 50, 100)
"""How many new objects, and collections of those, come before the next collection."""
INTERRUPTED = 3
SOON_S = 0.01


def entry() -> None:
    """Run the command line and exit with its code; who interrupts it while it is imported reads no traceback."""
    try:
        code = _run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        code = INTERRUPTED
    sys.exit(code)


def again(dropped: sys.UnraisableHookArgs) -> None:
    """An interruption that came in a callback of Python's own, which drops it, comes again."""
    if not isinstance(dropped.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    import threading

    threading.Timer(SOON_S, _interrupt).start()


def _interrupt() -> None:
    """Interrupt the main thread while it waits, too: a signal to another thread is heard when it waits no more."""
    import _thread
    import threading

    main_thread = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main_thread is not None:
        signal.pthread_kill(main_thread, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _run() -> int:
    """Run it.

    Hypothesis' tables go to the user's cache, not where it is called, and its plugins, of other libraries, stay away.
    Garbage is collected less often: most of what is made in a short life lasts until its end. Whoever ends the program
    in an ordinary way, a scheduler say, interrupts it as a person does.
    """
    import gc

    sys.unraisablehook = again
    gc.set_threshold(*GARBAGE)
    from conformance.cli import main, streams

    streams.reserve()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ.setdefault("HYPOTHESIS_NO_PLUGINS", "1")
    if "HYPOTHESIS_STORAGE_DIRECTORY" not in os.environ:
        from platformdirs import user_cache_path

        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(user_cache_path("sandbox-list-conformance"))
    return main()


if __name__ == "__main__":
    entry()
