"""Documents drawn at random: one list operation each, written in any of the ways that OpenAPI has."""

from __future__ import annotations

import json
from typing import Any

import yaml
from attrs import field, frozen
from hypothesis import strategies as st

from conformance.tests.draft.drawn_schemas import NAMES, TEXT, VALUES, Dice, Draw, Json

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SCHEMES: Json = {
    "ApiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "api_token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "Basic": {"type": "http", "scheme": "Basic"},
    "InQuery": {"type": "apiKey", "in": "query", "name": "key"},
    "OAuth": {"type": "oauth2", "flows": {}},
    "Session": {"type": "apiKey", "in": "cookie", "name": "sid"},
}
REGION = {"default": "eu", "enum": ["eu", "us"]}
SERVERS: tuple[list[Json], ...] = (
    [{"url": "https://api.example.com"}],
    [{"url": "https://{region}.example.com/v1", "variables": {"region": REGION}}],
)
IDENTITIES: tuple[Json, ...] = (
    TEXT,
    TEXT | {"format": "uuid"},
    {"type": "integer"},
    TEXT | {"pattern": "^bx_[0-9a-f]{8}$"},
)
LIMITS: tuple[Json, ...] = (
    *({"type": "integer", "minimum": 1, "maximum": 100, "default": one} for one in (20, 500, "20")),
    {"type": "integer"},
    {"type": "number", "minimum": 1},
)
STATE: Json = {"$ref": "#/components/schemas/State"}
OTHERS: tuple[Json, ...] = (
    {"name": "state", "in": "query", "schema": STATE},
    {"name": "state", "in": "query", "schema": {"allOf": [STATE], "default": "running"}},
    {"name": "states", "in": "query", "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Alias"}}},
    {"name": "where", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
    {"name": "created[gte]", "in": "query", "deprecated": True, "schema": TEXT | {"format": "date-time"}},
    {"name": "ids[]", "in": "query", "schema": {"type": "array", "items": TEXT}},
    {"name": "Accept", "in": "header", "schema": TEXT},
    {"name": "limit", "in": "header", "schema": {"type": "integer"}},
    {
        "name": "created",
        "in": "query",
        "style": "deepObject",
        "explode": True,
        "schema": {"type": "object", "properties": {"gt": {"type": "integer"}}},
    },
)
TRACE: Json = {"name": "x-trace", "in": "header", "schema": TEXT}
TEAM: Json = {"name": "team", "in": "path", "required": True, "schema": TEXT | {"maxLength": 9}}
ERROR: Json = {"type": "object", "properties": {"error": TEXT}}


@frozen
class Drawn:
    """A document and the path of its list operation."""

    content: Json
    path: str
    is_yaml: bool

    @property
    def data(self) -> bytes:
        """The file."""
        return (yaml.dump(self.content, Dumper=_DUMPER) if self.is_yaml else json.dumps(self.content)).encode()


@st.composite
def documents(draw: Draw) -> Drawn:
    """A whole document."""
    dice = Dice(draw, draw(st.booleans()))
    fixed = {"State": TEXT | {"enum": list(VALUES[:3])}, "Moment": TEXT | {"format": "date-time"}, "Alias": dict(STATE)}
    dice.schemas |= fixed | {name: {} for name in [one for one in NAMES if dice.rarely()] or NAMES[:1]}
    for name in dice.schemas:
        dice.schemas[name] = dice.schemas[name] or dice.object(2)
    return _Writer(dice, {"schemas": dice.schemas}).document()


def _in_one_request(names: list[str]) -> Json:
    """What counts together, without a second scheme of the one header that both would need."""
    bearer = {"api_token", "OAuth"} & set(names)
    return {name: [] for name in names if name != "Basic" or not bearer}


@frozen
class _Writer:
    """Writes what stands around the schemas."""

    dice: Dice
    components: Json = field()

    def document(self) -> Drawn:
        """The document around the operation."""
        dice, path = self.dice, self.dice.one(["/boxes", "/v2/boxes", "/boxes/", "/teams/{team}/boxes"])
        item: Json = {"get": self.operation()}
        item |= {"parameters": [self.kept("parameters", "Trace", TRACE)]} if dice.rarely() else {}
        if "{team}" in path and dice.rarely():
            item["parameters"] = [*item.get("parameters", ()), TEAM]
        content: Json = {
            "openapi": "3.1.0" if dice.new else dice.one(["3.0.0", "3.0.3"]),
            "info": {"title": "Drawn", "version": "1"},
            "servers": dice.one(SERVERS),
            "paths": {path: item},
            "components": self.components | {"securitySchemes": SCHEMES},
        }
        security = self.security()
        if security is not None:
            (item["get"] if dice.rarely() else content)["security"] = security
        return Drawn(content, path, dice.draw(st.booleans()))

    def kept(self, kind: str, name: str, value: Json) -> Json:
        """A part in place, or a reference to it among the components."""
        if self.dice.rarely():
            return value
        self.components.setdefault(kind, {})[name] = value
        return {"$ref": f"#/components/{kind}/{name}"}

    def security(self) -> Any:
        """What credentials are asked for."""
        first, second = self.dice.one([*SCHEMES]), self.dice.one([*SCHEMES])
        both = _in_one_request([first, second])
        ways: list[Any] = [
            None,
            [],
            [{}],
            [{first: []}],
            [{first: []}, {second: []}],
            [both, {second: []}],
            [{first: []}, {}],
        ]
        pair = _in_one_request(self.dice.some([*SCHEMES]))
        return self.dice.one([*ways, [both], [pair], [pair, {second: []}]])

    def operation(self) -> Json:
        """The list operation."""
        responses: Json = {self.dice.one(["200", "200", "2XX"]): self.kept("responses", "Page", self.page())}
        for status in ("400", "401", "429", "4XX", "5XX", "default", "204", "304"):
            if self.dice.rarely(3):
                responses[status] = self.refusal(status)
        return {"operationId": "listBoxes", "parameters": self.parameters(), "responses": responses}

    def refusal(self, status: str) -> Json:
        """An answer that is no page."""
        made: Json = {"description": "Not now."}
        if status[0] in "45d" and self.dice.rarely():
            message = {"type": "object", "properties": {"message": self.dice.scalar()}}
            schema = self.dice.one([self.dice.reference(), message, {"oneOf": [self.dice.reference(), ERROR]}])
            media = self.dice.one(["application/json", "application/problem+json", "*/*"])
            made["content"] = {media: {"schema": schema}}
        elif self.dice.rarely(3):
            made["content"] = {"text/plain": {"schema": TEXT}}
        return self.kept("responses", f"Answer{status}", made)

    def page(self) -> Json:
        """The answer with the page."""
        schema = self.dice.one([self.envelope(), {"type": "array", "items": self.item()}])
        media = self.dice.one(["application/json", "application/json; charset=utf-8", "application/vnd.api+json"])
        content: Json = {media: {"schema": schema}}
        if self.dice.rarely(3):
            content = {"text/csv": {"schema": TEXT}} | content
        if self.dice.rarely(3):
            example = {"value": {"data": [{"id": "1", "unlike": True}]}}
            content[media]["examples"] = {"one": self.kept("examples", "One", example)}
        response: Json = {"description": "A page.", "content": content}
        if self.dice.rarely(2):
            header = {"schema": {"type": "integer"}} | ({"required": True} if self.dice.rarely() else {})
            response["headers"] = {"X-Total": self.kept("headers", "Total", header)}
        return response

    def envelope(self) -> Json:
        """An object around the items, alone or composed."""
        end = self.dice.nullable(TEXT) if self.dice.rarely() else TEXT
        names = self.dice.one(["data", "boxes", "results"]), self.dice.one(["next_cursor", "nextPageToken", "next"])
        properties: Json = {names[0]: {"type": "array", "items": self.item()}, names[1]: end}
        properties |= {"total": {"type": "integer"}} if self.dice.rarely(3) else {}
        made: Json = {"type": "object", "properties": properties}
        made |= {"required": self.dice.some([*properties, *properties])} if self.dice.rarely() else {}
        if not self.dice.rarely(2):
            return made
        loose: Json = {name: self.dice.one([{}, properties[name]]) for name in properties}
        loose["errors"] = {"type": "array", "items": {"type": "object", "properties": {"code": {"type": "integer"}}}}
        return {"allOf": [{"type": "object", "properties": loose}, made]}

    def item(self) -> Json:
        """An item: an object with an identity, alone or among kinds."""
        schemas, reference = self.components["schemas"], {"$ref": "#/components/schemas/Box"}
        box = schemas["Box"] = self.dice.object(3)
        box.pop("additionalProperties", None)
        box["properties"] = {"id": self.dice.one(IDENTITIES)} | box["properties"]
        box["required"] = ["id", *box.get("required", ())]
        if self.dice.rarely(3):
            for name in ("Vm", "Pod"):
                own = {"type": "object", "properties": {name.lower(): self.dice.scalar()}}
                schemas[name] = {"allOf": [reference, own]}
            box["oneOf"] = [{"$ref": "#/components/schemas/Vm"}, {"$ref": "#/components/schemas/Pod"}]
            box["discriminator"] = {"propertyName": "kind"}
        extra = {"type": "object", "properties": {"extra": self.dice.scalar()}}
        return dict(self.dice.one([reference, {"allOf": [reference, extra]}]))

    def parameters(self) -> list[Json]:
        """Query parameters, and some that are none."""
        limit = {"name": self.dice.one(["limit", "page_size"]), "in": "query", "schema": self.dice.one(LIMITS)}
        cursor = {"name": self.dice.one(["cursor", "page_token"]), "in": "query", "schema": TEXT}
        others = {str(one["name"]): one for one in OTHERS if self.dice.rarely(2)}
        free = {"name": "q", "in": "query", "schema": self.dice.scalar()}
        chosen = [limit, cursor, *others.values(), *([free] if self.dice.rarely() else [])]
        return [self.kept("parameters", f"P{index}", dict(one)) for index, one in enumerate(chosen)]
