"""The study as JSON: everything that the tables are made from."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detecting.catalogue import Catalogue
from detecting.study import Study
from detecting.sums import bars, sums_of


def write(path: Path, catalogue: Catalogue, study: Study) -> None:
    """Write the study to a file, whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(json.dumps(_record(catalogue, study), indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


def _record(catalogue: Catalogue, study: Study) -> dict[str, Any]:
    return {
        "bars": [asdict(bar) for bar in bars(catalogue, study)],
        "sums": {stem: asdict(sums_of(catalogue, study, stem)) for stem in (*catalogue.stems, "all")},
        "pairs": [
            {
                **asdict(pair),
                "ours": asdict(study.ours[pair]) if pair in study.ours else None,
                "schemathesis": asdict(study.schemathesis[pair]) if pair in study.schemathesis else None,
            }
            for pair in catalogue.pairs
        ],
        "honest": [asdict(one) for one in study.honest.values()],
        "lawful": [{**asdict(way), **asdict(said)} for way, said in study.lawful.items()],
        "schemathesis_on_honest": {stem: one.failures for stem, one in study.accepted.items()},
    }
