"""What a finding says is data until it is told: sentences, what stands for hidden values, and what is marked."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from httpx import Headers

from conformance.exchange import Exchange, Request
from conformance.finding import Finding, Level
from conformance.finding_text import show, tell
from conformance.pointer import TOP, Expression
from conformance.privacy.customer_values import Privacy
from conformance.privacy.disclosure import Disclosure
from conformance.record.marks import marks_of
from conformance.sentence import (
    Foreign,
    Header,
    Name,
    Names,
    Part,
    Place,
    Query,
    Sentence,
    StandIn,
    Status,
    Value,
    said,
)
from conformance.tests.runs import CONTRACTS

TITLE = "Jane Doe's divorce"
SECRET = "sk-live-7d21b0-planted"


def finding(actual: Sentence, expected: Sentence | None = None, unexpected: tuple[str, ...] = ()) -> Finding:
    """A finding with these sentences, shown by one page with a title that is nobody's business."""
    item = {"id": "ses_1", "title": TITLE, "status": "idle", "agent_version": 123456, "metadata": {"team": "acme"}}
    body = json.dumps({"data": [item]}).encode()
    exchange = Exchange(Request("GET", "http://127.0.0.1", ()), 200, Headers(), body, 0.0)
    return Finding(
        check="filter-sound",
        level=Level.ERROR,
        pointer=TOP,
        says="",
        expected=expected or said("something else"),
        actual=actual,
        witness=(exchange,),
        unexpected=unexpected,
    )


def told(actual: Sentence) -> str:
    """What is told of a finding where values are hidden."""
    one = finding(actual)
    return tell(Disclosure(Privacy(CONTRACTS["sandbase_sessions"], SECRET), one.witness).finding(one).actual)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("our own word", "our own word"),
        (7, "7"),
        (Value("it's"), '"it\'s"'),
        (Value("x" * 9, most=5), "'xxx…"),
        (Value("x" * 200, most=None), repr("x" * 200)),
        (Value(None), "None"),
        (Name.of('"ses_1"'), '"ses_1"'),
        (Names.of(['"a"', '"b"']), "'a', 'b'"),
        (Names.of(['"a"', "2", "no JSON", '"d"', '"e"']), "'a', 2, 'no JSON' and 2 more"),
        (Place("/data/0"), "/data/0"),
        (Place(""), "the whole body"),
        (Status(404), "404"),
        (Header("content-type", "no content type"), "no content type"),
        (Query((("a", "b"), ("c", "d" * 50))), f"a='b'&c='{'d' * 40}'"),
        (Query(()), "no query"),
        (Foreign("{braces} are no template"), "{braces} are no template"),
        (Expression.parse("$response.body#/total"), "$response.body#/total"),
        (said("{inner} again", inner=Value(1)), "1 again"),
    ],
)
def test_each_kind_of_part_is_told_in_its_own_way(part: Part, text: str) -> None:
    """What a part is decides how it reads, whatever stands in it."""
    assert tell(said("<{part}>", part=part)) == f"<{text}>"


@pytest.mark.parametrize("most", [1, 2, 7, 20, 33, 120, 500])
@pytest.mark.parametrize(
    "value",
    [{"a": [1, 2.5, None, True, {"b": "it's"}], "ü": ()}, [], {}, ("one",), ("a", "b"), "x" * 130, -0.0, [[[[]]]]],
)
def test_a_value_reads_as_python_writes_it(value: Any, most: int) -> None:
    """Piece by piece it is the same text as all at once, and it is cut at the same place."""
    whole = repr(value)

    assert show(value, most=None) == whole
    assert show(value, most=most) == (whole if len(whole) <= most else f"{whole[: most - 1]}…")


def test_a_hidden_value_is_cut_where_the_value_itself_would_be() -> None:
    """A stand-in is told whole or not at all, and what comes after it is what came after the value."""
    value = {"a": StandIn("…9 characters c0ffee…", "'", 9), "b": "x" * 20}

    assert show(value, most=None) == "{'a': '…9 characters c0ffee…', 'b': 'xxxxxxxxxxxxxxxxxxxx'}"
    assert show(value, most=27) == "{'a': '…9 characters c0ffee…', 'b': 'x…"
    assert show(value, most=10) == "{'a': '…9 characters c0ffee……"
    assert show(value, most=8) == "{'a': '…"


def test_values_are_hidden_one_by_one_and_our_words_never() -> None:
    """A title is hidden wherever it stands as a value; the same word in our own sentence is ours."""
    sentence = said(
        "{words} at {place}: {value}", words=TITLE, place=Place("/data/0"), value=Value({"x": [TITLE, "idle"]})
    )

    assert told(sentence).startswith(f"{TITLE} at /data/0: {{'x': [\"…{len(TITLE)} characters ")
    assert told(sentence).endswith("…\", 'idle']}")


def test_a_field_is_hidden_with_every_value_that_was_asked_for() -> None:
    """Part of a title is no title that was seen, and says as much; of a field that is shown it is shown."""
    near = TITLE[:-1]

    assert near not in told(said("no item with title={value}", value=Value(near, field="/title")))
    assert "idl" in told(said("no item with status={value}", value=Value("idl", field="/status")))
    assert "payroll" not in told(said("{value}", value=Value({"team": "payroll"}, field="/metadata")))


@pytest.mark.parametrize("part", [Name.of(json.dumps(TITLE)), Names.of([json.dumps(TITLE)]), Query((("q", TITLE),))])
def test_names_and_queries_hide_what_was_seen_hidden(part: Part) -> None:
    """Whatever carries a value, a value that a body hides is hidden in it."""
    assert "Jane" not in told(said("{part}", part=part))


def test_text_that_is_not_ours_is_searched() -> None:
    """A validator quotes values as it likes."""
    assert "Jane" not in told(said("{message}", message=Foreign(f'"{TITLE}" is not of type "integer"')))


def marked(one: Finding) -> dict[str, Any]:
    """What a record marks of a finding."""
    marks: dict[str, Any] = json.loads(msgspec.json.encode(marks_of(one)))
    return marks


@pytest.mark.parametrize(
    ("actual", "expected", "marks"),
    [
        (said("at {place}: {value}", place=Place("/a/3/b"), value=Value("web")), None, {"places": ["/a/3/b"]}),
        (said("at {place}: {value}", place=Place(""), value=Value("web")), None, {"values": ["web"]}),
        (said("{count} others, such as {v}", count=9, v=Value(2, field="/n")), None, {"fields": [["/n", 2]]}),
        (said("{name} twice", name=Name.of('"ses_1"')), None, {"values": ["ses_1"]}),
        (said("{names} gone", names=Names.of(['"a"', '"b"'])), None, {"values": ["a", "b"]}),
        (said("{status} for x", status=Status(404)), None, {"status": 404}),
        (said("{header}: {value}", header=Header("sunset", "Sunset"), value=Value(7)), None, {"header": "sunset"}),
        (
            said("{value}", value=Value(8)),
            said("9 at {place}", place=Expression.parse("$response.body#/page/count")),
            {"places": ["/page/count"]},
        ),
        (said("nothing in particular"), None, {}),
    ],
)
def test_what_is_marked_is_what_the_sentences_hold(
    actual: Sentence, expected: Sentence | None, marks: dict[str, Any]
) -> None:
    """Places, values of fields, values anywhere, the status, a header: nothing is read out of English."""
    assert marked(finding(actual, expected)) == marks


def test_identities_that_should_not_be_listed_are_marked() -> None:
    """Each once, whether the sentence names it too or not."""
    one = finding(said("{name} twice", name=Name.of('"ses_7"')), unexpected=('"ses_7"', "8"))

    assert marked(one) == {"values": ["ses_7", 8]}


def test_what_stands_for_a_hidden_value_is_marked_where_the_body_shows_it() -> None:
    """The mark of a hidden title is its stand-in in the body as it is shown."""
    privacy = Privacy(CONTRACTS["sandbase_sessions"], SECRET)
    one = finding(said("such as {value}", value=Value(TITLE, field="/title")))
    shown = json.loads(privacy.body(200, one.witness[0].body))["data"][0]["title"]

    assert marked(Disclosure(privacy, one.witness).finding(one)) == {"fields": [["/title", shown]]}
