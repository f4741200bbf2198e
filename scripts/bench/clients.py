"""Measures the generated clients beside other ways of reading the same bytes.

python scripts/bench/clients.py
"""

from __future__ import annotations

import gc
import importlib
import json
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parent))
from bodies import BODIES, COUNTS
from rivals import official, stock, typed, workspace


def nanoseconds(work: Callable[[], object], count: int, seconds: float = 1.0) -> float:
    """Give the time per item, at the 10th percentile of as many runs as fit."""
    work()
    gc.collect()
    times: list[int] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        started = time.perf_counter_ns()
        work()
        times.append(time.perf_counter_ns() - started)
    return sorted(times)[len(times) // 10] / count


def ours(stem: str, *, fast: bool) -> Callable[[bytes], object]:
    """Decode as the client does, after the response has come."""
    documented = importlib.import_module(f"{stem}._documented")
    types = importlib.import_module(f"{stem}.types")
    decode_page = importlib.import_module(f"{stem}._decode").decode_page
    models = importlib.import_module(f"{stem}.models")
    page = getattr(models, "SessionPage" if "sessions" in stem else "SandboxPage")
    readers = documented.readers() if fast else documented.readers()._replace(from_bytes=None)

    def decode(content: bytes) -> object:
        response = types.Response(200, types.Headers(), content, 0.0, types.Request("GET", ""))
        return decode_page(page, documented.OPERATION, response, fast=readers, on_invalid="raise")

    return decode


def decoding() -> None:
    """Print nanoseconds per item, and ratios to msgspec and to stock."""
    with workspace() as name:
        for stem, content in BODIES.items():
            decoders = [("ours, fast", ours(stem, fast=True)), ("ours, plain", ours(stem, fast=False))]
            decoders += [*typed(stem), ("stock", stock(stem, Path(name))), *official(stem)]
            times = {label: nanoseconds(lambda d=decode, c=content: d(c), COUNTS[stem]) for label, decode in decoders}
            print(f"\n{stem}, {COUNTS[stem]} items, {len(content)} bytes: ns per item")
            for label, value in times.items():
                print(
                    f"  {label:24}{value:8.0f}  x msgspec {value / times['msgspec Struct']:6.2f}  x stock {value / times['stock']:5.2f}"
                )


def imports() -> None:
    """Print milliseconds of an import over a bare interpreter, best of ten."""

    def run(code: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", code], check=True)
        return (time.perf_counter() - started) * 1000

    bare = min(run("pass") for _ in range(10))
    print("\nimport, ms over a bare interpreter")
    for code in (
        "import browserbase_sessions",
        "from browserbase_sessions import Client",
        "import httpx",
        "import browserbase",
        "import anthropic",
    ):
        print(f"  {code:40}{min(run(code) for _ in range(10)) - bare:8.1f}")


def loopback() -> None:
    """Print the time of a whole call of 50 items beside a bare `httpx.Client.get` and `json.loads`."""
    from vercel_sandboxes import Client

    content = BODIES["vercel_sandboxes"]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
            self.wfile.write(head.encode() + content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with httpx.Client() as bare, Client("t", base_url=url) as client:
        base = nanoseconds(lambda: json.loads(bare.get(f"{url}/v1/sandboxes").content), 1000, 3.0)
        call = nanoseconds(lambda: client.list_sandboxes().first_page(), 1000, 3.0)
    print(f"\nwhole call of 50 items over loopback: {call:.0f} µs, bare httpx {base:.0f} µs, ratio {call / base:.2f}")
    server.shutdown()


def memory() -> None:
    """Print the peak of walks of different length, and what one kept item holds."""
    testing = importlib.import_module("sandbase_sessions.testing")
    row: dict[str, Any] = json.loads(BODIES["sandbase_sessions"])["data"][0]
    print("\nmemory of a walk in pages of 20")
    for count in (10_000, 100_000):
        client = testing.client([row | {"id": str(index)} for index in range(count)])
        tracemalloc.start()
        total = sum(1 for _ in client.list_sessions())
        print(f"  {total:7} items: peak {tracemalloc.get_traced_memory()[1] / 1000:.0f} kB")
        tracemalloc.stop()
    client = testing.client([row | {"id": str(index)} for index in range(2_000)], page_size=100)
    tracemalloc.start()
    kept = list(client.list_sessions())
    print(f"  one kept item: {tracemalloc.get_traced_memory()[0] / len(kept):.0f} bytes")
    tracemalloc.stop()


if __name__ == "__main__":
    decoding()
    imports()
    loopback()
    memory()
