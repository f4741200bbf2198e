"""Pages of many reports: what none of them met, and which server keeps what."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.cli.main import main
from conformance.tests.browsers import accessibility

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STEM = "vercel_sessions"
SERVERS = {
    "honest": "",
    "ignores-filters": "equals-ignored",
    "lets-anybody-in": "no-credentials-needed",
    "renames": "required-field-renamed",
    "loops": "cursor-ignored",
}
CHECKS = [
    "filter-sound",
    "credentials-required",
    "body-matches-schema",
    "pages-disjoint",
    "limit-respected",
    "count-is-page",
    "identity-unique",
]
"""Of so many families that a table of them is dense."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five implementations of one operation, each a report with its page; one of them twice."""
    directory = tmp_path_factory.mktemp("reports")
    checks = [part for check in CHECKS for part in ("--check", check)]
    for name, fault in SERVERS.items():
        lie = ["--fault", fault] if fault else []
        pages = ["--report", str(directory / f"{name}.json"), "--report", str(directory / f"{name}.html")]
        main(["run", STEM, *lie, *checks, "--implementation", name, "--version", "1.2", *pages])
    (directory / "other.json").write_text('{"no": "report"}')
    return directory


def test_a_matrix_says_what_is_kept(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who breaks least comes first; a family is supported, broken or not documented; each finding is linked."""
    made = reports / "matrix.json"
    assert main(["matrix", str(reports), "--report", str(made)]) == 0
    made_tables = {table["title"]: table["rows"] for table in json.loads(made.read_text())["tables"]}
    made.unlink()
    rows = {row["implementation"]["text"]: row for row in made_tables[STEM]}

    assert next(iter(rows)) == "honest"
    assert sorted(rows) == sorted(SERVERS)
    assert {name: [key for key, cell in row.items() if cell.get("text") == "broken"] for name, row in rows.items()} == {
        "honest": [],
        "ignores-filters": ["filtering"],
        "lets-anybody-in": ["access"],
        "renames": ["wire"],
        "loops": ["paging"],
    }
    assert rows["loops"]["paging"]["href"].startswith("loops.html#finding-")
    assert {row["command"]["text"] for row in made_tables[f"{STEM}: how to see it again"]} >= {
        f"conformance run {STEM}",
        f"conformance run {STEM} --fault cursor-ignored",
    }
    assert "1 broken" in capsys.readouterr().out


def test_a_matrix_needs_no_pages(reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reports without a page beside them are all told, and none is linked."""
    for name in SERVERS:
        (tmp_path / f"{name}.json").write_bytes((reports / f"{name}.json").read_bytes())
    assert main(["matrix", str(tmp_path), "--report", str(tmp_path / "made.html")]) == 0

    assert f"5 implementations of 1 operation: {', '.join(sorted(SERVERS))}" in capsys.readouterr().out
    assert "<a " not in (tmp_path / "made.html").read_text()


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_every_link_of_a_matrix_leads_to_a_finding(ending: str, reports: Path) -> None:
    """The pages beside the reports have what is linked."""
    made = reports / f"matrix{ending}"
    main(["matrix", str(reports), "--report", str(made)])
    links = re.findall(r'(?:href="|\]\()([\w-]+\.html)#(finding-\w+)', made.read_text())

    assert {page for page, _ in links} == {f"{name}.html" for name, fault in SERVERS.items() if fault}
    assert all(f'id="{place}"' in (reports / page).read_text() for page, place in links)


def test_a_folder_of_reports_is_a_site(reports: Path, tmp_path: Path) -> None:
    """Its first page is the matrix, with a page of each report behind it."""
    assert main(["matrix", str(reports), "--site", str(tmp_path / "site")]) == 0

    pages = {path.name: path.read_text() for path in (tmp_path / "site").glob("*.html")}
    links = re.findall(r'href="([^"#]+)#(finding-\w+)', pages["index.html"])
    assert len(pages) == len(SERVERS) + 1
    assert len(links) >= 4
    assert all(f'id="{place}"' in pages[page] for page, place in links)


def test_coverage_says_what_no_run_met(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line by line, with its place in the spec; a page of it as well."""
    monkeypatch.setenv("COLUMNS", "80")
    page = tmp_path / "coverage.html"
    assert main(["coverage", *map(str, sorted(reports.glob("*s.json"))), "--report", str(page)]) == 0

    told = capsys.readouterr().out
    assert re.search(rf"statuses +429 +specs/{STEM}.yaml:\d+", told)
    assert re.search(r"words +aborted", told) is None
    assert max(map(len, told.splitlines())) <= 80
    assert "429" in page.read_text()


def test_a_report_says_what_it_never_met(reports: Path, tmp_path: Path) -> None:
    """So do the page and the Markdown of one run."""
    made = tmp_path / "report.md"
    main(["report", str(reports / "honest.json"), "--report", str(made)])

    assert re.search("documented, not seen: statuses .*`429`.*; parameters .*`teamId`", made.read_text())
    assert "Documented, not seen" in (reports / "honest.html").read_text()


@pytest.mark.parametrize("command", ["coverage", "matrix"])
def test_what_is_no_report_is_said(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty directory and an unknown ending are wrong usage."""
    assert main([command, str(tmp_path)]) == 2
    assert "no report is there" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.machine
@pytest.mark.parametrize("command", ["coverage", "matrix"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_can_read_them(command: str, scheme: str, reports: Path, browser: Browser) -> None:
    """The page is as wide as the phone, its tables scroll by themselves, and axe has nothing to say."""
    made = reports / f"{command}.html"
    main([command, str(reports), "--report", str(made)])
    for width in (390, 1280):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        page.goto(made.as_uri())

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        results = accessibility(page)
        assert results.violations_count == 0, results.generate_report()
        context.close()
