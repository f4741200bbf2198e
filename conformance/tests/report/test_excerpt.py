"""Bodies as they are shown: every lexeme as it was sent, and the lines that matter."""

from __future__ import annotations

import json

import pytest

from conformance.report.excerpt import excerpt, layout
from conformance.report.marks import Marks, marks_of
from conformance.tests.report import records


def texts(body: str) -> list[str]:
    """The lines of a body of which nothing is marked."""
    return [line.text for line in layout(body, lambda _place, _value: False)]


def test_short_objects_stay_on_one_line() -> None:
    """What fits on a line is not torn apart; what does not is indented."""
    body = json.dumps({"items": [{"id": 1}, {"id": 2}], "long": ["x" * 60, "y" * 60]})

    assert texts(body) == [
        "{",
        '  "items": [{"id": 1}, {"id": 2}],',
        '  "long": [',
        f'    "{"x" * 60}",',
        f'    "{"y" * 60}"',
        "  ]",
        "}",
    ]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ('{"a":1,"a":2}', ['{"a": 1, "a": 2}']),
        ('{"a":NaN,"b":2048.0,"c":1E400}', ['{"a": NaN, "b": 2048.0, "c": 1E400}']),
        ('{"a":[1,2', ["{", '  "a": [', "    1,", "    2"]),
        ('{"a":"un', ["{", '  "a": "un']),
        ("<html>\n</html>", ["<html>", "</html>"]),
        ("", []),
        ("]]}{", ["]]}{"]),
        ('{"a":"\\u001b"}', ['{"a": "\\u001b"}']),
    ],
)
def test_nothing_is_mended(body: str, lines: list[str]) -> None:
    """Names given twice, NaN, what is cut off and what is no JSON are shown as they came."""
    assert texts(body) == lines


def test_deep_nesting_is_laid_out() -> None:
    """Ten thousand brackets are no reason to fail."""
    assert texts("[" * 10_000)[-1].strip() == "["
    assert texts("[" * 10_000 + "]" * 10_000)


def test_the_lines_around_a_mark_are_kept() -> None:
    """What is left out is counted on both sides."""
    body = json.dumps([{"id": number, "name": "x" * 80} for number in range(50)])
    shown = excerpt(body, lambda place, _value: place == "/30/id")

    assert [line.left_out for line in shown] == [120, 0, 0, 0, 0, 0, 77]
    assert [line.text.strip() for line in shown if line.marked] == ['"id": 30,']


@pytest.mark.parametrize(
    ("marks", "place", "value", "marked"),
    [
        ({"places": ["/sessions/3/name"]}, "/sessions/3/name", "web", True),
        ({"places": ["/sessions/3/name"]}, "/sessions/4/name", "web", False),
        ({"fields": [["/name", "web"]]}, "/sessions/4/name", "web", True),
        ({"fields": [["/name", "web"]]}, "/sessions/4/host", "web", False),
        ({"fields": [["/name", 2]]}, "/sessions/4/name", 2, True),
        ({"fields": [["/name", 2]]}, "/sessions/4/name", "2", False),
        ({"values": ["ses_7"]}, "/sessions/7/id", "ses_7", True),
        ({"values": [True]}, "/sessions/7/id", 1, False),
        ({}, "/sessions/7/id", "ses_7", False),
    ],
)
def test_marks_follow_the_record(marks: dict[str, object], place: str, value: object, marked: bool) -> None:  # noqa: FBT001 - a case
    """A place, a value of a field, a value anywhere: what the record names is marked, and its like is not."""
    assert marks_of(records.shown(marks=marks)).body(place, value) is marked


def test_an_older_report_marks_nothing() -> None:
    """A report that was made before there were marks is shown without them."""
    assert marks_of(records.shown()) == Marks()
