"""What an earlier run remembers: the profiles in its `report.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from attrs import field, frozen

from conformance import files
from conformance.errors import UsageError
from conformance.jsontext import elements_of, members_of
from conformance.learned.identity_form import Mask
from conformance.learned.profile import Column, Magnitude, Profile
from conformance.pointer import Pointer

FORMAT = 1
_SCHEMA = Path(__file__).parent / "profile.schema.json"
_HINT = "Give a report that `conformance run --report PREVIOUS.json` has written."


@frozen
class Previous:
    """The profiles of an earlier run, by stem."""

    file: str = ""
    profiles: Mapping[str, Profile] = field(factory=dict, repr=False)

    def why_not(self, stem: str) -> str:
        """Why there is nothing to compare an operation with; empty where there is."""
        if not self.file:
            return "no earlier report to compare with; --since PREVIOUS.json names one"
        return "" if stem in self.profiles else f"{self.file} remembers nothing of {stem}; a run of it must come first"


def load(path: Path) -> Previous:
    """Read a report; raises UsageError where it cannot be read, or is not one of this format."""
    report = files.read_json(path, name=f"--since {path}", hint=_HINT)
    if not isinstance(report, Mapping) or not isinstance(report.get("operations"), list):
        raise UsageError(f"--since {path}: is not a report", hint=_HINT)
    if report.get("format") != FORMAT:
        shown = repr(report.get("format"))[:40]
        raise UsageError(f"--since {path}: is of format {shown}, not {FORMAT}", hint=_HINT)
    found = {}
    for index, operation in enumerate(map(members_of, elements_of(report["operations"]))):
        given = operation.get("profile")
        if given is not None:
            found[str(operation.get("stem"))] = _profile(path, Pointer.of("operations", index, "profile"), given)
    return Previous(str(path), found)


@cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def _profile(path: Path, place: Pointer, found: object) -> Profile:
    for error in _validator().iter_errors(found):
        where = place.below(*error.instance_path)
        raise UsageError(f"--since {path}: {where} is not what a report holds there", hint=_HINT)
    given: Mapping[str, Any] = members_of(found)
    return Profile(
        items=given["items"],
        whole=given["whole"],
        mask=Mask.from_json(given["mask"]) if given["mask"] else None,
        columns={name: _column(column) for name, column in given["fields"].items()},
        rows=given["identities"],
        finished=given["finished"],
    )


def _column(given: Mapping[str, Any]) -> Column:
    powers = given.get("powers_of_ten")
    return Column(
        shown=given["shown"],
        types=given["types"],
        values=given.get("values", {}),
        magnitude=Magnitude(powers["count"], powers["least"], powers["typical"], powers["greatest"])
        if powers
        else None,
    )
