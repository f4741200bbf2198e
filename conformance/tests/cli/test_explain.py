"""`explain STEM#POINTER`: what a place of a spec rests on, and what no place is."""

from __future__ import annotations

import pytest

from conformance.cli.main import main
from conformance.spec.document import did_you_mean
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"
ORDER = "x-conformance/order"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (f"{STEM}#{ORDER}", "rests on a clause: what contradicts it is an error"),
        (f"{STEM}#x-conformance/invariants/0", "rests on an inference: what contradicts it is a warning"),
        ("sandbase_sessions#x-conformance/lifecycle", "rests on a deviation: what contradicts it is a warning"),
        (f"{STEM}#/info", "rests on a clause: what contradicts it is an error"),
        (f"{STEM}#", "rests on a clause: what contradicts it is an error"),
    ],
)
def test_a_place_rests_on_something(place: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """From the operation, or with a slash from the top of the spec."""
    assert main(["explain", place]) == 0
    assert f"  {line}\n" in capsys.readouterr().out


def test_the_words_are_those_of_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole place, file and line, and the promise."""
    contract = CONTRACTS[STEM]
    assert contract.order is not None
    main(["explain", f"{STEM}#{ORDER}"])

    place, where, _, says = capsys.readouterr().out.splitlines()
    assert place == f"{STEM}#{contract.order.pointer}"
    assert where.strip() == f"{contract.file}:{contract.line(contract.order.pointer)}"
    assert says.split(maxsplit=1)[1] == contract.order.says


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (f"{STEM}#x-conformance/ordr/by", ("has no 'ordr' at #/paths/", "Did you mean 'order'?")),
        (f"{STEM}#x-conformance/filters/99", ("has no '99'", "Known members there: 0, 1.")),
        (f"{STEM}#/nowhere", ("has no 'nowhere' at #\n", "components, info")),
        ("nothing#/info", ("unknown STEM 'nothing'", did_you_mean("nothing", CONTRACTS, kind="stems"))),
    ],
)
def test_no_place_is_exit_2(place: str, said: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """A slip is said with the part that exists and what is in it."""
    assert main(["explain", place]) == 2
    shown = capsys.readouterr().err
    assert all(one in shown for one in said)
