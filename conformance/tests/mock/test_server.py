"""The mock as a process: it starts, says where it is, and ends when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys

import httpx
import pytest

from conformance.errors import ConformanceError
from conformance.mock.server import app, serve
from conformance.tests.mock.conftest import STEMS, contract_of, dataset_of

PROGRAM = """
from conformance.spec.load import load_contract, own_specs
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.server import app, serve

contract = load_contract("{stem}", own_specs())
dataset = load_dataset(contract, items=5, seed=1, fixtures=None)
serve(app(contract, dataset, secret="s"), host="127.0.0.1", port=0, ready=lambda url: print(url, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    """Either signal ends the process with exit code 0 and silence."""
    command = [sys.executable, "-c", PROGRAM.format(stem=STEMS[0])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert 401 == httpx.get(url + contract_of(STEMS[0]).path).status_code

        process.send_signal(number)
        rest = process.communicate(timeout=30)

    assert (0, ("", "")) == (process.returncode, rest)


def test_a_port_in_use_is_an_error_with_a_hint() -> None:
    """Two mocks cannot have one port."""
    application = app(contract_of(STEMS[0]), dataset_of(STEMS[0]), secret="s")

    def again(url: str) -> None:
        serve(application, host="127.0.0.1", port=int(url.rpartition(":")[2]), ready=print)

    with pytest.raises(ConformanceError) as caught:
        serve(application, host="127.0.0.1", port=0, ready=again)

    assert "port" in caught.value.hint
