"""The quick reading of YAML says what the whole parser says, or leaves it to it."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path

import pytest

from conformance.errors import SpecError
from conformance.spec import quick_yaml, whole_yaml
from conformance.spec.stems import own_specs

HERE = Path(__file__).parents[1]
FILES = sorted([*own_specs().glob("*.yaml"), *HERE.glob("*/specs/*.yaml")])
SEED = 20260507
PIECES = [
    *"abc:{}[],\"'#|>-?%@`~ \n/0123456789.&*!x\\=<\t",
    *("\n  ", "\n- ", " #", ": ", "  ", "'x'", "null", "true", "Yes", "1e3", "0x1", "012", "1_000", "12:30", "|\n"),
    *(">-\n", ".5", "+1", "=", "<<: ", "2026-05-07", "2026-05-07T00:00:00Z", ".inf", "-0", "1.0", "4XX", "\\u00e9"),
]
ODD = {
    "words of older versions": "a: yes\nb: Off\nc: NO\nd: 'yes'\n",
    "null in all its forms": "a: null\nb: ~\nc:\nd: Null\ne: ''\n",
    "numbers": "a: 012\nb: 0o17\nc: 0x1F\nd: 1_000\ne: 1e3\nf: 12:30:45\ng: -0\nh: .5\ni: 1.50\nj: 99999999999999999\n",
    "codes": "a: 7bba85d3b69d\nb: 0cb4\nc: 12e3f\nd: [1d, 9f]\n",
    "numbers like codes": "a: 1e5\nb: 0b1\nc: 0b1a\nd: 12e\ne: 0xdf\n",
    "times": "a: 2026-05-07\nb: 2026-05-07T00:00:00Z\nc: 2026-13-45\n",
    "keys that are no text": "1: a\ntrue: b\nnull: c\n1.5: d\n",
    "a name twice": "a: 1\na: 2\n",
    "names that are the same text": "1: a\n'1': b\n",
    "a merge key": "a: &a {x: 1}\nb: {<<: *a}\n",
    "an alias": "a: &a [1]\nb: *a\n",
    "a tag": "a: !!str 1\nb: !own x\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "blocks": "a: |\n  x\n\n  y\nb: >-\n  x\n  y\n\nc: |+\n  z\n\n",
    "a plain text in lines": "a: one\n  two\n\n  three\n",
    "flow in lines": "a: {b: [1,\n  2], c:\n   x, 'd': https://x.example/?a=b}\n",
    "a tab": "a:\tb\n",
    "a byte order mark": "\ufeffa: b\n",
    "no mapping": "- a\n",
    "nothing": "",
    "a place with a slash": "/v1/a~b: {x: [1, {z: 2}]}\n",
}


def whole(text: str) -> tuple[object, object] | None:
    """What the whole parser says; None where it refuses the text."""
    try:
        return whole_yaml.read(text, "x.yaml")
    except SpecError:
        return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_spec_is_read_the_same(path: Path) -> None:
    """Content and lines of every spec are those that the whole parser finds."""
    text = path.read_text(encoding="utf-8")

    assert quick_yaml.read(text) == whole(text)


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_read_the_same_or_left(name: str) -> None:
    """Where versions of YAML differ, and where they do not."""
    read = quick_yaml.read(ODD[name])

    assert read is None or read == whole(ODD[name])


def test_what_is_usual_is_read() -> None:
    """Blocks, flow, quotes, and places with slashes are no reason to leave a text."""
    for name in ("blocks", "codes", "flow in lines", "a place with a slash"):
        assert quick_yaml.read(ODD[name]) is not None, name


def compare(count: int) -> int:
    """Compare so many texts, pieces of specs with a few edits, and give how many were read quickly."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    read = 0
    for _ in range(count):
        text = edited(chance)
        quickly = quick_yaml.read(text)
        read += quickly is not None
        assert quickly is None or quickly == whole(text), text
    return read


def edited(chance: random.Random) -> str:
    """Some lines of a spec, with up to three edits."""
    lines = chance.choice(FILES).read_text(encoding="utf-8").splitlines()
    start = chance.randrange(len(lines))
    text = textwrap.dedent("\n".join(lines[start : start + chance.randint(3, 40)]))
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(text) + 1)
        insert, drop = (chance.choice(PIECES), 0) if chance.random() < 0.7 else ("", chance.randint(1, 3))
        text = text[:at] + insert + text[at + drop :]
    return text


def test_edited_texts_are_read_the_same_or_left() -> None:
    """Whatever slips into a text."""
    assert compare(400) > 20


@pytest.mark.exhaustive
def test_many_edited_texts_are_read_the_same_or_left() -> None:
    """The same, for long."""
    assert compare(10_000) > 500
