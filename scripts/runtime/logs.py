"""Log lines of a client on standard error, where a variable of the environment asks for them."""

from __future__ import annotations

import logging
import os

VARIABLE = "LISTING_LOG"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def log_as_asked(package: str) -> None:
    """Obey `LISTING_LOG=debug`, unless the program has set up logging itself."""
    level = _LEVELS.get(os.environ.get(VARIABLE, "").strip().lower())
    logger = logging.getLogger(package)
    if level is None or logger.hasHandlers():
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
