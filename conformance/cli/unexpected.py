"""What is told of an error that nobody expected: one sentence, and the traceback for whoever asks for it."""

from __future__ import annotations

import os
import traceback

HINT = "--verbose shows the traceback, which belongs into a report of this defect."


def sentence(error: BaseException) -> str:
    """What happened and where. The message is left out, because it may quote a server, but for what the system says."""
    from conformance.privacy.disclosure import crashed

    said = (
        ": ".join(str(part) for part in (error.filename, error.strerror) if part) if isinstance(error, OSError) else ""
    )
    return crashed(error, what="the program") + (f": {said}" if said else "")


def trace(error: BaseException) -> str:
    """The traceback, without what variables hold whose names say that it is secret."""
    from conformance.privacy.secrets import Redactor, names_secret

    held = tuple((value, f"${name}") for name, value in os.environ.items() if value and names_secret(name))
    told = "".join(traceback.format_exception(error))
    return Redactor("", "", beside=held).text(told)
