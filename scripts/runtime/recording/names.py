"""Names of headers and parameters that hold secrets; what judges recordings has the same words, as a test sees to."""

from __future__ import annotations

import re

WORDS = ("secret", "passw", "signature", "credential", "authorization", "cookie", "token", "jwt", "api[-_]?key")
"""Anywhere in a name."""
LAST_WORDS = ("key", "sig", "auth")
"""At the end of one."""

_ANYWHERE, _LAST = "|".join(WORDS), f"(?:{'|'.join(LAST_WORDS)})s?"
_NAME = re.compile(rf"{_ANYWHERE}|(?:^|[-_.]){_LAST}$", re.IGNORECASE)
SECRET_IN_URL = re.compile(
    rf"([?&#](?:[\w.-]*(?:{_ANYWHERE})[\w.-]*|(?:[\w.-]*[-_.])?{_LAST}|code)=)[^&#\s\"'<>]+", re.IGNORECASE
)
"""A parameter of a URL, of which the first group is shown."""


def names_secret(name: str) -> bool:
    """Say whether a name is that of a secret."""
    return _NAME.search(name) is not None
