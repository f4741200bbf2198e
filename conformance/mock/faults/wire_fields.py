"""Faults in the shape of items."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from conformance.mock.collection.dataset import Dataset
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault
from conformance.mock.faults.tools import Change, each_item, one_item, plain, properties
from conformance.spec.checker import checker
from conformance.spec.contract import Contract
from conformance.spec.moments import counts_milliseconds

CHECK = "body-matches-schema"
Pick = Callable[[Contract], str | None]


NUMBERS = ("integer", "number")


def _plain(*kinds: str, required: bool | None = None) -> Pick:
    def pick(contract: Contract) -> str | None:
        found = (name for kind in kinds or ("",) for name in plain(contract, required=required, kind=kind))
        return next(found, None)

    return pick


def _where(test: Callable[[Contract, str, Mapping[str, Json]], bool]) -> Pick:
    def pick(contract: Contract) -> str | None:
        found = (name for name, schema in properties(contract).items() if test(contract, name, schema))
        return next(found, None)

    return pick


def _set(pick: Pick, value: Callable[[Json], Json]) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        name = pick(contract)
        if name in item and item[name] is not None:
            item[name] = value(item[name])

    return change


def _rename(pick: Pick, renamed: Callable[[str], str | None]) -> Change:
    def change(contract: Contract, item: dict[str, Json]) -> None:
        name = pick(contract)
        if name in item:
            value, other = item.pop(name), renamed(name)
            if other is not None:
                item[other] = value

    return change


def _required(test: Callable[[Mapping[str, Json]], bool]) -> Pick:
    return _where(lambda contract, name, schema: name in contract.item_schema.get("required", ()) and test(schema))


def _is_whole(schema: Mapping[str, Json]) -> bool:
    return schema.get("type") in ("integer", ["integer", "null"]) or "multipleOf" in schema


def _takes(schema: Mapping[str, Json], text: str) -> bool:
    return checker({"pattern": schema["pattern"]}).is_valid(text)


def _has(pick: Pick) -> Callable[[Contract, Mapping[str, Json]], bool]:
    return lambda contract, item: item.get(pick(contract) or "") is not None


def _fault(name: str, says: str, pick: Pick, change: Change, *, once: bool = False) -> Fault:
    return Fault(
        name=name,
        says=says,
        check=CHECK,
        applies=lambda contract: pick(contract) is not None,
        spoil=one_item(change, where=_has(pick)) if once else each_item(change),
    )


def recased(name: str) -> str:
    """CamelCase as snake_case, and the other way round; a name of one word gets a suffix."""
    if "_" in name:
        return re.sub(r"_(\w)", lambda match: match[1].upper(), name)
    other = re.sub(r"[A-Z]", lambda match: f"_{match[0].lower()}", name)
    return other if other != name else f"{name}_value"


_REQUIRED = _plain(required=True)
_TEXT = _plain("string", required=True)
_NUMBER = _plain(*NUMBERS)
_WHOLE = _where(lambda contract, name, schema: name in plain(contract) and _is_whole(schema))
_FLAG = _plain("boolean")
_OPTIONAL = _where(
    lambda contract, name, schema: (
        name not in contract.item_schema.get("required", ())
        and isinstance(schema.get("type"), str)
        and schema.get("type") != "null"
    )
)
_ENUM = _where(lambda _, __, schema: len(schema.get("enum", ())) > 1)
_BOUNDED = _where(lambda _, __, schema: schema.get("type") in NUMBERS and schema.get("minimum") == 0)
_MILLISECONDS = _required(counts_milliseconds)
_DATE = _required(lambda schema: schema.get("format") == "date-time")
_ZONELESS = _required(
    lambda schema: (
        "pattern" in schema and _takes(schema, "2026-05-06T12:00:00") and not _takes(schema, "2026-05-06T12:00:00Z")
    )
)
_OBJECT = _where(lambda _, __, schema: schema.get("type") == "object")


def _nested(contract: Contract) -> str | None:
    for name, schema in properties(contract).items():
        for branch in (schema, *schema.get("anyOf", ())):
            if contract.resolve(branch).get("required"):
                return name
    return None


def _nested_gone(value: Json) -> Json:
    return dict(list(value.items())[1:]) if isinstance(value, dict) else value


def _added(_: Contract, item: dict[str, Json]) -> None:
    item["new_field"] = "new"


def _may_have_more(contract: Contract) -> bool:
    """Whether an item can show what is not documented, as a row of documented columns cannot."""
    return contract.rows is None or not contract.rows.fixed


def _more(name: str, says: str, spoil: Callable[[Contract, Dataset], Dataset]) -> Fault:
    check = "fields-documented"
    return Fault(name=name, says=says, check=check, level="note", applies=_may_have_more, spoil=spoil)


FAULTS = (
    _fault(
        "required-field-gone", "No item has a required field any more.", _REQUIRED, _rename(_REQUIRED, lambda _: None)
    ),
    _fault(
        "required-field-gone-once",
        "One item deep in the list lacks a required field.",
        _REQUIRED,
        _rename(_REQUIRED, lambda _: None),
        once=True,
    ),
    _fault("required-field-null", "A required field is null in every item.", _TEXT, _set(_TEXT, lambda _: None)),
    _fault(
        "required-field-null-once",
        "A required field is null in one item deep in the list.",
        _TEXT,
        _set(_TEXT, lambda _: None),
        once=True,
    ),
    _fault(
        "required-field-renamed",
        "A required field has another name.",
        _REQUIRED,
        _rename(_REQUIRED, lambda name: f"{name}New"),
    ),
    _fault(
        "required-field-recased",
        "A required field changed between camelCase and snake_case.",
        _REQUIRED,
        _rename(_REQUIRED, recased),
    ),
    _fault("text-became-number", "A text field is a number.", _TEXT, _set(_TEXT, len)),
    _fault(
        "text-became-object", "A text field is an object with an id.", _TEXT, _set(_TEXT, lambda text: {"id": text})
    ),
    _fault(
        "text-became-array-once",
        "A text field is an array in one item deep in the list.",
        _TEXT,
        _set(_TEXT, lambda text: [text]),
        once=True,
    ),
    _fault("number-became-text", "A whole number is text.", _NUMBER, _set(_NUMBER, str)),
    _fault(
        "number-became-text-once",
        "A whole number is text in one item deep in the list.",
        _NUMBER,
        _set(_NUMBER, str),
        once=True,
    ),
    _fault(
        "number-has-a-fraction",
        "A whole number has a fraction in one item.",
        _WHOLE,
        _set(_WHOLE, lambda number: number + 0.5),
        once=True,
    ),
    _fault(
        "number-negative",
        "A number that cannot be negative is, in one item.",
        _BOUNDED,
        _set(_BOUNDED, lambda number: -1 - number),
        once=True,
    ),
    _fault("flag-became-text", "A boolean is text.", _FLAG, _set(_FLAG, lambda flag: str(flag).lower())),
    _fault("flag-became-number", "A boolean is 0 or 1.", _FLAG, _set(_FLAG, int)),
    _fault("object-became-text", "A nested object is JSON in a text.", _OBJECT, _set(_OBJECT, str)),
    _fault(
        "optional-field-null-once",
        "An optional field that cannot be null is null in one item.",
        _OPTIONAL,
        _set(_OPTIONAL, lambda _: None),
        once=True,
    ),
    _fault("nested-field-gone", "A nested object lacks a required field.", _nested, _set(_nested, _nested_gone)),
    _fault(
        "enum-grew-once",
        "One item deep in the list has a value that the enumeration does not.",
        _ENUM,
        _set(_ENUM, lambda _: "hibernating"),
        once=True,
    ),
    _fault("enum-recased", "An enumeration's values are written in the other case.", _ENUM, _set(_ENUM, str.swapcase)),
    _fault(
        "seconds-for-milliseconds",
        "Times are Unix seconds rather than milliseconds.",
        _MILLISECONDS,
        _set(_MILLISECONDS, lambda time: time // 1000),
    ),
    _fault(
        "time-became-text",
        "A Unix time is ISO 8601 text.",
        _MILLISECONDS,
        _set(_MILLISECONDS, lambda _: "2026-05-06T12:00:00Z"),
    ),
    _fault("time-became-number", "An RFC 3339 time is Unix milliseconds.", _DATE, _set(_DATE, lambda _: 1778068800000)),
    _fault("zone-lost", "Times have no zone any more.", _DATE, _set(_DATE, lambda time: time.removesuffix("Z"))),
    _fault(
        "time-with-a-space",
        "Times have a space where the T was.",
        _DATE,
        _set(_DATE, lambda time: time.replace("T", " ")),
    ),
    _fault("zone-added", "Times that had no zone have one.", _ZONELESS, _set(_ZONELESS, lambda time: f"{time}Z")),
    _more("field-added", "Every item has a field that is not documented.", each_item(_added)),
    _more("field-added-once", "One item deep in the list has a field that is not documented.", one_item(_added)),
)
