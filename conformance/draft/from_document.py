"""The source of a draft in a published document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from conformance.draft.credentials import schemes
from conformance.draft.from_response import infer
from conformance.draft.parameters import parameters
from conformance.draft.schemas import Components
from conformance.draft.source import Part, Source, items_in
from conformance.errors import SpecError, UsageError
from conformance.published.document import Node, Published
from conformance.published.names import nearest
from conformance.published.operations import Operation, operation_at
from conformance.published.servers import servers
from conformance.published.statuses import is_success, json_schema, responses

_DESCRIBING = frozenset(
    {"$ref", "allOf", "anyOf", "oneOf", "properties", "patternProperties", "items", "prefixItems", "enum", "const"}
)
"""What says something of the parts of a value; `type: object` alone does not."""


def of_document(document: Published, path: str) -> Source:
    """The source of GET `path`; raises UsageError where the document has none, SpecError where it cannot be read."""
    operation = operation_at(document, path, "GET")
    if operation is None:
        paths = [str(one) for one in document.content["paths"]]
        near = nearest(path, paths)
        hint = f"Did you mean {near}?" if near else f"The document has {len(paths)} paths."
        if near == path:
            hint = "The document has other methods alone there."
        raise UsageError(f"{document.name}: GET {path} is not published", hint=hint)
    try:
        return _Reader(document, operation, Components(document)).source()
    except RecursionError:
        raise SpecError(f"{document.name}:1: is nested too deeply", hint="Is it the right file?") from None


@frozen
class _Reader:
    """Reads one operation, and collects the components that it refers to."""

    document: Published
    operation: Operation
    components: Components

    def source(self) -> Source:
        answers = responses(self.document, self.operation.node)
        success = answers.get("200") or answers.get("2XX") or answers.get("default")
        schema = json_schema(self.document, success) if success is not None else None
        bodies = self._examples(success, schema) if success is not None else []
        shown = next(filter(items_in, bodies), None)
        inferred = shown is not None and (schema is None or _says_nothing(self.document.resolve(schema).value))
        if success is None or (schema is None and not inferred):
            hint = "A list operation answers 200 with JSON. Use --from-response with a recorded body instead."
            raise UsageError(f"{self.document.name}: no JSON body of a 200 is published", hint=hint)
        listed = parameters(self.components, self.operation)
        credentials = schemes(self.document, self.operation.node)
        value = self.operation.node.value
        page = infer(shown) if inferred or schema is None else self.components.schema(schema)
        return Source(
            document=self.document.name.rpartition("/")[2],
            path=self.operation.path,
            server=self._server(),
            summary=str(value.get("summary", "")),
            deprecated=value.get("deprecated") is True,
            parameters=listed.kept,
            elsewhere=listed.elsewhere,
            left_out=[*listed.left_out, *credentials.left_out],
            page=page,
            headers=self._headers(success),
            others=self._others(answers),
            refusals={status: self._body(node) for status, node in answers.items() if _refuses(status, answers)},
            security=credentials.schemes,
            requirements=credentials.requirements,
            public=credentials.public,
            items=items_in(shown),
            schemas=self.components.schemas,
            guessed=inferred,
        )

    def _server(self) -> str:
        published = servers(self.document, self.operation.node, self.operation.item)
        return next((url for url in published if url.startswith("http")), "")

    def _others(self, answers: Mapping[str, Node]) -> dict[str, Part | None]:
        """Successes and redirections besides the page."""
        page = next(status for status in ("200", "2XX", "default") if status in answers)
        return {
            status: self._body(node)
            for status, node in answers.items()
            if status not in {page, "2XX"} and (is_success(status) or status[0] in "13")
        }

    def _headers(self, response: Node) -> dict[str, Part]:
        made: dict[str, Part] = {}
        for name, node in self.document.parts(response, "headers").items():
            schema = self.document.part(node, "schema")
            found = self.document.resolve(node).value
            required = {"required": True} if isinstance(found, Mapping) and found.get("required") is True else {}
            made[name] = required | {
                "schema": self.components.schema(schema) if schema is not None else {"type": "string"}
            }
        return made

    def _body(self, response: Node) -> Part | None:
        schema = json_schema(self.document, response)
        return self.components.schema(schema) if schema is not None else None

    def _examples(self, response: Node, schema: Node | None) -> list[Any]:
        """The published examples of the page."""
        bodies: list[Any] = []
        for media in self.document.parts(response, "content").values():
            found = self.document.resolve(media).value
            bodies.append(found.get("example") if isinstance(found, Mapping) else None)
            shown = [self.document.resolve(one).value for one in self.document.parts(media, "examples").values()]
            bodies += [one.get("value") for one in shown if isinstance(one, Mapping)]
        described = self.document.resolve(schema).value if schema is not None else None
        bodies.append(described.get("example") if isinstance(described, Mapping) else None)
        return bodies


def _says_nothing(schema: Any) -> bool:  # noqa: ANN401 - a foreign document may have anything there
    """Whether a schema leaves open what a page holds, so that its example alone tells."""
    return schema is True or (isinstance(schema, Mapping) and not _DESCRIBING & schema.keys())


def _refuses(status: str, answers: Mapping[str, Node]) -> bool:
    """Whether a status refuses; `default` does where it is not the page itself."""
    return status[0] in "45" or (status == "default" and bool({"200", "2XX"} & answers.keys()))
