"""What a document says of limit and order in passing is drafted, as a question."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.spec.contract import Contract
from conformance.spec.load import load_contract
from conformance.tests.draft.kinds import DOCUMENT
from conformance.tests.draft.test_round_trip import answered

STEM = "acme_boxes"


def drafted(parameters: list[Any], directory: Path) -> tuple[Contract, str]:
    """The contract that is drafted where boxes have these parameters, and what was asked about it."""
    document = copy.deepcopy(DOCUMENT)
    told = document["paths"]["/boxes"]["get"]["parameters"]
    names = [one["name"] for one in parameters]
    told[:] = [*(one for one in told if one["name"] not in names), *parameters]
    (directory / "acme.json").write_text(json.dumps(document))
    where = ("--specs", str(directory))
    assert main(["new", STEM, "--from", str(directory / "acme.json"), "--path", "/boxes", *where]) == 0
    spec = directory / f"{STEM}.yaml"
    asked = spec.read_text()
    spec.write_text(answered(asked))
    assert main(["run", STEM, *where, "--fail-on", "note"]) == 0
    assert main(["diff", STEM, str(directory / "acme.json"), *where]) == 0
    return load_contract(STEM, directory), asked


@pytest.mark.parametrize(
    ("told", "most", "capped"),
    [
        ("Values above 40 are capped.", {"maximum": 40}, True),
        ("More is capped at 30.", {}, True),
        ("At most 40.", {"maximum": 40}, False),
        ("Values may be capped.", {}, False),
    ],
)
def test_a_limit_is_capped_where_its_description_says_so(
    told: str,
    most: dict[str, int],
    capped: bool,  # noqa: FBT001 - a case
    tmp_path: Path,
) -> None:
    """The word is taken and asked about; without it nothing is."""
    limit = {"name": "limit", "in": "query", "description": told, "schema": {"type": "integer", **most}}
    contract, asked = drafted([limit], tmp_path)

    assert contract.limit is not None
    assert (contract.limit.capped, "is a larger limit capped?" in asked) == (capped, capped)
