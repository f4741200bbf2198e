"""Moments as finely as they are written."""

from __future__ import annotations

from itertools import pairwise

import pytest

from conformance.spec.moments import read_moment


@pytest.mark.parametrize(
    "texts",
    [
        ("2026-05-04T06:21:21Z", "2026-05-04T06:21:21.000000001Z", "2026-05-04T06:21:21.000001Z"),
        ("2026-05-04T06:21:21.1234567Z", "2026-05-04T06:21:21.12345678Z", "2026-05-04T06:21:21.123457Z"),
        ("2016-12-31T23:59:59.9Z", "2017-01-01T00:59:60+01:00", "2016-12-31T23:59:60.1Z", "2017-01-01T00:00:01Z"),
        ("2026-05-04T08:21:21+02:00", "2026-05-04T06:21:21.5z", "2026-05-04t06:21:22Z"),
    ],
)
def test_moments_run_as_they_are_written(texts: tuple[str, ...]) -> None:
    """Digits beyond microseconds count, zones are one scale, and letters may be small."""
    read = [read_moment(text) for text in texts]

    assert all(left < right for left, right in pairwise(read) if left and right)
    assert len(set(read)) == len(texts)


def test_zeros_at_the_end_are_no_other_moment() -> None:
    """However many digits there are."""
    same = ("2026-05-04T06:21:21.12Z", "2026-05-04T06:21:21.120000000Z", "2026-05-04 07:21:21.1200000+01:00")

    assert len({read_moment(text) for text in same}) == 1


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13-01T00:00:00Z", "9999-12-31T23:59:60Z", "12345678901234567890"]
)
def test_other_text_is_no_moment(text: str) -> None:
    """None, and no error."""
    assert read_moment(text) is None


@pytest.mark.parametrize("text", ["2026-05-04T06:21:21Z", "2026-05-04T06:21:21.1234567Z"])
def test_a_moment_is_not_before_what_is_none(text: str) -> None:
    """It is not compared at all, however fine it is."""
    with pytest.raises(TypeError):
        assert read_moment(text) < "2027"  # type: ignore[operator]
