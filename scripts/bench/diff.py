"""How long `conformance diff` takes over a published document of eleven megabytes, JSON and YAML.

python scripts/bench/diff.py [MEGABYTES]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SPEC = Path(__file__).parents[2] / "specs" / "browserbase_sessions.yaml"
STEM = SPEC.stem


def main(megabytes: float) -> None:
    """Write a large document around a small one, as JSON and as YAML, and compare the spec with each."""
    import ryaml

    with SPEC.open(encoding="utf-8") as file:
        document = ryaml.load(file)
    small = json.dumps(document)
    number, size = 0, len(small)
    while size < megabytes * 1e6:
        path, operation, name, schema = other(number)
        document["paths"][path] = operation
        document["components"]["schemas"][name] = schema
        size += len(json.dumps([path, operation, name, schema], indent=2))
        number += 1
    print(f"one process each, start included; {number} other operations")
    print(f"{'document':<10} {'MB':>6} {'seconds':>8} {'beyond the small one':>21}")
    least = 0.0
    with tempfile.TemporaryDirectory() as directory:
        for ending, text in (
            ("small", small),
            ("json", json.dumps(document, indent=2)),
            ("yaml", ryaml.dumps(document)),
        ):
            published = Path(directory) / f"published.{ending}"
            published.write_text(text, encoding="utf-8")
            started = time.perf_counter()
            command = [sys.executable, "-m", "conformance", "diff", STEM, str(published)]
            subprocess.run(command, check=True, capture_output=True)
            seconds = time.perf_counter() - started
            least = least or seconds
            print(f"{ending:<10} {len(text) / 1e6:>6.1f} {seconds:>8.2f} {seconds - least:>21.2f}")


def other(number: int) -> tuple[str, dict[str, object], str, dict[str, object]]:
    """Another operation and its schema."""
    fields = {f"field{n}": {"type": "string", "description": "What the field says, in words. " * 3} for n in range(20)}
    name = f"Other{number}"
    answer = {"description": "x", "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
    operation: dict[str, object] = {"get": {"operationId": f"get{number}", "responses": {"200": answer}}}
    return f"/v1/other{number}/things", operation, name, {"type": "object", "properties": fields}


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 11)
