"""Faults in the bytes of a body that would otherwise be right."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Scene], Answer]:
    def garble(scene: Scene) -> Answer:
        return evolve(scene.answer, sent=change(scene.answer.wire)) if is_page(scene.answer) else scene.answer

    return garble


def _duplicated(raw: bytes) -> bytes:
    start = raw.find(b'{"', raw.find(b"["))
    end = raw.find(b":", start)
    return raw if start < 0 else raw[: start + 1] + raw[start + 1 : end] + b":null," + raw[start + 1 :]


def _inserted(text: bytes) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        start = raw.find(b'{"', raw.find(b"["))
        return raw if start < 0 else raw[: start + 1] + text + b"," + raw[start + 1 :]

    return change


def _fault(name: str, says: str, change: Callable[[bytes], bytes]) -> Fault:
    return Fault(name=name, says=says, check="json-strict", garble=_bytes(change))


def _of_members(name: str, says: str, change: Callable[[bytes], bytes]) -> Fault:
    """A fault in the members of an item, which a row of values has not."""
    return evolve(_fault(name, says, change), applies=lambda contract: contract.rows is None)


FAULTS = (
    _of_members("duplicate-keys", "The first item has a name twice.", _duplicated),
    _of_members("not-a-number", "The first item holds NaN, which JSON has not.", _inserted(b'"ratio":NaN')),
    _of_members("infinity", "The first item holds Infinity, which JSON has not.", _inserted(b'"ratio":Infinity')),
    _fault("byte-order-mark", "The body begins with a byte order mark.", lambda raw: b"\xef\xbb\xbf" + raw),
    _of_members(
        "latin-1", "The body is in Latin-1 although JSON is UTF-8.", _inserted('"note":"café"'.encode("latin-1"))
    ),
    _fault("utf-16", "The body is in UTF-16.", lambda raw: raw.decode().encode("utf-16")),
    _fault("truncated-body", "The body breaks off before its end.", lambda raw: raw[: len(raw) * 2 // 3]),
    _fault("empty-body", "The body of a 200 is empty.", lambda _: b""),
    _fault("two-bodies", "Something follows the JSON of the body.", lambda raw: raw + b"{}"),
    _fault("single-quotes", "The body is written with single quotes.", lambda raw: raw.replace(b'"', b"'")),
    _fault("trailing-comma", "There is a comma after the last item.", lambda raw: b",]".join(raw.rsplit(b"]", 1))),
)
