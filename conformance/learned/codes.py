"""Short one-way codes: enough to see that a value is another one, not enough to read it."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime

from conformance.learned.fields import Place
from conformance.pointer import MISSING, Found
from conformance.spec.values import comparable

WIDTH = 4
NOTHING, SOMETHING = "." * WIDTH, "+" * WIDTH
"""The codes of what is absent or null, and of what is there and not remembered."""


def identity_code(identity: Found) -> str:
    """What stands for an identity."""
    plain = identity is None or isinstance(identity, str | int | float)
    return name_code(json.dumps(identity) if plain else type(identity).__name__)


def name_code(name: str) -> str:
    """What stands for an identity that is text already, as `reading.identities` writes it."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def code(place: Place, value: Found, whose: str) -> str:
    """What stands for a value of the item whose identity has the code `whose`.

    Numbers, booleans, times, documented vocabularies and text that is always there have one; text that may be absent
    or null, which is where users write, objects and arrays have none.
    """
    if value is None or value is MISSING:
        return NOTHING
    if isinstance(value, dict | list) or (isinstance(value, str) and place.optional and not _is_fixed(place, value)):
        return SOMETHING
    text = f"{whose}\n{place.pointer}\n{_canonical(place, value)!r}"
    return base64.urlsafe_b64encode(hashlib.blake2b(text.encode(), digest_size=3).digest()).decode()


def _is_fixed(place: Place, value: str) -> bool:
    return bool(place.values) or (place.is_time and isinstance(comparable(value), datetime))


def _canonical(place: Place, value: Found) -> Found:
    """The value, times as moments: another zone or precision is no other time."""
    moment = comparable(value) if place.is_time else value
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else value
