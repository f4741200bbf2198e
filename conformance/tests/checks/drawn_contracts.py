"""Contracts drawn at random from what a spec may say: schemas, paging, orders, filters, counters, refusals."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.spec.contract import Contract

Part = dict[str, Any]
STEM = "drawn_things"
STYLES = ("none", "cursor", "cursor-in-header", "page-number", "offset", "link-header", "next-url", "last-item")
STATES = ["running", "stopped", "failed"]
MOMENTS = ("2026-05-06T10:00:00Z", "2026-05-06T10:05:00Z", "2026-05-06T11:00:00Z")
UNIX = 1_778_061_600_000
KINDS = {"invalid-parameter": [400, 422], "missing-credentials": [401], "wrong-credentials": [401, 403]}


def drawn(seed: int, directory: Path) -> Contract:
    """The contract of a seed, with its fixture below the directory."""
    from conformance.spec.load import load_contract  # noqa: PLC0415 - nothing is loaded when tests are collected

    thing = Drawn(seed)
    (directory / "fixtures").mkdir(parents=True, exist_ok=True)
    (directory / f"{STEM}.yaml").write_text(json.dumps(thing.document(), indent=1))
    (directory / "fixtures" / f"{STEM}.json").write_text(json.dumps(thing.fixture(), indent=1))
    return load_contract(STEM, directory)


class Drawn:
    """One spec in the making."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - no secret
        self.later = random.Random(f"{seed} later")  # noqa: S311 - no secret
        """For words that came to the vocabulary later, so that the rest of a contract stays what it was."""
        self.of_order = random.Random(f"{seed} order")  # noqa: S311 - as above
        """For those of limit and order."""
        self.of_cursors = random.Random(f"{seed} cursors")  # noqa: S311 - as above
        self.of_fields = random.Random(f"{seed} fields")  # noqa: S311 - as above
        self.of_rows = random.Random(f"{seed} rows")  # noqa: S311 - as above
        self.in_rows = self.of_rows.random() < 0.25
        """Whether items come as arrays of values."""
        self.in_entries = random.Random(f"{seed} entries").random() < 0.3  # noqa: S311 - as above
        """Whether labels come as an array of names and values."""
        self.of_links = random.Random(f"{seed} links")  # noqa: S311 - as above
        self.entries: Part | None = self.of_links.choice([None, {}, {"key": "/relation", "value": "/to/url"}])
        """Where an array of links has relation and address; None where the address of the next page stands alone."""
        self.style = STYLES[seed % len(STYLES)]
        self.parameters: list[Part] = []
        self.page: Part = {"type": "object", "required": [], "properties": {}}
        self.headers: Part = {}
        self.bare = self.style not in ("cursor", "next-url", "last-item") and self.chance(0.2)
        self.refuses = self.chance(0.7)
        self.number = self.draw.choice(["integer", "number"])
        self.unix = self.chance(0.4)
        self.identity, self.names = self._identity()
        self.item = self._item()
        self.extension = self._extension()

    def chance(self, share: float) -> bool:
        """True in this share of all draws."""
        return self.draw.random() < share

    def _identity(self) -> tuple[str, Part]:
        kinds: list[Part] = [
            {"type": "string"},
            {"type": "string", "pattern": "^th_[0-9a-f]{8}$"},
            {"type": "string", "minLength": 6, "maxLength": 12},
            {"type": "string", "format": "uuid"},
            {"type": "integer"},
            {"type": "integer", "minimum": 1, "maximum": 99_999},
        ]
        return self.draw.choice(["/id", "/about/id"]), self.draw.choice(kinds)

    def _name(self, index: int) -> Any:
        if self.names["type"] == "integer":
            return 100 + index
        if self.names.get("format") == "uuid":
            return f"0b666a6f-e257-432c-8fde-87f947d5b2{index:02x}"
        return f"th_0000000{index}"

    def _item(self) -> Part:
        time = {"type": "integer", "minimum": 10**12} if self.unix else {"type": "string", "format": "date-time"}
        fields: Part = {
            "state": {"type": "string", "enum": STATES},
            "created": time,
            "ended": {**time, "type": [time["type"], "null"]},
            "title": self.draw.choice([{"type": "string"}, {"type": "string", "pattern": "^[a-z]+$", "maxLength": 8}]),
            "size": {"type": self.number, "minimum": 0},
            "public": {"type": "boolean"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "hosts": {"type": "array", "items": {"type": "string"}},
            **self._entries(),
        }
        required = ["state", "created", *self.draw.sample(["title", "size", "public", "labels"], 2)]
        if self.identity == "/id":
            fields["id"] = self.names
            required.append("id")
        else:
            fields["about"] = {"type": "object", "required": ["id"], "properties": {"id": self.names}}
            required.append("about")
        if self.in_rows:
            required = [name for name in fields if name != "ended"]
        return {"type": "object", "required": required, "properties": fields}

    def _entries(self) -> Part:
        text: Part = {"type": "string"}
        entry: Part = {"type": "object", "required": ["key", "value"], "properties": {"key": text, "value": text}}
        return {"labels": {"type": "array", "items": entry}} if self.in_entries else {}

    def _rows(self) -> Part:
        """How rows are read: by documented columns, by those that an answer names, or both."""
        ways: list[Part] = [{"columns": [*self.item["properties"]]}]
        if not self.bare:
            label = self.of_rows.choice([{}, {"name": "/name"}])
            column: Part = (
                {"type": "object", "properties": {"name": {"type": "string"}}} if label else {"type": "string"}
            )
            place = "$response.body#/columns"
            self.page["properties"]["columns"] = {"type": "array", "items": column}
            ways += [{"columns": place, **label}, {**ways[0], "named": place, **label}]
        return {"schema": "#/components/schemas/Thing", **self.of_rows.choice(ways), "says": "rows are of columns"}

    def fixture(self) -> Part:
        """Three whole items, one for each state."""
        return {"items": [self._whole(index) for index in range(3)]}

    def _whole(self, index: int) -> Part:
        times = [UNIX + 60_000 * index, UNIX + 90_000 * index + 60_000] if self.unix else [MOMENTS[0], MOMENTS[1]]
        name = self._name(index)
        labels = ({"env": "dev", "team": "a"}, {"env": "prod", "team": "b"}, {"env": "dev", "team": "b"})[index]
        entries = [{"key": key, "value": value} for key, value in labels.items()]
        return {
            **({"id": name} if self.identity == "/id" else {"about": {"id": name}}),
            "state": STATES[index],
            "created": times[0],
            "ended": None if index == 0 else times[1],
            "title": ("web", "api", "job")[index],
            "size": (1, 20, 300)[index],
            "public": index == 1,
            "labels": entries if self.in_entries else labels,
            "hosts": ["a", "b"][:index],
        }

    def _asks(self, name: str, schema: Part, **more: Any) -> str:
        self.parameters.append({"name": name, "in": "query", "schema": schema, **more})
        return name

    def _extension(self) -> Part:
        extension: Part = {
            "source": {"document": "drawn.md", "captured": "2026-11-27"},
            "lifecycle": {"state": "current"},
            "items": "$response.body#"
            if self.bare
            else self.draw.choice(["$response.body#/things", "$response.body#/data/list"]),
            "identity": self.identity,
        }
        if self.in_rows:
            extension["rows"] = self._rows()
        if self.style != "none" or self.chance(0.5):
            extension["limit"] = self._limit()
        if self.style != "none":
            extension["paging"] = self._paging()
        if self.chance(0.7):
            extension["order"] = self._order()
        extension["filters"] = [
            *self._dependent(list(self._filters())),
            *self._presence(),
            *self._cased(),
            *self._searched(),
            *self._excluded(),
        ]
        extension["projection"] = self._projection()
        if self.chance(0.2):
            extension["given"] = {self._asks("team", {"type": "string"}, required=True): "t_1"}
        extension["counters"] = list(self._counters())
        extension["invariants"] = list(self._invariants())
        extension["refusals"] = list(self._refusals())
        return {key: value for key, value in extension.items() if value not in ([], {})}

    def _limit(self) -> Part:
        schema: Part = {"type": self.draw.choice(["integer", "integer", "number"])}
        bounds = {"minimum": [None, 0, 1, 1], "maximum": [None, 30, 100, 10_000], "default": [None, 10, 20, 25]}
        schema |= {key: value for key, values in bounds.items() if (value := self.draw.choice(values)) is not None}
        full = {"full": "stated"} if self.style not in ("page-number", "offset") and self.chance(0.3) else {}
        capped = {"capped": True} if "maximum" in schema and self.of_order.random() < 0.3 else {}
        return {"parameter": self._asks("limit", schema), **full, **capped, "says": "a page holds at most limit things"}

    def _paging(self) -> Part:
        says = {"says": "a page leads to the next"}
        if self.style in ("cursor", "cursor-in-header"):
            self._asks("after", {"type": "string"})
            resized = {"resized": True} if self.of_order.random() < 0.3 else {}
            ends = ["absent"] if self.style == "cursor-in-header" else ["null", "absent"]
            return {"ends": ends, **resized, **self._changed(), **says}
        if self.style == "page-number":
            start = self.draw.choice([0, 1])
            return {"style": self.style, "parameter": self._asks("page", {"type": "integer"}), "start": start, **says}
        if self.style == "offset":
            return {"style": self.style, "parameter": self._asks("skip", {"type": self.number}), **says}
        following: Part = {"next": "$response.body#/next"}
        if self.entries is not None:
            following |= {"rel": "next", **({"entries": self.entries} if self.entries else {})}
        more: Part = {"next-url": following, "last-item": {"more": "$response.body#/more"}}.get(self.style, {})
        name = self._asks("after", self.names if self.style == "last-item" else {"type": "string"})
        changed = {} if self.style == "last-item" else self._changed()
        return {"style": self.style, "parameter": name, **more, **changed, **says}

    def _changed(self) -> Part:
        changed = {"changed": self.of_cursors.choice(["refused", "kept"])} if self.of_cursors.random() < 0.4 else {}
        old = {"lifetime": 3600} if self.of_cursors.random() < 0.2 else {}
        return {**changed, **old, **({"private": True} if self.of_cursors.random() < 0.2 else {})}

    def _order(self) -> Part:
        by = ["/created", *([self.identity] if self.chance(0.4) else [])]
        turn = (
            {"parameter": self._asks("sort", {"type": "string", "enum": ["asc", "desc"]})} if self.chance(0.5) else {}
        )
        ties = {"ties": "either"} if len(by) > 1 and self.chance(0.5) else {}
        direction = self.draw.choice(["asc", "desc"])
        chosen = self._chosen(turn) if self.of_order.random() < 0.4 else {}
        return {"by": by, "direction": direction, **turn, **ties, **chosen, "says": "things are sorted"}

    def _chosen(self, turn: Part) -> Part:
        """A parameter that chooses what sorts, in one of the ways to say a direction; perhaps of several fields."""
        by = {"state": ["/state"], "created": ["/created"], "name": [self.identity]}
        several = self.of_order.random() < 0.5
        way = self.of_order.choice(["signed", "suffix", "descending", "none"]) if not turn else "none"
        requires: Part = {"requires": "sort_by"} if turn and self.of_order.random() < 0.5 else {}
        texts = {
            "signed": [f"{sign}{word}" for word in by for sign in ("", "-")],
            "suffix": [f"{word}{behind}" for word in by for behind in ("", ":down")],
        }.get(way, [*by])
        schema: Part = {"type": "string", "enum": texts}
        style: Part = self.of_order.choice([{}, {"explode": False}]) if several else {}
        self._asks("sort_by", {"type": "array", "items": schema} if several else schema, **style)
        if way == "descending":
            self._asks("sort_down", {"type": "array", "items": schema} if several else schema, **style)
        ways: Part = {
            "signed": {"signed": True},
            "suffix": {"suffix": {"separator": ":", "desc": "down"}},
            "descending": {"descending": "sort_down"},
            "none": {},
        }
        return {**requires, "fields": {"parameter": "sort_by", "by": by, **ways[way]}}

    def _filters(self) -> Any:
        time = self.item["properties"]["created"]
        for field, schema in (
            ("state", {"type": "string", "enum": STATES}),
            ("title", {"type": "string"}),
            ("size", {"type": self.number}),
            ("public", {"type": "boolean"}),
        ):
            if self.chance(0.35):
                yield self._filter(field, "equals", self._asks(field, schema))
        if self.chance(0.3):
            style: Part = self.draw.choice([{}, {"explode": False}, {"explode": False, "style": "pipeDelimited"}])
            values = self.draw.choice([{"type": "string", "enum": STATES}, {"type": "string"}])
            yield self._filter("state", "in", self._asks("states", {"type": "array", "items": values}, **style))
        for relation in ("at-least", "at-most", "after", "before"):
            if self.chance(0.25):
                yield self._filter("created", relation, self._asks(f"created_{relation}", dict(time)))
        if self.chance(0.3):
            encoding = self.draw.choice(["json", "form", "{key}:{value}"])
            where: Part = {"entries": {"key": "/key", "value": "/value"}} if self.in_entries else {}
            yield {
                **self._filter("labels", "contains", self._asks("labels", {"type": "string"})),
                "encoding": encoding,
                **where,
            }
        if self.chance(0.2):
            yield self._filter("ended", "null-unless-true", self._asks("all", {"type": "boolean"}))

    def _projection(self) -> Part:
        """A parameter that chooses fields, or leaves some out, in one of the ways to write several."""
        if self.in_rows or self.of_fields.random() < 0.6:
            return {}
        name: Part = self.of_fields.choice([{"type": "string"}, {"type": "string", "enum": [*self.item["properties"]]}])
        schema: Part = self.of_fields.choice([{"type": "string"}, {"type": "array", "items": name}])
        style: Part = self.of_fields.choice([{}, {"explode": False}, {"explode": False, "style": "pipeDelimited"}])
        word: Part = self.of_fields.choice([{}, {}, {"omits": True}])
        always = (
            []
            if word
            else [f"/{one}" for one in (self.identity.split("/")[1], "state")][: self.of_fields.choice([0, 1, 2])]
        )
        parameter = self._asks("only", schema, **(style if schema["type"] == "array" else {}))
        return {"parameter": parameter, **word, **({"always": always} if always else {}), "says": "it chooses fields"}

    def _presence(self) -> Any:
        if self.later.random() < 0.3:
            words: Part = self.later.choice([{}, {"words": {"present": 1, "absent": 0}}, {"words": {"absent": 1}}])
            schema: Part = {"type": "integer", "enum": [0, 1]} if words else {"type": "boolean"}
            yield {**self._filter(self.later.choice(["ended", "hosts"]), "present", self._asks("has", schema)), **words}

    def _cased(self) -> Any:
        if self.later.random() < 0.3:
            relation = self.later.choice(["equals", "not", "starts-with", "has-text"])
            yield {**self._filter("title", relation, self._asks("like", {"type": "string"})), "case": "ignored"}

    def _searched(self) -> Any:
        if self.later.random() < 0.3:
            field: Any = self.later.choice(["any", ["/title", "/state"]])
            yield {**self._filter("title", "has-text", self._asks("q", {"type": "string"})), "field": field}

    def _excluded(self) -> Any:
        if self.later.random() < 0.3:
            style: Part = self.later.choice([{}, {"explode": False}, {"explode": False, "style": "pipeDelimited"}])
            values: Part = {"type": "string", "enum": STATES}
            yield self._filter("state", "not", self._asks("exclude", {"type": "array", "items": values}, **style))

    def _dependent(self, filters: list[Part]) -> list[Part]:
        """Filters of which one may need another, or have a default."""
        names = [one["parameter"] for one in filters]
        if {"title", "state"} <= {*names} and self.chance(0.5):
            filters[names.index("title")]["requires"] = "state"
        elif "state" in names and self.chance(0.2):
            next(one for one in self.parameters if one["name"] == "state")["schema"]["default"] = STATES[0]
        return filters

    def _filter(self, field: str, relation: str, name: str) -> Part:
        return {"parameter": name, "field": f"/{field}", "relation": relation, "says": f"{name} narrows by {field}"}

    def _counters(self) -> Any:
        for counts in ("page", "collection", "matching"):
            if not self.bare and self.chance(0.25):
                self.page["properties"][counts] = {"type": "integer"}
                if self.chance(0.5):
                    self.page["required"].append(counts)
                yield {"value": f"$response.body#/{counts}", "counts": counts, "says": f"it counts the {counts}"}
        if self.chance(0.2):
            self.headers["X-Total"] = {"required": self.chance(0.5), "schema": {"type": "integer"}}
            yield {"value": "$response.header.X-Total", "counts": "collection", "says": "it counts all"}
        if self.chance(0.2):
            self.headers["Content-Range"] = {"required": self.chance(0.5), "schema": {"type": "string"}}
            place = {"value": "$response.header.Content-Range", "form": "content-range"}
            yield {**place, "counts": "page", "says": "its range is the page"}
            yield {**place, "counts": self.draw.choice(["collection", "matching"]), "says": "it counts them"}

    def _invariants(self) -> Any:
        if self.chance(0.5):
            yield {"left": "/created", "relation": "at-most", "right": "/ended", "says": "an end follows"}
        if self.chance(0.4):
            ended = ["stopped", "failed"]
            yield {"left": "/ended", "relation": "present-only-when", "field": "/state", "in": ended, "says": "it ends"}

    def _refusals(self) -> Any:
        if self.refuses:
            self.statuses = {given: self.draw.choice(statuses) for given, statuses in KINDS.items() if self.chance(0.8)}
            yield from (
                {"given": given, "status": [status], "says": "it is refused"} for given, status in self.statuses.items()
            )

    def document(self) -> Part:
        """The OpenAPI document."""
        operation: Part = {
            "operationId": "list_things",
            "summary": "List things",
            "tags": ["things"],
            "parameters": self.parameters,
            "responses": self._responses(),
            "x-conformance": self.extension,
        }
        scheme = self.draw.choice(
            [
                {"type": "http", "scheme": "bearer"},
                {"type": "http", "scheme": "basic"},
                {"type": "apiKey", "in": "header", "name": "X-Key"},
                {"type": "apiKey", "in": "query", "name": "key"},
                {"type": "apiKey", "in": "cookie", "name": "session"},
            ]
        )
        schemes = {"Key": {**scheme, "x-env": "DRAWN_KEY"}}
        if "bearer" in scheme.values() or "cookie" in scheme.values():
            schemes["Team"] = {"type": "apiKey", "in": "header", "name": "X-Team", "x-env": "DRAWN_TEAM"}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Drawn", "version": "1"},
            "servers": [{"url": "https://drawn.example"}],
            "security": [{name: [] for name in schemes}],
            "paths": {"/v1/things": {"get": operation}},
            "components": {
                "securitySchemes": schemes,
                "schemas": {"Thing": self.item},
            },
        }

    def _responses(self) -> Part:
        success: Part = {"description": "A page.", "content": {"application/json": {"schema": self._body()}}}
        if self.style in ("cursor", "cursor-in-header"):
            cursor = "$response.header.X-Next" if self.style == "cursor-in-header" else "$response.body#/paging/next"
            success["links"] = {"next_page": {"operationId": "list_things", "parameters": {"after": cursor}}}
        named = {"cursor-in-header": "X-Next", "link-header": "Link"}.get(self.style)
        headers = {**self.headers, **({named: {"schema": {"type": "string"}}} if named else {})}
        if headers:
            success["headers"] = headers
        body = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
        statuses = {400, *getattr(self, "statuses", {}).values()} if self.refuses else set()
        if self.refuses:
            statuses |= {401}
        refusals = {
            str(status): {"description": "Refused.", "content": {"application/json": {"schema": body}}}
            for status in sorted(statuses)
        }
        return {"200": success, **refusals}

    def _body(self) -> Part:
        thing: Part = {"type": "array"} if self.in_rows else {"$ref": "#/components/schemas/Thing"}
        things = {"type": "array", "items": thing}
        if self.bare:
            return things
        fields = self.page["properties"]
        if self.extension["items"].endswith("/things"):
            fields["things"] = things
            self.page["required"].append("things")
        else:
            fields["data"] = {"type": "object", "required": ["list"], "properties": {"list": things}}
            self.page["required"].append("data")
        if self.style == "cursor":
            fields["paging"] = {
                "type": "object",
                "required": ["size"],
                "properties": {"size": {"type": "integer"}, "next": {"type": ["string", "null"]}},
            }
            self.page["required"].append("paging")
        if self.style == "next-url":
            fields["next"] = {"type": ["string", "null"]} if self.entries is None else self._links(self.entries)
        if self.style == "last-item":
            fields["more"] = {"type": "boolean"}
            self.page["required"].append("more")
        return self.page

    def _links(self, entries: Part) -> Part:
        """An array of links, in some of which only the next page's may stand."""
        relation = self.of_links.choice([{"type": "string"}, {"type": "string", "enum": ["next", "prev"]}])
        address = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}}}
        named = {"relation": relation, "to": address} if entries else {"rel": relation, "href": {"type": "string"}}
        if self.of_links.random() < 0.5:
            self.page["required"].append("next")
        return {"type": "array", "items": {"type": "object", "required": [*named], "properties": named}}
