"""The HTML report as a reader meets it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.report.page import as_html
from conformance.tests.browsers import accessibility, expect
from conformance.tests.report import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
Open = Callable[..., "Page"]
pytestmark = pytest.mark.machine


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open the report of a record; a script that fails, and any request but for the file, fails the test."""
    contexts, wrong = [], []

    def opened(record: dict[str, Any], fragment: str = "", **options: Any) -> Page:
        path = tmp_path / "report.html"
        path.write_text(as_html(records.typed(record)), encoding="utf-8", errors="backslashreplace")
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
        page.goto(f"{path.as_uri()}{fragment}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def test_filters_leave_what_they_say(show: Open) -> None:
    """Level, new or known, and operation each hide the rest, and the count says how many are left."""
    page = show(records.varied())
    shown, count = page.locator(".finding:visible"), page.locator("output")
    expect(count).to_have_text("5 of 5 shown")

    page.get_by_label("note").uncheck(force=True)
    page.get_by_label("warning").uncheck(force=True)
    expect(count).to_have_text("3 of 5 shown")

    page.get_by_label("new").check(force=True)
    assert shown.locator(".title").all_text_contents() == ["body-matches-schema", "filter-sound"]

    page.get_by_label("Operation").select_option("two_sandboxes")
    expect(count).to_have_text("0 of 5 shown")
    expect(page.get_by_text("No finding fits these filters.")).to_be_visible()


def test_a_deep_link_opens_its_finding(show: Open) -> None:
    """#finding-<id> opens that finding alone, brings it into view and gives it the keyboard."""
    page = show(records.many(60), f"#finding-{40:012x}")

    expect(page.locator(f"#finding-{40:012x} > details > summary")).to_be_focused()
    assert page.locator("details[open]").evaluate_all("all => all.map(one => one.parentElement.id)") == [
        f"finding-{40:012x}"
    ]
    expect(page.locator(f"#finding-{40:012x} .says")).to_be_in_viewport()


def test_what_a_finding_explains_is_folded_under_it(show: Open) -> None:
    """One cause is one row; its other findings open under it, and a link to one of them opens both."""
    record = records.record(
        records.operation("one_sessions", *(records.finding(each, cause=f"{1:012x}") for each in range(1, 8)))
    )
    page = show(record)
    expect(page.locator("output")).to_have_text("1 of 1 shown")
    assert page.locator(".finding:visible").count() == 1

    page.get_by_text("6 more findings with this cause").click()
    assert page.locator(".finding:visible").count() == 7
    assert accessibility(page).violations_count == 0

    page = show(record, f"#finding-{5:012x}")
    expect(page.locator(f"#finding-{5:012x} .says")).to_be_in_viewport()


def test_a_cell_of_the_matrix_leads_to_its_finding(show: Open) -> None:
    """A click on a drifted cell opens the first finding behind it, even one that a filter hides."""
    page = show(records.varied())
    page.get_by_label("warning").uncheck(force=True)
    page.get_by_role("link", name="filtering: 1 drifted, 1 news, 1 held").click()

    expect(page.locator(f"#finding-{3:012x} .says")).to_be_in_viewport()


def test_everything_works_with_the_keyboard(show: Open) -> None:
    """Tab, space and enter reach the findings, open one, and filter."""
    page = show(records.varied())

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the findings")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("output")).to_have_text("2 of 5 shown")

    page.locator(".finding:visible summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".finding:visible .says").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("make", [records.varied, records.clean, records.empty, records.untold, records.hostile])
def test_axe_finds_no_violation(show: Open, make: Callable[[], Any], size: Any, scheme: str) -> None:
    """Contrast, names, roles and structure hold, with everything open."""
    page = show(make(), color_scheme=scheme, viewport=size)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

    results = accessibility(page)

    assert results.violations_count == 0, results.generate_report()


def test_a_real_run_has_no_violation_either(show: Open, drifted: dict[str, Any]) -> None:
    """What axe says of made-up records holds for a record of a run."""
    page = show(drifted)
    page.get_by_role("button", name="Open all").click()

    assert page.locator(".finding details[open]").count() >= len(drifted["operations"][0]["findings"])
    assert accessibility(page).violations_count == 0


@pytest.mark.parametrize("make", [records.varied, records.clean, records.empty, records.hostile])
def test_a_phone_never_scrolls_sideways(show: Open, make: Callable[[], Any]) -> None:
    """However long the lines are, the page is as wide as the phone."""
    page = show(make(), viewport=PHONE, is_mobile=True)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_paper_shows_everything(show: Open) -> None:
    """Printed, closed findings are open, and what only works on a screen is left out."""
    page = show(records.varied())
    says = page.locator(".finding .says")
    assert not any(one.is_visible() for one in says.all())

    page.emulate_media(media="print")

    assert says.count() == 5
    assert all(one.is_visible() for one in says.all())
    expect(page.locator(".filters")).to_be_hidden()


def test_nothing_of_a_server_works_in_the_page(show: Open) -> None:
    """Mark-up, scripts and control characters of a body are text; nothing is fetched, nothing runs."""
    page = show(records.hostile())
    page.get_by_role("button", name="Open all").click()

    assert page.evaluate("window.taken") is None
    assert page.locator("img, script").count() == 1
    text = page.locator(".finding").inner_text()
    assert "<script>window.taken = 1</script>" in text
    assert "\\x1b[2J" in text
    assert "\\u202e" in text


def test_what_differs_is_marked(show: Open) -> None:
    """The place, the values and the status that a finding names are marked in the exchange, and nothing else."""
    page = show(records.varied())
    page.get_by_role("button", name="Open all").click()

    def marked(number: int) -> list[str]:
        return page.locator(f"#finding-{number:012x} .exchange mark").all_text_contents()

    assert marked(1) == ['"name": "web"']
    assert marked(3) == ["200"]
    assert marked(4) == ['"id": "ses_1",']


def test_the_command_is_copied_whole(show: Open) -> None:
    """The copy button gives the curl as report.json has it."""
    record = records.varied()
    page = show(record, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Open all").click()
    page.get_by_role("button", name="Copy curl 1").first.click()

    expect(page.locator(".copy", has_text="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == record["operations"][0]["findings"][0]["curl"][0]


def test_without_scripts_all_is_there(show: Open) -> None:
    """Where scripts are off there are no filters, and every finding can be opened."""
    page = show(records.varied(), java_script_enabled=False)

    assert page.locator(".finding:visible").count() == 5
    expect(page.locator(".filters")).to_be_hidden()
    page.locator(".finding summary").first.click()
    expect(page.locator(".finding .says").first).to_be_visible()


def test_five_hundred_findings_are_one_lean_page(show: Open) -> None:
    """Every finding has its row, closed, in a file that stays small, and filters work on all of them."""
    page = show(records.many(500))

    assert page.locator(".finding:visible").count() == 500
    assert page.locator(".finding details[open]").count() == 0
    assert page.evaluate("performance.getEntriesByType('navigation')[0].decodedBodySize") < 4_000 * 500
    page.get_by_label("Operation").select_option("one_sessions")
    expect(page.locator("output")).to_have_text("250 of 500 shown")
