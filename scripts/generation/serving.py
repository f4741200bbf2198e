"""Code of what a package's testing helper serves by: counters, filters, order, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generation.arguments import separator
from generation.document import tokens
from generation.operation import cursor_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generation.arguments import Argument
    from generation.operation import Operation


_FLAG = {"present": True, "absent": False}
"""What asks whether a field is there, where the spec does not say."""


def filters_code(operation: Operation, arguments: Iterable[Argument]) -> list[str]:
    """Write the runtime's `Filter` for each parameter that narrows the listing."""
    separators = {each.wire: each.separator for each in arguments if each.is_array}
    schemas = {each["name"]: operation.document.resolve(each.get("schema", {})) for each in operation.parameters}
    defaults = {name: schema.get("default") for name, schema in schemas.items()}
    return [_filter(each, separators.get(each["parameter"]), defaults) for each in operation.filters]


def text(value: object) -> str | None:
    """Write a value of a spec as a query does."""
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _filter(each: dict[str, Any], separator: str | None, defaults: dict[str | None, Any]) -> str:
    fields = [each["field"]] if isinstance(each["field"], str) else each["field"]
    keys, *others = [() if one == "any" else tuple(tokens(one)) for one in fields]
    wanted = each.get("requires")
    ((requires, needed),) = (wanted if isinstance(wanted, dict) else {wanted: None}).items()
    words: dict[str, Any] = each.get("words", _FLAG) if each["relation"] == "present" else {}
    met = needed is not None and needed == defaults.get(requires)
    given = {
        "encoding": each.get("encoding"),
        "conjunction": each.get("conjunction"),
        "entries": tuple(tuple(tokens(each["entries"][one])) for one in ("key", "value"))
        if "entries" in each
        else None,
        "requires": None if met else requires,
        "needed": None if met else text(needed),
        "separator": separator,
        "any": text(each.get("any")),
        "usual": text(defaults.get(each["parameter"])) if "any" in each else None,
        "present": text(words.get("present")),
        "absent": text(words.get("absent")),
        "others": tuple(others) or None,
        "anywhere": True if each["field"] == "any" else None,
        "ignores_case": True if each.get("case") == "ignored" else None,
    }
    more = "".join(f", {name}={value!r}" for name, value in given.items() if value is not None)
    return f"Filter({each['parameter']!r}, {keys!r}, {each['relation']!r}{more})"


def order_code(operation: Operation) -> str:
    """Write the runtime's `Order`, or None where the documentation says none."""
    order = operation.order
    if not order.get("by"):
        return "None"
    keys = tuple(tuple(tokens(each)) for each in order["by"])
    given = f"{keys!r}, {order.get('direction', 'asc')!r}, {order.get('parameter')!r}"
    fields: dict[str, Any] = order.get("fields") or {}
    if not fields:
        return f"Order({given})"
    choices = tuple((word, tuple(tuple(tokens(each)) for each in by)) for word, by in fields["by"].items())
    more = "".join(f", {name}={value!r}" for name, value in _ways(operation, order, fields).items() if value)
    return f"Order({given}, {fields['parameter']!r}, {choices!r}, {bool(fields.get('signed'))!r}{more})"


def _ways(operation: Operation, order: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Give what else says in which direction what is chosen sorts."""
    suffix: dict[str, str] = fields.get("suffix") or {}
    written = {
        suffix.get(way) and f"{suffix['separator']}{suffix[way]}": way for way in ("asc", "desc") if way in suffix
    }
    between = tuple(_between(operation, name) for name in (fields["parameter"], order.get("parameter")))
    arrays = [each["name"] for each in operation.parameters if operation.is_array(each)]
    return {
        "suffixes": (*written.items(), ("", suffix.get("bare", "asc"))) if suffix else (),
        "descending_by": fields.get("descending"),
        "requires": bool(order.get("requires")),
        "separators": between if any(between) else (),
        "each": order.get("parameter") in arrays,
    }


def _between(operation: Operation, name: str | None) -> str | None:
    """Give what parts the values of a parameter in one text."""
    known = next((each for each in operation.parameters if each["name"] == name), None)
    return separator(known) if known is not None and operation.is_array(known) else None


def invalid_status(operation: Operation) -> int | None:
    """Give the status that refuses an invalid value, where one is promised."""
    promised = (each for each in operation.refusals if each.get("given") == "invalid-parameter")
    statuses = [str(status) for each in promised for status in each.get("status", [])]
    return next((int(status) for status in statuses if status.isdecimal()), 400 if statuses else None)


class Serving:
    """The part of a view that the testing helper is made of."""

    operation: Operation
    arguments: list[Argument]

    @property
    def filters(self) -> list[str]:
        """Code of the runtime's `Filter`, one for each parameter that narrows the listing."""
        return filters_code(self.operation, self.arguments)

    @property
    def order(self) -> str:
        """Code of the runtime's `Order`."""
        return order_code(self.operation)

    @property
    def invalid_status(self) -> int | None:
        """The status that refuses an invalid value, where one is promised."""
        return invalid_status(self.operation)

    @property
    def counters(self) -> list[str]:
        """Code of the runtime's `Counter`, one for each number that counts items."""
        return [self._counter(each) for each in self.operation.counters]

    def _counter(self, counter: dict[str, Any]) -> str:
        place = cursor_place(str(counter["value"]))
        if place is None:
            hint = "A counter is $response.body#/… of an object body, or $response.header.…"
            problem = f"counter {counter['value']!r}"
            raise self.operation.document.error((*self.operation.place, "x-conformance"), problem, hint=hint)
        where = counter.get("where")
        unit = f", unit={counter.get('unit', 'items')!r}" if "form" in counter else ""
        only = (tuple(tokens(where["field"])), where["equals"]) if where else None
        return f"Counter({tuple(place[0])!r}, {place[1]!r}, {counter['counts'] == 'page'}, {only!r}{unit})"
