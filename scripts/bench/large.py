"""What a large operation costs: `new`, `diff` and `run` of one whose spec has 11,000 lines, in seconds of processor time.

python scripts/bench/large.py [COMPONENTS]

The document is made here: a listing of charges with objects in objects, each required or not, null or not, one of several.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import Figure, show

Schema = dict[str, Any]
STEM, PATH, COMPONENTS = "pay_charges", "/v1/charges", 510
_WORDS = """amount balance bank billing brand capture card check city code country currency customer discount dispute
email exchange expiry fee funding invoice issuer last line mandate merchant method network order origin outcome payment
period phone postal price processor purpose quantity reason receipt refund region risk routing seller settlement shipping
source statement status tax transfer verification wallet"""
WORDS = _WORDS.split()
TEXT: Schema = {"type": "string", "maxLength": 5000}
WIDE, WHOLE = 60, 0.6


class Writer:
    """Writes schemas by chance, the same every time."""

    def __init__(self, components: int) -> None:
        self._chance = random.Random(7)  # noqa: S311 - no secret
        self._names = [f"{self._name()}_{number}" for number in range(components)]

    def document(self) -> Schema:
        """The document."""
        schemas = {name: self._object(number, 10) for number, name in enumerate(self._names)}
        charge = self._object(0, WIDE)
        charge["properties"] |= {"id": TEXT, "created": {"type": "integer", "format": "unix-time"}}
        charge["required"] = ["id", "created", *charge["required"]]
        data = {"type": "array", "items": {"$ref": "#/components/schemas/charge"}}
        page = {"type": "object", "required": ["data", "has_more"], "properties": {"data": data, "has_more": _flag()}}
        limit = {"type": "integer", "minimum": 1, "maximum": 100, "default": 10}
        named = {"limit": limit, "starting_after": TEXT, "customer": TEXT}
        parameters = [{"name": name, "in": "query", "schema": schema} for name, schema in named.items()]
        answer = {"description": "A page.", "content": {"application/json": {"schema": page}}}
        refusal = {"description": "No."}
        responses = {"200": answer, "400": refusal, "401": refusal}
        return {
            "openapi": "3.0.0",
            "info": {"title": "Pay", "version": "1"},
            "servers": [{"url": "https://api.pay.example"}],
            "security": [{"Key": []}],
            "paths": {PATH: {"get": {"operationId": "listCharges", "parameters": parameters, "responses": responses}}},
            "components": {
                "securitySchemes": {"Key": {"type": "http", "scheme": "bearer"}},
                "schemas": schemas | {"charge": charge},
            },
        }

    def _name(self) -> str:
        return "_".join(self._chance.sample(WORDS, 2))

    def _object(self, number: int, width: int) -> Schema:
        properties = {f"{self._name()}_{index}": self._property(number) for index in range(width)}
        required = self._chance.sample(sorted(properties), width // 2)
        return {"type": "object", "description": self._words(), "properties": properties, "required": required}

    def _property(self, number: int) -> Schema:
        later, remark = self._names[number + 1 :], {"description": self._words()}
        if not later or self._chance.random() < WHOLE:
            return self._scalar() | remark
        reference = {"$ref": f"#/components/schemas/{self._chance.choice(later)}"}
        ways: list[Schema] = [
            reference,
            remark | {"anyOf": [reference], "nullable": True},
            remark | {"anyOf": [TEXT, reference], "nullable": True},
            remark | {"type": "array", "items": reference},
        ]
        return self._chance.choice(ways)

    def _scalar(self) -> Schema:
        listed = {"type": "string", "enum": self._chance.sample(WORDS, 8)}
        kinds = [TEXT, TEXT | {"nullable": True}, listed, {"type": "integer"}, _flag()]
        return dict(self._chance.choice([*kinds, {"type": "object", "additionalProperties": TEXT}]))

    def _words(self) -> str:
        return " ".join(self._chance.choices(WORDS, k=15)).capitalize()


def _flag() -> Schema:
    return {"type": "boolean"}


def main(components: int) -> int:
    """Print what each command costs; 1 where a bar was missed."""
    with tempfile.TemporaryDirectory() as folder:
        document, specs = Path(folder) / "pay.json", Path(folder) / "specs"
        document.write_text(json.dumps(Writer(components).document()), encoding="utf-8")
        own = ["--specs", str(specs)]
        drafted = seconds("new", STEM, "--from", str(document), "--path", PATH, *own)
        spec = specs / f"{STEM}.yaml"
        spec.write_text(re.sub(r"'TODO: [^']*'", "it is so", spec.read_text(encoding="utf-8")), encoding="utf-8")
        figures = [
            Figure("new", drafted, "s", most=3.0),
            Figure("diff", seconds("diff", STEM, str(document), *own), "s", most=3.0),
            Figure("run, honest", seconds("run", STEM, *own), "s", most=12.0),
            Figure(
                "run, one finding and its proposal",
                seconds("run", STEM, "--fault", "field-added", *own),
                "s",
                most=12.0,
            ),
        ]
        lines = spec.read_text(encoding="utf-8").count("\n")
    return int(not show(f"a spec of {lines} lines: seconds of processor time, start included", figures))


def seconds(*arguments: str) -> float:
    """The processor time of a command, which ends with 0 or 1."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "conformance", *arguments], check=False, capture_output=True, text=True
    )
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COMPONENTS))
