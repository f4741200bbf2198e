"""What OpenAPI itself says of an operation: its parameters and its responses, as frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs
from attrs import frozen

from conformance.pointer import Pointer
from conformance.spec.checker import checker


@frozen(kw_only=True)
class Parameter:
    """A documented parameter of the query or the path; `schema` is plain JSON Schema without references."""

    name: str
    schema: Mapping[str, Any]
    required: bool
    explode: bool
    style: str
    description: str
    pointer: Pointer
    place: str = "query"
    """Where it stands, as OpenAPI's `in` says."""
    env: str = ""
    """The environment variable that may hold what every request carries."""

    @property
    def is_array(self) -> bool:
        """Whether the parameter takes several values."""
        return self.schema.get("type") == "array"

    @cached_property
    def validator(self) -> jsonschema_rs.Validator:
        """What finds every error of a value."""
        return checker(self.schema)


@frozen(kw_only=True)
class Response:
    """A documented response: `status` is a code such as `200`, a range such as `4XX`, or `default`."""

    status: str
    content: Mapping[str, Mapping[str, Any]]
    """Media type to JSON Schema; references lead into the document's components."""
    headers: Mapping[str, Mapping[str, Any]]
    """Name to a JSON Schema without references; `required` names stand in `required_headers`."""
    required_headers: tuple[str, ...]
    description: str
    pointer: Pointer
