"""A draft is YAML that every parser reads as what was drafted."""

from __future__ import annotations

import io
from typing import Any

import ryaml
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from conformance.draft.draft import Draft
from conformance.draft.yaml_text import as_yaml

ODD = (
    *("yes", "No", "null", "~", "12", "1e3", "0x1f", ".5", "1:30", "2026-01-01", "0o17", "-.inf", ".nan", "1_000"),
    *("a: b", "a #b", "- x", "?", "[a]", "'q'", '"', "=", "<<", "*x", "&x", "!t", "%d", "@a", "`b", "+1", "-", "{a"),
    *("", "  x", "x ", "a,b", "a\nb", " a\nb", "a\n\n b\n", "\ttab", "\x7f", "\u2028", "\x85", "\ufeff", "é", "🦉"),
)
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(ODD))
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.one_of(
    TEXTS, st.integers(-(2**63), 2**63), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    SCALARS,
    lambda parts: st.one_of(st.lists(parts, max_size=3), st.dictionaries(TEXTS, parts, max_size=3)),
    max_leaves=8,
)


@given(content=st.dictionaries(TEXTS, VALUES, max_size=4))
@settings(max_examples=200, deadline=None)
def test_every_parser_reads_what_was_written(content: dict[str, Any]) -> None:
    """YAML 1.1 and 1.2 agree about every word, number, quote and line end."""
    text = as_yaml(Draft(content, {}, ()))

    assert yaml.load(text, Loader=yaml.CSafeLoader) == (content or None)
    assert (YAML(typ="safe", pure=True).load(text) or {}) == content
    assert (ryaml.load(io.StringIO(text)) or {}) == content


def test_a_remark_stands_before_its_key() -> None:
    """Where the key is, at its depth, in a sequence too."""
    remarks = {"/a/0/b": "TODO why?", "/c": "TODO what?"}

    text = as_yaml(Draft({"a": [{"x": 1, "b": {"long": "text " * 20}}], "c": "d\ne"}, remarks, ()))

    assert text.partition("\n")[2] == (
        "a:\n  - x: 1\n    # TODO why?\n    b:\n      long: '" + "text " * 20 + "'\n# TODO what?\nc: |-\n  d\n  e\n"
    )
