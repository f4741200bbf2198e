"""Everything that the templates ask for and the generator does not give them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.parser.properties import ModelProperty

from generation.arguments import Argument, arguments_of
from generation.bodies import BodyModel, Models
from generation.cursors import cursor_code
from generation.fields import FieldView, fields_of, plain
from generation.lifecycle import successor, superseded
from generation.operation import Operation
from generation.paths import Step, expression, property_of, statements, steps_of
from generation.rows import rows_code
from generation.sample import sample_code
from generation.security import documented_alternatives, names_of, scheme_code, variables_of
from generation.serving import Serving
from generation.summary import summary_code

if TYPE_CHECKING:
    from openapi_python_client.parser.openapi import Endpoint
    from openapi_python_client.parser.properties.protocol import PropertyProtocol


@frozen
class View(Serving):
    """The operation, its page and its item as code fragments."""

    operation: Operation
    endpoint: Endpoint
    arguments: list[Argument]
    item: ModelProperty
    page: ModelProperty | None
    """None where the body is a bare array."""
    models: Models

    @property
    def item_class(self) -> str:
        """Class of an item."""
        return str(self.item.class_info.name)

    @property
    def page_class(self) -> str:
        """Class of a page."""
        return str(self.page.class_info.name) if self.page else f"{self.item_class}Page"

    @property
    def identity(self) -> list[str]:
        """Statements that return an item's identity."""
        return statements("item", self._steps(self.item, self.operation.identity))

    @property
    def named(self) -> str:
        """An expression that gives the identity of `item`."""
        return expression("item", self._steps(self.item, self.operation.identity))

    @property
    def items(self) -> list[str]:
        """Statements that return the items on an object page; none where the documentation leaves the array out."""
        return statements("self", self._steps(self.page, self.operation.items), otherwise="[]") if self.page else []

    @property
    def schemes(self) -> list[str]:
        """Code of each documented way to send credentials."""
        return list(map(scheme_code, documented_alternatives(self.operation)))

    @property
    def credentials(self) -> dict[str, str]:
        """Name and variables of each of them, where there is a choice."""
        alternatives = documented_alternatives(self.operation)
        named = zip(names_of(alternatives), map(variables_of, alternatives), strict=True)
        return dict(named) if len(alternatives) > 1 else {}

    @property
    def together(self) -> list[str]:
        """The names of schemes that count only together, of the first such alternative; none where each is enough."""
        return next((list(each) for each in documented_alternatives(self.operation) if len(each) > 1), [])

    @property
    def variable(self) -> str | None:
        """What stands for the credentials of the first alternative, as environment variables."""
        return next(iter(self.variables), None)

    @property
    def variables(self) -> list[str]:
        """Environment variables, any of which may hold a credential; several that do so only together in one text."""
        return list(dict.fromkeys(filter(None, map(variables_of, documented_alternatives(self.operation)))))

    @property
    def test_token(self) -> str:
        """Code of what a client in a test is given."""
        first, *_ = documented_alternatives(self.operation) or [{}]
        names = ", ".join(f'"{name}": TOKEN' for name in first)
        return f"{{{names}}}" if len(first) > 1 else "TOKEN"

    @property
    def successor(self) -> str:
        """The operation that has taken this one's place; empty where it is current."""
        return successor(self.operation)

    @property
    def superseded(self) -> str:
        """That it has a successor or goes away, in a sentence; empty where it is current."""
        return superseded(self.operation)

    @property
    def reads(self) -> str:
        """What iterating a listing does, for the README."""
        return "walks every page, lazily" if self.operation.links else "one page, asked for when it is needed"

    @property
    def server(self) -> str:
        """Default base URL."""
        server = self.operation.document.data["servers"][0]
        values = {name: str(each["default"]) for name, each in server.get("variables", {}).items()}
        return str(server["url"]).format(**values).rstrip("/")

    @property
    def source(self) -> str:
        """The documentation page that all of this was written from."""
        source: dict[str, Any] = self.operation.conformance.get("source", {})
        return f"{source.get('document', '')} {source.get('url', '')}".strip()

    @property
    def summary(self) -> str:
        """What the operation does, as a sentence."""
        told = plain(self.operation.data.get("description") or self.operation.data.get("summary"))
        return told if told.endswith((".", "!", "?")) else f"{told or self.operation.path}."

    @property
    def cursors(self) -> dict[str, str]:
        """Code of the runtime's `Cursor`, by the argument that takes what it reads."""
        return {self._argument(name): cursor_code(self, name, each) for name, each in self.operation.links.items()}

    @property
    def summarized(self) -> str:
        """Code of where an item says what all listings' items say."""
        return summary_code(self.operation, fields_of(self.item), lambda keys: self.attributes(self.item, keys))

    @property
    def blank(self) -> str:
        """Code of what stands beside the items on a page that a test serves."""
        return repr(tuple(self.models.blanks(self.page, ()))) if self.page else "()"

    @property
    def rows(self) -> str:
        """Code of the runtime's `Rows`; empty where items are objects."""
        return rows_code(self.operation, self.models, self.page)

    @property
    def sample(self) -> str:
        """An item for the README's example."""
        return sample_code(self.models, self.item)

    @property
    def paging(self) -> str:
        """How the pages hang together."""
        if not self.operation.links:
            return "The documentation describes no paging: there is one page."
        if self.operation.is_counted:
            return f"Pages are counted by `{'`, `'.join(self.cursors)}`, and an empty one is the end."
        return f"Each page leads to the next by `{'`, `'.join(self.cursors)}`."

    @property
    def returned(self) -> str:
        """What an operation's method gives."""
        names = ", ".join(field.name for field in fields_of(self.item))
        pages = f"`.pages()` gives {self.page_class} objects with `.items`, `.response`, `.resume` and `.skipped`."
        return f"iterated, it gives {self.item_class} objects ({names}); {pages}"

    @property
    def refusals(self) -> list[str]:
        """What the documentation says of each refusal."""
        document = self.operation.document
        found = {str(status): document.resolve(each) for status, each in self.operation.data["responses"].items()}
        return [
            f"{status}: {plain(each.get('description'))}"
            for status, each in found.items()
            if not status.startswith("2")
        ]

    @cached_property
    def models_in_body(self) -> list[BodyModel]:
        """The models that a page is made of, the inner ones first."""
        return list(self.models.reachable(self.page or self.item).values())

    @cached_property
    def nested_in_body(self) -> frozenset[str]:
        """Names of the models that others hold, but for the page that holds the items."""
        held: set[str] = set()
        for model in self.models_in_body:
            for field in model.fields:
                is_listing = field.wire == (self.operation.items or [""])[-1]
                held |= set() if is_listing and model.name != self.item_class else field.shape.classes
        return frozenset(held)

    def within(self, field: FieldView) -> BodyModel | None:
        """Give the plain model that a field of an item holds by itself, which is copied in the loop over the items."""
        name = field.shape.kind.removeprefix("Nullable(").rstrip(")").removeprefix("ModelOf(")
        found = next((each for each in self.models_in_body if each.name == name), None)
        return found if found is not None and found.is_plain and "ListOf" not in field.shape.kind else None

    @cached_property
    def enums_in_body(self) -> list[str]:
        """The enums that a page is made of."""
        fields = [field for model in self.models_in_body for field in model.fields]
        return sorted({name for field in fields for name in field.shape.classes} - set(self.models.by_name))

    @property
    def error_models(self) -> dict[str, str]:
        """Classes of documented error bodies, by status or pattern."""
        return {
            response.status_code.pattern: str(response.prop.class_info.name)
            for response in self.endpoint.responses
            if self.models.within(response.prop) is not None
            and isinstance(response.prop, ModelProperty)
            and response.status_code.pattern != self.operation.success
        }

    def _argument(self, name: str) -> str:
        return next(each.name for each in self.arguments if each.wire == name)

    def attributes(self, model: ModelProperty | None, keys: list[str]) -> list[str]:
        """Give the attributes that stand for keys; raises GenerationError where no schema has them."""
        return [step.name for step in self._steps(model, keys)]

    def _steps(self, model: ModelProperty | None, keys: list[str]) -> list[Step]:
        return steps_of(self.operation, self.models, model, keys)


def view_of(operation: Operation, endpoint: Endpoint, models: Models) -> View:
    """Find the page and the item in what the generator parsed."""
    document, place = operation.document, (*operation.place, "responses", operation.success)
    body = next(each.prop for each in endpoint.responses if each.status_code.pattern == operation.success)
    page = models.within(body)
    array: PropertyProtocol | None = body
    for key in operation.items:
        array = property_of(models.within(array), key)
    item = models.element(array)
    if item is None:
        hint = "x-conformance.items leads to an array of objects that the response's schema describes."
        raise document.error(place, f"no array of objects at {'/'.join(operation.items) or 'the body'}", hint=hint)
    return View(operation, endpoint, arguments_of(operation, endpoint), item, page, models)
