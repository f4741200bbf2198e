"""Models give back exactly what came, by every path through the decoder."""

import importlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.answers import ROOT, STEMS
from tests.readers import decode, written

SPECS = ROOT / "specs"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=3),
    lambda each: st.lists(each, max_size=2) | st.dictionaries(st.text(max_size=3), each, max_size=2),
)
UNKNOWN = st.sampled_from(["notDocumented", "", "additional_properties", "response", "to_dict", "__origin__", "a/b~c"])
TIMES = st.sampled_from(
    [
        "2026-05-29T10:00:00Z",
        "2026-05-29T10:00:00.000Z",
        "2026-05-29T12:00:00.120+02:00",
        "2026-01-01T00:00:00.123456789Z",
    ]
)


def bodies(spec: Any, schema: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each form of schema
    """Give bodies that a schema allows, with unknown enum values and unknown fields among them."""
    if "$ref" in schema:
        return bodies(spec, spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return st.one_of([bodies(spec, each) for each in schema["anyOf"]])
    if "type" not in schema:
        return JSON
    if isinstance(schema["type"], list):
        return st.one_of([bodies(spec, schema | {"type": each}) for each in schema["type"]])
    if schema.get("format") == "date-time" and schema["type"] == "string":
        return TIMES
    if schema["type"] == "array":
        return st.lists(bodies(spec, schema["items"]), max_size=3)
    if schema["type"] == "object":
        return objects(spec, schema)
    integers = st.integers(-(2**70), 2**70) | st.integers(-9, 9).map(float)  # 2048.0 is an integer in JSON
    numbers = integers | st.floats(allow_nan=False, allow_infinity=False)
    plain = {"integer": integers, "number": numbers, "boolean": st.booleans(), "null": st.none()}
    return plain.get(schema["type"], st.sampled_from(schema.get("enum", [""])) | st.text(max_size=5))


def objects(spec: Any, schema: Any) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        others = schema.get("additionalProperties")
        values = bodies(spec, others) if isinstance(others, dict) else JSON
        return st.dictionaries(st.text(max_size=3), values, max_size=2)
    fields = {name: bodies(spec, each) for name, each in schema["properties"].items()}
    required = {name: each for name, each in fields.items() if name in schema.get("required", ())}
    known = st.fixed_dictionaries(required, optional={name: fields[name] for name in fields.keys() - required.keys()})
    unknown = st.just({}) | st.dictionaries(UNKNOWN, JSON, max_size=2)
    return st.builds(lambda first, second: first | second, known, unknown)


def exact(body: Any) -> str:
    """Write a body so that 1, 1.0 and true are told apart; the order of fields means nothing."""
    return json.dumps(body, sort_keys=True)


def given_back(stem: str, body: Any, *, path: str) -> Any:
    """Decode a body by one path, and write it again."""
    if path != "from_dict":
        return written(decode(stem, json.dumps(body).encode(), fast=path == "fast"))
    page = importlib.import_module(f"{stem}._fast").PAGE
    return written(page.from_list(body) if isinstance(body, list) else page.from_dict(body))


@pytest.mark.parametrize("path", ["fast", "tolerant", "from_dict"])
@pytest.mark.parametrize("stem", STEMS)
def test_what_came_is_given_back(stem: str, path: str) -> None:
    """to_dict(from_dict(body)) == body, for documented bodies and for those with unknown fields and values."""
    spec = YAML(typ="safe").load(SPECS / f"{stem}.yaml")
    operation = next(iter(spec["paths"].values()))["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(bodies(spec, schema))
    def holds(body: Any) -> None:
        assert exact(given_back(stem, body, path=path)) == exact(body)

    holds()


@pytest.mark.parametrize("stem", STEMS)
def test_every_model_gives_back_what_came(stem: str) -> None:
    """By itself, error bodies too."""
    spec = YAML(typ="safe").load(SPECS / f"{stem}.yaml")
    models = importlib.import_module(f"{stem}.models")
    for name, schema in spec["components"]["schemas"].items():
        if hasattr(models, name) and schema.get("type") == "object" and "properties" in schema:
            _round_trip(getattr(models, name), bodies(spec, schema))


def _round_trip(model: Any, strategy: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def holds(body: Any) -> None:
        assert exact(model.from_dict(body).to_dict()) == exact(body)

    holds()


@pytest.mark.parametrize("stem", STEMS)
def test_importing_loads_no_http_library(stem: str) -> None:
    """Only making a client loads httpx."""
    import subprocess
    import sys

    code = f"import sys, {stem}; {stem}.Client; {stem}.errors; print([x for x in ('httpx', 'attrs', 'msgspec') if x in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_change_is_written() -> None:
    """to_dict follows what was changed, and keeps the text of times that were not."""
    from sandbase_sessions import Session

    body = json.loads(json.dumps(_session()))
    session = Session.from_dict(body)
    session.title = "new"

    assert session.to_dict() == body | {"title": "new"}


def _session() -> dict[str, Any]:
    row = dict.fromkeys(("title", "agent_version", "usage", "archived_at"))
    row |= dict.fromkeys(("id", "type", "status", "agent_id", "environment_id"), "x")
    return row | {"metadata": {}, "created_at": "2026-05-29T10:00:00.000Z", "updated_at": "2026-05-29T10:00:00Z"}
