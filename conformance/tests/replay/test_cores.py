"""Processes that examine a recording end with the one that started them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

STARTS = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from conformance.replay.cores import end_with_parent
if __name__ == "__main__":
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
        print(*{one.result() for one in [pool.submit(os.getpid) for _ in range(20)]}, flush=True)
        time.sleep(60)
"""


def lives(pid: str) -> bool:
    """Whether a process runs; what only waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.machine
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for as Linux shows them")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    """However it ended: nothing is left that waits for work for ever."""
    script = tmp_path / "starts.py"
    script.write_text(STARTS)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        workers = run.stdout.readline().split()
        assert workers
        assert all(map(lives, workers))
        run.kill()

    for _ in range(100):
        if not any(map(lives, workers)):
            return
        time.sleep(0.1)
    pytest.fail(f"{workers} still run")
