"""Names stand between backticks in a terminal, and in the letters of code on a page."""

from __future__ import annotations

import pytest

from conformance.record.types import Record
from conformance.report import sheet
from conformance.report.code_spans import with_code
from conformance.report.history import history
from conformance.report.implementations import implementations
from conformance.report.page import as_html
from conformance.tests.report import records
from conformance.tests.report.test_terminal import printed

HEADLINE = "`na<b>me` is not applied: others, such as <i>"
SHOWN = "<code>na&lt;b&gt;me</code> is not applied: others, such as &lt;i&gt;"
GIVEN = records.record(records.operation("one_sessions", records.finding(1, headline=HEADLINE)))


def record() -> Record:
    """A record of one finding that names a parameter."""
    return records.typed(GIVEN)


def test_every_page_shows_names_as_code() -> None:
    """The report, the matrix and the history; what a server chose for a name is text there."""
    pages = [
        as_html(record()),
        sheet.as_html(implementations([("one.html", record())])),
        sheet.as_html(history({}, {"one.html": record()})),
    ]

    assert [SHOWN in page for page in pages] == [True, True, True]
    assert not [page for page in pages if "`na" in page or "<i>" in page]


def test_a_terminal_shows_them_as_they_are() -> None:
    """Backticks stay where nothing has another letter for code."""
    assert f"  {HEADLINE}" in printed(GIVEN, 120)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("none", "none"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("`a` of `", "<code>a</code> of `"),
        ("``", "``"),
        ("`\x1b&`", "<code>\\x1b&amp;</code>"),
    ],
)
def test_spans_are_pairs(text: str, shown: str) -> None:
    """A single backtick, and two with nothing between them, are text; nothing in a span is mark-up."""
    assert with_code(text) == shown
