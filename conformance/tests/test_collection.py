"""Collecting the tests costs nothing: no spec is read, no SDK and no tool of a single test is loaded."""

from __future__ import annotations

import subprocess
import sys

from conformance.spec.load import own_specs, stems_in

ROOT = own_specs().parent
PROGRAM = """
import sys, pytest
code = pytest.main(["--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "", "conformance/tests"])
print(code.value, *sys.modules)
"""
HEAVY = {"openapi_spec_validator", "schemathesis", "uvicorn", "playwright", "anthropic", "browserbase", "distributed"}


def test_nothing_heavy_is_loaded() -> None:
    """All modules of tests are imported, and none of them has brought in what takes long."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    code, *loaded = done.stdout.splitlines()[-1].split()

    assert code == "0"
    assert not {*HEAVY, *stems_in(own_specs())} & set(loaded)
