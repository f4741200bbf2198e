"""A pytest plugin, one test for each check of an operation: off unless `--conformance` is given, and free till then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conformance.record.types import Record

IF_ASKED = "conformance.pytest_plugin.items"
"""What brings the suite in, so it is imported by name and only then."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; each begins with `--conformance`."""
    group = parser.getgroup("conformance", "list operations that keep every documented promise")
    option = group.addoption
    option(
        "--conformance", action="append", default=[], metavar="STEM", help="Check this operation, or all; repeatable."
    )
    option("--conformance-target", default="mock", metavar="TARGET", help="mock, live, or a URL; mock where not given.")
    option(
        "--conformance-param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="What every request carries, such as a part of its path; repeatable.",
    )
    option(
        "--conformance-fail-on",
        choices=["error", "warning", "note"],
        default="error",
        help="The least level of drift that fails a test.",
    )
    option("--conformance-specs", metavar="DIRECTORY", help="Directory of the specs, instead of our own.")
    option("--conformance-ledger", metavar="FILE", help="The file of known drift, instead of our own.")
    option("--conformance-report", metavar="DIRECTORY", help="Write <STEM>.json there, the record of each run.")
    option("--conformance-max-requests", type=int, metavar="N", help="The most requests to one operation.")
    option("--conformance-rate", type=float, metavar="N", help="The most requests per second.")


@pytest.fixture
def conformance_run() -> Callable[..., Record]:
    """Runs checks, as in `conformance_run("STEM", target=URL, checks=["filter-sound"])`, and gives the record.

    Every other option is one of `conformance.job.options.Options`; whoever calls judges: nothing fails by itself.
    """
    from conformance.pytest_plugin.suite import ran  # noqa: PLC0415 - nobody who does not ask for it pays for it

    return ran


def pytest_configure(config: pytest.Config) -> None:
    """Bring the suite in where it is asked for."""
    if config.getoption("conformance"):
        config.pluginmanager.import_plugin(IF_ASKED)
