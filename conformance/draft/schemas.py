"""Published schemas as a draft has them: OpenAPI 3.1, everything that holds at once laid together, kinds by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, evolve, field

from conformance.draft.source import Part
from conformance.pointer import Pointer
from conformance.published.document import Node, Published
from conformance.published.keywords import elements
from conformance.published.schemas import Schemas, Way
from conformance.published.shape import NOTHING, Shape, is_null, telling

BESIDE_A_REFERENCE = frozenset({"$ref", "description", "summary", "title", "example", "examples", "deprecated"})
"""What says nothing of the value that a reference describes."""
COMPOSED = frozenset({"allOf", "anyOf", "oneOf"})
NULL: Part = {"type": "null"}
_ORDER = ("boolean", "integer", "number", "string", "array", "object")


@define
class Components:
    """Writes schemas, and collects the components that they refer to."""

    document: Published
    schemas: dict[str, Part] = field(factory=dict)
    _names: dict[str, str] = field(factory=dict)
    """What is a component, by its place in the document, or by its content where it has none; to its name here."""
    _open: list[str] = field(factory=list)
    """The contents of the schemas that are being written in place."""

    def schema(self, node: Node) -> Part:
        """A schema; references lead to the draft's components."""
        if not isinstance(node.value, Mapping):
            return {}
        meant = self._meant(node)
        if meant is None:
            return self._in_place(node)
        if meant is not node:
            made = self.schema(meant)
            for part in elements(node, "allOf"):
                made = _remarked(made, part.value) if _is_remark_alone(part.value) else made
            return _remarked(made, node.value)
        *referring, found = self.document.chain(node)
        made = self._reference(found)
        for one in reversed(referring):
            made = _remarked(made, one.value)
        return made

    def _meant(self, node: Node) -> Node | None:
        """The reference, or the one part of `allOf`, beside which nothing else is said of the value; else None."""
        if "$ref" in node.value:
            return None if any(_beside(one.value) for one in self.document.chain(node)[:-1]) else node
        beside = _beside(node.value)
        said = [part for part in elements(node, "allOf") if not _is_remark_alone(part.value)]
        if len(said) != 1 or beside - {"allOf", "type"}:
            return None
        alone = "type" not in beside or node.value.get("nullable") is True
        return said[0] if alone or not Schemas(self.document).of(said[0]).nullable else None

    def _reference(self, found: Node) -> Part:
        """A reference to the component that a schema of the document becomes."""
        if not isinstance(found.value, Mapping):
            return {}
        if found.place not in self._names:
            name = self._name(found.place, _called(found.place))
            self.schemas[name] = {}
            self.schemas[name].update(self._written(Schemas(self.document).held(found), ()))
        return {"$ref": f"#/components/schemas/{self._names[found.place]}"}

    def _name(self, key: str, wanted: str) -> str:
        """A name that no other component has, whatever its case."""
        taken, name, number = {one.lower() for one in self.schemas}, wanted, 2
        while name.lower() in taken:
            name, number = f"{wanted}{number}", number + 1
        self._names[key] = name
        return name

    def _in_place(self, node: Node) -> Part:
        """A schema where it stands; one that comes again in itself gets a name."""
        if not (COMPOSED | {"$ref"}) & node.value.keys():
            return self._written(Schemas(self.document).held(node), ())
        key = json.dumps(node.value, sort_keys=True)
        if key in self._open and key not in self._names:
            self.schemas[self._name(key, _called(node.place))] = {}
        if key in self._names:
            return {"$ref": f"#/components/schemas/{self._names[key]}"}
        self._open.append(key)
        made = self._written(Schemas(self.document).held(node), ())
        self._open.remove(key)
        if key not in self._names:
            return made
        self.schemas[self._names[key]].update(made)
        return {"$ref": f"#/components/schemas/{self._names[key]}"}

    def _written(self, shape: Shape, way: Way) -> Part:
        """The schema that says what a shape says."""
        way = (*way, shape.place)
        unions = [branches for union in shape.unions if (branches := self._branches(union, way))]
        nullable = shape.nullable or (bool(unions) and not shape.types and all(NULL in one for one in unions))
        told = [[one for one in branches if one != NULL] for branches in unions]
        # A default may be one of just the bare objects that are left out.
        if shape.default is not None and any(map(self._leaves_out, shape.unions)):
            shape = evolve(shape, default=None)
        made = self._own(shape, nullable=nullable)
        if len(told) == 1 and len(told[0]) == 1 and self._says_no_more(made, shape):
            return _with(told[0][0], made, nullable=nullable)
        if not made and nullable and not any(told):
            return dict(NULL)
        several = [{"anyOf": [*branches, *([NULL] if nullable else [])]} for branches in told if branches]
        return made | (several[0] if len(several) == 1 else {"allOf": several} if several else {})

    def _says_no_more(self, made: Part, shape: Shape) -> bool:
        """Whether all that a shape says is what the one branch of its union says, and remarks."""
        if made.keys() - {"type", "description", "deprecated"}:
            return False
        inside = [Schemas(self.document).of(branch) for union in shape.unions for branch in union]
        fits = all(one.types <= shape.types or is_null(one) for one in inside)
        return "type" not in made or (fits and made.pop("type") is not None)

    def _leaves_out(self, union: tuple[Node, ...]) -> bool:
        shapes = [shape for one in union if not is_null(shape := Schemas(self.document).of(one))]
        return len(telling(shapes)) < len(shapes)

    def _branches(self, union: tuple[Node, ...], way: Way) -> list[Part]:
        """The branches of a union, each once; none where one of them allows everything."""
        read = Schemas(self.document)
        others = [one for one in union if self.document.resolve(one).place not in way]
        shapes = [(one, read.of(one)) for one in others]
        told = telling([shape for _, shape in shapes if not is_null(shape)])
        written: list[Part] = [NULL] if any(is_null(shape) for _, shape in shapes) else []
        for branch, shape in shapes:
            if shape in told:
                written += [one for one in self._branch(branch, way) if one not in written]
        return [] if {} in written else written

    def _branch(self, branch: Node, way: Way) -> list[Part]:
        """One branch; one that leads back to what is being written is spread out, so that it ends."""
        read = Schemas(self.document)
        if not read.leads_to([branch], way):
            return [self.schema(branch)]
        shape = read.held(branch)
        if self._own(shape, nullable=False).keys() - {"description", "deprecated"}:
            return [self._written(shape, way)]
        return [one for union in shape.unions for one in self._branches(union, (*way, shape.place))]

    def _own(self, shape: Shape, *, nullable: bool) -> Part:
        if shape.types == NOTHING:
            return dict(NULL)
        made: Part = {}
        if shape.types:
            kinds = [kind for kind in _ORDER if kind in shape.types] + ["null"] * nullable
            made["type"] = kinds[0] if len(kinds) == 1 else kinds
        if shape.enum is not None:
            made["enum"] = [*shape.enum, *([None] if nullable else [])]
        made |= {"format": shape.format} if shape.format else {}
        made |= {"description": shape.description} if shape.description else {}
        made |= dict(shape.bounds)
        made |= {"default": shape.default} if shape.default is not None else {}
        made |= {"deprecated": True} if shape.deprecated else {}
        return made | dict(self._inside(shape))

    def _inside(self, shape: Shape) -> Iterator[tuple[str, Any]]:
        """What is said of the parts of a value."""
        if shape.required:
            yield (
                "required",
                [
                    *(name for name in shape.fields if name in shape.required),
                    *sorted(shape.required - shape.fields.keys()),
                ],
            )
        if shape.fields:
            yield "properties", {name: self.schema(node) for name, node in shape.fields.items()}
        if shape.items is not None or "array" in shape.types:
            yield "items", self.schema(shape.items) if shape.items is not None else {}
        if shape.values is not None:
            yield "additionalProperties", True if shape.values.value is True else self.schema(shape.values)
        elif shape.only_fields:
            yield "additionalProperties", False


def or_null(schema: Part) -> Part:
    """A schema that allows null besides."""
    if not schema:
        return schema
    if "$ref" in schema or "type" not in schema:
        branches = schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
        return {"anyOf": [*branches, *([] if NULL in branches else [NULL])]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made = schema | {"type": [*kinds, *([] if "null" in kinds else ["null"])]}
    return made | ({"enum": [*schema["enum"], None]} if "enum" in schema and None not in schema["enum"] else {})


def _with(branch: Part, around: Part, *, nullable: bool) -> Part:
    """The one branch of a union, with what is said around it."""
    if nullable:
        return around | or_null(branch)
    return branch | around


def _remarked(made: Part, around: Mapping[str, Any]) -> Part:
    """What refers to a schema, with what is said beside the reference."""
    made |= {key: around[key] for key in ("description", "deprecated") if _is_remark(around.get(key))}
    return or_null(made) if around.get("nullable") is True else made


def _beside(schema: Mapping[str, Any]) -> set[str]:
    """What is said of a value beside a reference, remarks aside."""
    return schema.keys() - BESIDE_A_REFERENCE - {"nullable", *_extensions(schema)}


def _is_remark(value: object) -> bool:
    return value is True or (isinstance(value, str) and bool(value))


def _is_remark_alone(schema: object) -> bool:
    """Whether a schema says nothing of a value, but something to readers."""
    return isinstance(schema, Mapping) and not schema.keys() - (BESIDE_A_REFERENCE - {"$ref"}) - _extensions(schema)


def _extensions(schema: Mapping[str, Any]) -> set[str]:
    return {key for key in schema if str(key).startswith("x-")}


def component_name(name: str) -> str:
    """A name as a class has it."""
    words = re.split(r"[^A-Za-z0-9]+", name)
    made = "".join(word[:1].upper() + word[1:] for word in words)
    return made if made[:1].isalpha() else f"Schema{made}"


def _called(place: str) -> str:
    """What a component may be called, after its place: its last step that is a name."""
    steps = [step for step in Pointer(place).tokens if not step.isdecimal()]
    names = [step for step in steps if step not in {"allOf", "anyOf", "oneOf", "schema", "items", "properties"}]
    return component_name(re.sub(r"\.(ya?ml|json)$", "", (names or steps or ["schema"])[-1].rpartition("/")[2]))
