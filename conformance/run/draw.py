"""A draw, and what it gives: generated queries are a function of it, and of the code that draws them."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Self

from attrs import astuple, frozen

from conformance.run.askable import askable
from conformance.spec.contract import Contract

CODE = ("cases.py", "lean.py")
"""The modules beside this one that decide what is drawn."""
LIBRARIES = ("hypothesis", "schemathesis")


@frozen
class GeneratedQuery:
    """Names and values of a query in their order, and whether the documentation allows it."""

    pairs: tuple[tuple[str, str], ...]
    is_good: bool


@frozen
class Draw:
    """A document as it is asked of, its operation, whether bad queries are drawn too, and the seed."""

    document: str
    address: str
    method: str
    has_bad: bool
    seed: int

    @classmethod
    def of(cls, contract: Contract, seed: int) -> Self:
        """Bad queries are drawn where a refusal of one is documented."""
        refuses = any(contract.refusal_of(one.name) for one in contract.parameters)
        return cls(json.dumps(askable(contract)), contract.address, contract.method, refuses, seed)

    @property
    def digest(self) -> str:
        """The same where the same is drawn, in hexadecimal digits."""
        return hashlib.sha256("\0".join((*map(str, astuple(self)), *_drawing())).encode()).hexdigest()


def _drawing() -> Iterator[str]:
    yield platform.python_version()
    yield from map(version, LIBRARIES)
    for name in CODE:
        yield Path(__file__).with_name(name).read_text("utf-8")
