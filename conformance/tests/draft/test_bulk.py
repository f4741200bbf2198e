"""Of operations drawn at random, how many go from a document to a client and a clean run without a hand."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from conformance.cli.main import main
from conformance.spec.load import own_specs
from conformance.tests.draft.documents import Drawn, documents
from conformance.tests.draft.test_round_trip import answered

STEM = "drawn_boxes"
DRAWN, EACH, BAR = 60, 4, 0.95
DONE = "done"


@pytest.mark.exhaustive
def test_nearly_every_operation_needs_no_hand(tmp_path: Path, record_property: Callable[[str, str], None]) -> None:
    """Drafted, compared with its document, made into a client and run: 95 of 100 at least, whatever is drawn."""
    ends: Counter[str] = Counter()

    for number in range(DRAWN // EACH):
        for drawn in independent(number):
            root = tmp_path / str(ends.total())
            ends[end(drawn, root)] += 1
            shutil.rmtree(root)

    record_property("share", f"{ends[DONE]} of {ends.total()} operations need no hand")
    assert ends[DONE] >= BAR * ends.total(), dict(ends)


def independent(number: int) -> list[Drawn]:
    """Documents that have little in common with others: of one seed few, and not the first, which is the plainest."""
    found: list[Drawn] = []

    @seed(number)
    @given(drawn=documents())
    @settings(max_examples=EACH + 1, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def draw(drawn: Drawn) -> None:
        found.append(drawn)

    draw()
    return found[1:]


def end(drawn: Drawn, root: Path) -> str:
    """The step at which a document stops, and how; DONE where it does not."""
    import generate  # type: ignore[import-not-found]  # noqa: PLC0415 - the script, which pytest finds in scripts/

    specs, document = root / "specs", root / "drawn.yaml"
    specs.mkdir(parents=True)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(own_specs().parent / name, root)
    document.write_bytes(drawn.data)
    own = ("--specs", str(specs))
    steps: dict[str, Callable[[], int]] = {
        "new": lambda: main(["new", STEM, "--from", str(document), "--path", drawn.path, *own]),
        "answer": lambda: _answer(specs / f"{STEM}.yaml"),
        "diff": lambda: main(["diff", STEM, str(document), *own, "--fail-on", "warning"]),
        "generate": lambda: generate.main([STEM], root),
        "run": lambda: main(["run", STEM, *own, "--fail-on", "warning", "--max-requests", "400"]),
    }
    for name, step in steps.items():
        told = StringIO()
        with redirect_stdout(told), redirect_stderr(told):
            code = step()
        if code:
            return f"{name}: {told.getvalue().strip()[-600:]}"
    return DONE


def _answer(spec: Path) -> int:
    spec.write_text(answered(spec.read_text()))
    return 0
