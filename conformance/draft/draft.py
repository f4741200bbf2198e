"""A draft: the whole spec as plain data, with a question at every hole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from conformance.draft.guess import Guess
from conformance.draft.source import TODO, Json, Source

FALLBACK: Json = {"token": {"type": "http", "scheme": "bearer"}}

UNTOLD = "JSON of a shape that is not documented."


@frozen
class Draft:
    """The content of a spec, and remarks by the JSON Pointer of the part that they precede."""

    content: Json
    remarks: dict[str, str]


def draft(stem: str, source: Source, today: str) -> Draft:
    """The first spec of an operation; `today` is when its source was read (RFC 3339 full-date)."""
    provider, _, resource = stem.partition("_")
    guess = Guess(source)
    page, schemas = _named(source, guess, resource)
    names = {
        "provider": provider,
        "resource": resource,
        "title": f"{provider} {resource}".replace("_", " ").capitalize(),
    }
    operation = _operation(source, guess, names, page)
    extension = _extension(source, guess, today)
    operation["x-conformance"] = extension
    security = source.security or ({} if source.public else FALLBACK)
    content: Json = {
        "openapi": "3.1.0",
        "info": {"title": names["title"], "version": "1.0.0"},
        "servers": [{"url": source.server or f"{TODO}base URL of the live API, such as https://api.example.com"}],
        "security": [{name: [] for name in one} for one in source.requirements or [[name] for name in security]],
        "tags": [{"name": resource}],
        "paths": {source.path: {"get": operation}},
        "components": {
            "securitySchemes": {
                name: scheme | {"x-env": f"{provider.upper()}_API_KEY"} for name, scheme in security.items()
            },
            "schemas": schemas,
        },
    }
    return Draft(content, _remarks(source, guess, extension))


def _named(source: Source, guess: Guess, resource: str) -> tuple[Json, dict[str, Json]]:
    """The schema of the page and all components; page and item get names, so that clients have named models."""
    page, schemas = source.page, dict(source.schemas)
    one = "".join(word.capitalize() for word in resource.split("_"))
    one = one.removesuffix("es") if one.endswith(("xes", "sses")) else one.removesuffix("s")
    if guess.item is not None and "$ref" not in guess.item:
        name = one if one not in schemas else f"{one}Item"
        page, schemas = (
            _replaced(page, guess.item, name),
            {key: _replaced(schema, guess.item, name) for key, schema in schemas.items()},
        )
        schemas[name] = guess.item
    if "properties" in page:
        name = f"{one}Page" if f"{one}Page" not in schemas else f"{one}Listing"
        schemas[name] = page
        page = {"$ref": f"#/components/schemas/{name}"}
    return page, schemas


def _replaced(value: Any, part: Json, name: str) -> Any:  # noqa: ANN401 - JSON
    if value is part:
        return {"$ref": f"#/components/schemas/{name}"}
    if isinstance(value, dict):
        return {key: _replaced(one, part, name) for key, one in value.items()}
    return [_replaced(one, part, name) for one in value] if isinstance(value, list) else value


def _operation(source: Source, guess: Guess, names: dict[str, str], page: Json) -> Json:
    success: Json = {"description": "One page.", "content": {"application/json": {"schema": page}}}
    if source.headers:
        success["headers"] = dict(source.headers)
    parameter, cursor, _ = guess.paging()
    operation_id = f"list_{names['resource']}"
    if parameter and cursor:
        success["links"] = {"next_page": {"operationId": operation_id, "parameters": {parameter: cursor}}}
    responses: Json = {"200": success}
    for status, schema in sorted(source.others.items()):
        responses[status] = _answer("Another answer.", schema)
    for status, schema in sorted(_refusals(source).items()):
        responses[status] = _answer("A refusal.", schema)
    return {
        "operationId": operation_id,
        "summary": source.summary or f"List {names['resource'].replace('_', ' ')}",
        "tags": [names["resource"]],
        "parameters": [dict(one) for one in source.parameters],
        "responses": responses,
    }


def _answer(description: str, schema: Json | None) -> Json:
    body = {"content": {"application/json": {"schema": schema}}} if schema is not None else {}
    return {"description": description, **body}


def _refusals(source: Source) -> Mapping[str, Json | None]:
    """The published refusals; where none answers a bad value, what is published of any other status, or anything."""
    if not _no_bad_value(source):
        return source.refusals
    return {"4XX": source.refusals.get("default", {"description": UNTOLD}), **source.refusals}


def _no_bad_value(source: Source) -> bool:
    """Whether no status is published with which a bad value may be answered."""
    return not {"400", "422", "4XX"} & set(source.refusals)


def _extension(source: Source, guess: Guess, today: str) -> Json:
    state = (
        {"state": "superseded", "successor": f"{TODO}what replaces it?"} if source.deprecated else {"state": "current"}
    )
    extension: Json = {
        "source": {"document": source.document, "captured": today},
        "lifecycle": state,
        "items": f"{TODO}where is the array of items?"
        if guess.items_at is None
        else f"$response.body#{guess.items_at}",
        "identity": guess.identity() or f"{TODO}which field names an item?",
    }
    if guess.limit():
        says = f"{TODO}what does the documentation promise of the size of a page?"
        extension["limit"] = {"parameter": guess.limit(), "says": says}
    parameter, cursor, ends = guess.paging()
    if parameter and cursor:
        extension["paging"] = {"ends": ends, "says": f"{TODO}how does a page lead to the next, and what ends it?"}
    for key, found in (("filters", guess.filters()), ("counters", guess.counters()), ("refusals", guess.refusals())):
        listed = list(found)
        extension |= {key: listed} if listed else {}
    return extension


def _remarks(source: Source, guess: Guess, extension: Json) -> dict[str, str]:
    """Remarks beside what is there: questions whose answer may be no."""
    operation = f"/paths/{source.path.replace('~', '~0').replace('/', '~1')}/get"
    here = f"{operation}/x-conformance"
    remarks = {f"{here}/identity": "TODO is this what names an item? Is the order documented? Then add `order`."}
    parameter, cursor, _ = guess.paging()
    if not (parameter and cursor):
        had = f"the parameter {parameter!r}" if parameter else f"the value at {cursor}" if cursor else ""
        about = f" ({had} looks like it)" if had else ""
        remarks[f"{operation}/responses"] = (
            f"TODO does a page lead to the next{about}? Then add `paging`, with the Link `next_page` or a `style`."
        )
    untold = guess.untold(one["parameter"] for one in extension.get("filters", ()))
    if untold:
        remarks[f"{operation}/parameters"] = f"TODO is any of these a filter or a scope: {', '.join(untold)}?"
    elif source.guessed:
        remarks[f"{operation}/parameters"] = "TODO a response does not show its parameters: describe each here."
    if _no_bad_value(source) and "default" not in source.refusals:
        remarks[f"{operation}/responses/4XX"] = (
            "TODO which status answers a bad value? Until that is known, any 4XX may."
        )
    if source.left_out:
        remarks[f"{operation}/operationId"] = f"TODO left out: {', '.join(source.left_out)}."
    if not source.security and not source.public:
        remarks["/security"] = "TODO which credential is documented? A bearer token is a guess."
    if not source.public:
        remarks["/components/securitySchemes"] = "TODO is x-env the environment variable that holds the credential?"
    if source.guessed:
        remarks["/components/schemas"] = (
            "TODO inferred from one response: the documentation says what is required, null, or one of few values."
        )
    return remarks
