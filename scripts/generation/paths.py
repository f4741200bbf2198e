"""Ways into generated objects, past what may not be there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from generation.fields import attribute_name
from generation.shapes import shape_of

if TYPE_CHECKING:
    from openapi_python_client.parser.properties import ModelProperty
    from openapi_python_client.parser.properties.protocol import PropertyProtocol

    from generation.bodies import Models
    from generation.operation import Operation


@frozen
class Step:
    """One attribute on a way."""

    name: str
    optional: bool
    """Whether it may be None."""


def property_of(model: ModelProperty | None, wire: str) -> PropertyProtocol | None:
    """Give the property of a model that has a name in JSON."""
    known = [*(model.required_properties or []), *(model.optional_properties or [])] if model else []
    return next((each for each in known if each.name == wire), None)


def element_at(models: Models, model: ModelProperty | None, keys: list[str]) -> ModelProperty | None:
    """Give the model of the elements of an array at keys; None where there is no array of objects."""
    for key in keys[:-1]:
        model = models.within(property_of(model, key))
    return models.element(property_of(model, keys[-1])) if keys else None


def steps_of(operation: Operation, models: Models, model: ModelProperty | None, keys: list[str]) -> list[Step]:
    """Give the attributes that stand for keys; raises GenerationError where no schema has them."""
    steps = []
    for key in keys:
        found = property_of(model, key)
        if found is None:
            hint = "The schema of the 200 response describes every field that x-conformance and links name."
            place = (*operation.place, "responses", operation.success)
            raise operation.document.error(place, f"no field {'/'.join(keys)!r} in the schema", hint=hint)
        steps.append(Step(attribute_name(found), not found.required or shape_of(found).nullable))
        model = models.within(found)
    return steps


def expression(root: str, steps: Sequence[Step]) -> str:
    """Write the expression that gives what is at the end of a way, past what may not be there."""
    around = [".".join([root, *(each.name for each in steps[: count + 1])]) for count in range(len(steps))]
    return " and ".join([*(code for code, step in zip(around[:-1], steps, strict=False) if step.optional), around[-1]])


def statements(root: str, steps: Sequence[Step], *, otherwise: str = "") -> list[str]:
    """Write the statements that return what is at the end of a way; None, or `otherwise`, where it is not there."""
    lines: list[str] = []
    code, maybe = root, False
    for number, step in enumerate(steps):
        if maybe:
            lines.append(f"part_{number} = {code}")
            code = f"part_{number}.{step.name} if part_{number} is not None else None"
        else:
            code = f"{code}.{step.name}"
        maybe = maybe or step.optional
    if not maybe or not otherwise:
        return [*lines, f"return {code}"]
    return [*lines, f"return ({code}) or {otherwise}" if " " in code else f"return {code} or {otherwise}"]
