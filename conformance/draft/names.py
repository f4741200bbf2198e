"""Names for the page and its items, so that clients have named models."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.draft.source import Part, Source


def named(source: Source, item: Part, resource: str) -> tuple[Part, dict[str, Part]]:
    """The schema of the page and all components, in which page and item have names."""
    page, schemas = source.page, dict(source.schemas)
    one = "".join(word.capitalize() for word in resource.split("_"))
    one = one.removesuffix("es") if one.endswith(("xes", "sses")) else one.removesuffix("s")
    if item and "$ref" not in item:
        name = _free(schemas, one, f"{one}Item")
        page, schemas = (
            _object(_replaced(page, item, name)),
            {key: _object(_replaced(schema, item, name)) for key, schema in schemas.items()},
        )
        schemas[name] = item
    if "properties" in page:
        name = _free(schemas, f"{one}Page", f"{one}Listing")
        schemas[name] = page
        page = {"$ref": f"#/components/schemas/{name}"}
    return page, schemas


def _free(schemas: Mapping[str, Part], *wanted: str) -> str:
    """A name that is not taken, whatever its case."""
    taken = {name.lower() for name in schemas}
    numbered = (f"{wanted[-1]}{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (*wanted, *numbered) if name.lower() not in taken)


def _object(value: object) -> Part:
    return value if isinstance(value, dict) else {}


def _replaced(value: object, part: Part, name: str) -> object:
    if value is part:
        return {"$ref": f"#/components/schemas/{name}"}
    if isinstance(value, dict):
        return {key: _replaced(one, part, name) for key, one in value.items()}
    return [_replaced(one, part, name) for one in value] if isinstance(value, list) else value
