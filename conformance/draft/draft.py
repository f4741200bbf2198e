"""A draft: the whole spec as plain data, with a question at every hole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import frozen

from conformance.draft.guess import Guess
from conformance.draft.guessed import Guessed
from conformance.draft.names import named
from conformance.draft.remarks import remarks
from conformance.draft.rows import in_rows
from conformance.draft.sample import Sampler
from conformance.draft.source import TODO, UNTOLD, Part, Source, answers_bad_values
from conformance.draft.values import carried

FALLBACK: Part = {"token": {"type": "http", "scheme": "bearer"}}


@frozen
class Draft:
    """The content of a spec, remarks by the JSON Pointer of the part that they precede, and the guesses in it."""

    content: Part
    remarks: dict[str, str]
    guesses: Sequence[Guessed]


def draft(stem: str, source: Source, today: str) -> Draft:
    """The first spec of an operation; `today` is when its source was read (RFC 3339 full-date)."""
    provider, _, resource = stem.partition("_")
    guess = Guess.of(source)
    page, schemas = named(source, guess.items.schema, resource)
    title = f"{provider} {resource}".replace("_", " ").capitalize()
    rows = in_rows(source.rows, guess.items.at, page, schemas)
    operation = _operation(source, guess, resource, page) | {"x-conformance": _extension(source, guess, today, rows)}
    security = source.security or ({} if source.public else FALLBACK)
    content: Part = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1.0.0"},
        "servers": [{"url": source.server or f"{TODO}base URL of the live API, such as https://api.example.com"}],
        "security": [{name: [] for name in one} for one in source.requirements or [[name] for name in security]],
        "tags": [{"name": resource}],
        "paths": {source.path: {"get": operation}},
        "components": {"securitySchemes": _schemes(security, provider), "schemas": schemas},
    }
    return Draft(content, remarks(source, guess), guess.all)


def _schemes(security: Mapping[str, Part], provider: str) -> Part:
    """The schemes with the variables that may feed them; several kinds are fed by several."""
    kinds = {name: _variable(scheme) if len(security) > 1 else "API_KEY" for name, scheme in security.items()}
    own = {name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper() for name in kinds}
    often = [kind for kind, count in Counter(kinds.values()).items() if count > 1]
    kinds |= {name: own[name] for name in kinds if kinds[name] in often}
    kinds = kinds if len(set(kinds.values())) == len(kinds) else own
    return {name: scheme | {"x-env": f"{provider.upper()}_{kinds[name]}"} for name, scheme in security.items()}


def _variable(scheme: Part) -> str:
    if scheme["type"] == "apiKey":
        return "COOKIE" if scheme.get("in") == "cookie" else "API_KEY"
    return "LOGIN" if scheme.get("scheme") == "basic" else "TOKEN"


def _operation(source: Source, guess: Guess, resource: str, page: Part) -> Part:
    success: Part = {"description": "One page.", "content": {"application/json": {"schema": page}}}
    if source.headers:
        success["headers"] = dict(source.headers)
    operation_id, paging = f"list_{resource}", guess.paging
    if paging.cursor:
        link = {"operationId": operation_id, "parameters": {paging.parameter: paging.cursor}}
        success["links"] = {"next_page": link}
    responses: Part = {"200": success}
    for status, schema in sorted(source.others.items()):
        responses[status] = _answer("Another answer.", schema)
    for status, schema in sorted(_refusals(source).items()):
        responses[status] = _answer("A refusal.", schema)
    return {
        "operationId": operation_id,
        "summary": source.summary or f"List {resource.replace('_', ' ')}",
        "tags": [resource],
        "parameters": [dict(one) for one in (*source.elsewhere, *source.parameters)],
        "responses": responses,
    }


def _answer(description: str, schema: Part | None) -> Part:
    body = {"content": {"application/json": {"schema": schema}}} if schema is not None else {}
    return {"description": description, **body}


def _refusals(source: Source) -> Mapping[str, Part | None]:
    """The published refusals; where none answers a bad value, what is published of any other status, or anything."""
    if answers_bad_values(source):
        return source.refusals
    return {"4XX": source.refusals.get("default", {"description": UNTOLD}), **source.refusals}


def _extension(source: Source, guess: Guess, today: str, rows: Part) -> Part:
    superseded = {"state": "superseded", "successor": f"{TODO}what replaces it?"}
    extension: Part = {
        "source": {"document": source.document, "captured": today},
        "lifecycle": superseded if source.deprecated else {"state": "current"},
        "items": guess.items.question if guess.items.at is None else f"$response.body#{guess.items.at}",
        **rows,
        "identity": guess.identity.at,
    }
    if guess.order.extension:
        extension["order"] = dict(guess.order.extension)
    if guess.limit:
        asked = ", and is a larger limit capped" if guess.cap else ""
        says = f"{TODO}what does the documentation promise of the size of a page{asked}?"
        extension["limit"] = {"parameter": guess.limit, **guess.cap, "says": says}
    if guess.paging.extension:
        extension["paging"] = dict(guess.paging.extension)
    if guess.projection.extension:
        extension["projection"] = dict(guess.projection.extension)
    given = carried(guess, Sampler(source.schemas))
    extension |= {"given": given} if given else {}
    filters = [one.extension for one in guess.filters]
    for key, listed in (("filters", filters), ("counters", guess.counters), ("refusals", guess.refusals())):
        found = list(listed)
        extension |= {key: found} if found else {}
    return extension
