"""Values compared with JSON Schema: formats count, and a pattern that would go on for ever is given up."""

from __future__ import annotations

from collections.abc import Mapping

import jsonschema_rs

from conformance.jsontext import Json

STEPS = 100_000
"""How often a pattern may go back in a text before it counts as one that decides nothing."""
_Exceeded = jsonschema_rs.ValidationErrorKind.BacktrackLimitExceeded


def checker(schema: Mapping[str, Json], components: Json = None) -> jsonschema_rs.Draft202012Validator:
    """What finds the errors of a value; references of the schema lead to these components of its document."""
    within = {"allOf": [schema], "components": components} if components is not None else dict(schema)
    options = jsonschema_rs.FancyRegexOptions(backtrack_limit=STEPS)
    return jsonschema_rs.Draft202012Validator(within, validate_formats=True, pattern_options=options)


def is_undecided(error: jsonschema_rs.ValidationError) -> bool:
    """Whether an error says only that a pattern was given up."""
    return isinstance(error.kind, _Exceeded)
