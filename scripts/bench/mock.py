"""Requests per second that the mock answers with a page of 20, over loopback, its server in one process."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

REQUESTS = 3_000
SPECS = Path(__file__).parents[2] / "specs"
PROGRAM = """
from conformance.spec.load import load_contract, own_specs
from conformance.mock.collection.dataset import load_dataset
from conformance.mock.server import app, serve

contract = load_contract("{stem}", own_specs())
dataset = load_dataset(contract, items=20 if contract.limit is None else 100, seed=1, fixtures=None)
query = "" if contract.limit is None else f"?{{contract.limit.parameter}}=20"
headers = contract.credentials[0].headers("token")
say = lambda url: print(url + contract.path + query, *next(iter(headers.items())), sep="\\t", flush=True)
serve(app(contract, dataset, secret="token"), host="127.0.0.1", port=0, ready=say)
"""


def main() -> None:
    """Print one line for each stem."""
    for stem in sys.argv[1:] or sorted(path.stem for path in SPECS.glob("*.yaml")):
        program = PROGRAM.format(stem=stem)
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
            if process.stdout is None:
                raise RuntimeError(program)
            url, name, value = process.stdout.readline().rstrip("\n").split("\t")
            rate = _rate(url, {name: value})
            process.terminate()
        sys.stdout.write(f"{stem:20} {rate:6.0f} requests per second\n")


def _rate(url: str, headers: dict[str, str]) -> float:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    began = time.perf_counter()
    for _ in range(REQUESTS):
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        connection.getresponse().read()
    elapsed = time.perf_counter() - began
    connection.close()
    return REQUESTS / elapsed


if __name__ == "__main__":
    main()
