"""One loop over all providers, as the runtime's README has it."""

import contextlib
import importlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from listing_runtime import summary
from listing_runtime.summaries import Place, Places

from tests.answers import ROOT, STEMS, known, listing, rows

README = (ROOT / "generated/listing_runtime/README.md").read_text("utf-8")


def served(stem: str, count: int = 5) -> Any:
    """Give a listing of items of the fixtures."""
    package: Any = importlib.import_module(stem)
    return listing(package.testing.client(rows(stem, count)), stem)


def test_one_loop_lists_all_providers(capsys: pytest.CaptureFixture[str]) -> None:
    """What runs longer than so many hours, against mocks of all of them."""
    example: dict[str, Any] = {}
    exec(re.findall("```python\n(.*?)```", README, re.DOTALL)[0], example)  # noqa: S102 - ours

    listings = [served(stem) for stem in STEMS]
    found = example["running_longer_than"](12, *listings)
    example["shown"](*listings)

    every = [summary(item) for each in listings for item in each]
    long = datetime.now(UTC) - timedelta(hours=12)
    assert found == [each for each in every if not each.finished and each.started_at and each.started_at < long]
    assert len(found) > len(STEMS) // 2
    assert capsys.readouterr().out.count("\n") == len(found)


@pytest.mark.parametrize("stem", STEMS)
def test_a_summary_says_what_the_item_says(stem: str) -> None:
    """Identity and status as they came, aware times that lie in their order, final where the spec says so."""
    conformance = _conformance(stem)
    finished = conformance.get("finished", {})
    named = conformance.get("summary", {}).get("status") or finished.get("field")
    assert any(summary(item).started_at for item in served(stem))
    for item in served(stem):
        told, raw = summary(item), item.to_dict()
        status = named or ("/status" if "status" in raw else "")
        assert told.id == str(raw[str(conformance["identity"]).removeprefix("/")])
        assert told.status == (raw[status.removeprefix("/")] if status else None)
        started = told.started_at or datetime(2025, 1, 1, tzinfo=UTC)
        assert datetime(2020, 1, 1, tzinfo=UTC) < started < datetime(2030, 1, 1, tzinfo=UTC)
        assert told.ended_at is None or told.ended_at >= started
        assert told.finished == (raw[finished["field"].removeprefix("/")] in finished["in"] if finished else None)


def _conformance(stem: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    spec = YAML(typ="safe").load(ROOT / "specs" / f"{stem}.yaml")
    found: dict[str, Any] = spec["paths"][known(stem).path][known(stem).method.lower()]["x-conformance"]
    return found


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1_767_225_600_000, "milliseconds", datetime(2026, 1, 1, tzinfo=UTC)),
        (1_767_225_600.5, "seconds", datetime(2026, 1, 1, 0, 0, 0, 500_000, UTC)),
        (1_767_225_600, None, None),
        ("2026-01-01T00:00:00", None, datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T01:00:00+01:00", None, datetime(2026, 1, 1, tzinfo=UTC)),
        ("yesterday", None, None),
        (10**30, "milliseconds", None),
        (None, "milliseconds", None),
    ],
)
def test_times_are_aware_or_none(value: Any, unit: Any, expected: datetime | None) -> None:
    """However a page writes them."""

    class Item:
        name, at = "a", value

        @classmethod
        def __summary__(cls) -> Places:
            return Places(Place(("name",)), started_at=Place(("at",), unit))

    with contextlib.nullcontext(summary(Item())) as told:
        assert told == ("a", None, expected, None, None)
