"""A bound that an answer meets is named with the option that raises it."""

from __future__ import annotations

import pytest

from conformance.cli.main import main
from conformance.tests.runs import STEMS

CHECKS = ["--check", "operation-exists", "--check", "body-matches-schema"]
HELD, COULD_NOT_TELL = 0, 3


@pytest.mark.parametrize("option", ["--max-bytes", "--max-values"])
def test_a_bound_has_a_way_out(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Below what the listing holds nothing can be told; above it everything is as ever."""
    codes = [main(["run", STEMS[0], *CHECKS, option, most]) for most in ("20", "1000000")]

    assert codes == [COULD_NOT_TELL, HELD]
    assert f"Then raise {option}." in capsys.readouterr().out
