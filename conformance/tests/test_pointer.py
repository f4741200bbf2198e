"""Pointers: places in a JSON value that are still texts, and what lies there."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.errors import ConformanceError
from conformance.jsontext import Json
from conformance.pointer import MISSING, TOP, Expression, Pointer

STEPS = st.lists(st.text(alphabet="ab~/01", max_size=4) | st.integers(0, 20), max_size=5)


@given(STEPS)
def test_the_text_of_a_pointer_says_its_steps(steps: list[str | int]) -> None:
    """Whatever the steps hold, `/` and `~` too, they are read back from the text."""
    made = Pointer.of(*steps)

    assert Pointer(str(made)).tokens == made.tokens == tuple(map(str, steps))
    assert TOP.below(*steps) == made


def test_steps_are_escaped_as_the_standard_has_it() -> None:
    """`~` is `~0` and `/` is `~1`; `~01` is the step `~1`."""
    assert Pointer.of("paths", "/v1/jobs", "a~b") == "/paths/~1v1~1jobs/a~0b"
    assert Pointer("/~01").tokens == ("~1",)


@given(STEPS, STEPS)
def test_what_is_below_has_its_parents_above(way: list[str | int], rest: list[str | int]) -> None:
    """As many parents as steps below lead back to where they began."""
    place = start = Pointer.of(*way)
    place = place.below(*rest)
    for _ in rest:
        place = place.parent

    assert (place, place.tokens) == (start, start.tokens)


def test_the_top_has_no_parent_but_itself() -> None:
    """Going up from the top stays there."""
    assert TOP.parent == TOP
    assert TOP.parent.tokens == ()


def test_a_pointer_is_a_text_in_all_else() -> None:
    """It equals, sorts, hashes, is copied, pickled and written as the text that it is."""
    place = Pointer.of("a", 0)

    assert {"/a/0": 1}[place] == 1
    assert sorted([Pointer("/b"), "/a/1", place]) == ["/a/0", "/a/1", "/b"]
    assert json.dumps({"pointer": place}) == '{"pointer": "/a/0"}'
    assert type(str(place)) is str
    for other in (copy.deepcopy(place), pickle.loads(pickle.dumps(place))):  # noqa: S301 - made here
        assert (type(other), other, other.tokens) == (Pointer, place, ("a", "0"))
    with pytest.raises(AttributeError):
        place.tokens = ()


def test_a_text_that_is_no_pointer_is_refused() -> None:
    """A pointer is empty or starts with a slash."""
    with pytest.raises(ConformanceError, match="'data' is not a JSON Pointer"):
        Pointer("data")


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("", {"data": [{"id": 7, "end": None}], "": 1}),
        ("/data/0/id", 7),
        ("/data/0/end", None),
        ("/", 1),
        ("/data/1", MISSING),
        ("/data/-1", MISSING),
        ("/data/²", MISSING),
        ("/data/id", MISSING),
        ("/data/0/id/x", MISSING),
        ("/more", MISSING),
    ],
)
def test_what_lies_at_a_place(place: str, found: object) -> None:
    """Members by their names, elements by their indexes; null is there, and what is not there is missing."""
    body: Json = {"data": [{"id": 7, "end": None}], "": 1}

    assert Pointer(place).get(body) == found


def test_a_value_is_put_where_it_belongs() -> None:
    """The objects on the way are made, what stands beside stays, and what is missing is taken away."""
    item: dict[str, object] = {"a": {"b": 1, "c": 2}}

    Pointer("/a/b").put(item, 3)
    Pointer("/d/e").put(item, None)
    Pointer("/a/c").put(item, MISSING)
    Pointer("/nowhere").put(item, MISSING)

    assert item == {"a": {"b": 3}, "d": {"e": None}}


@pytest.mark.parametrize("text", ["$response.body", "$response.body#/page/cursor", "$response.header.Link"])
def test_an_expression_is_written_as_it_was_read(text: str) -> None:
    """The whole body may be written without its empty pointer."""
    assert str(Expression.parse(text)).removesuffix("#") == text


@pytest.mark.parametrize("text", ["$request.body", "$response.header.", "$response.body#page"])
def test_a_text_that_is_no_expression_is_refused(text: str) -> None:
    """What a response does not have cannot be read from it."""
    with pytest.raises(ConformanceError):
        Expression.parse(text)
