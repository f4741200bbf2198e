"""What a provider's own published OpenAPI document must agree with; `published` compares."""

from conformance.checks.base import Check
from conformance.checks.family import PUBLISHED


def _rule(name: str, summary: str, tends: str = PUBLISHED.tends) -> Check:
    return Check(id=name, family=PUBLISHED, summary=summary, tends=tends)


PATH = _rule("path-published", "The published document has the operation's path and method.")
CURRENT = _rule(
    "operation-not-deprecated", "The published document does not call a current operation deprecated.", "ambiguous"
)
SERVER = _rule(
    "server-published",
    "The published document names the server that the spec names.",
    "breaking where the path is another, ambiguous where the host is",
)
CREDENTIALS = _rule("credentials-published", "The published document accepts the documented credential.")
PARAMETERS = _rule("parameters-published", "Every documented parameter is published.")
NEW_PARAMETERS = _rule(
    "parameters-documented",
    "Every published parameter is documented.",
    "additive, or breaking where the parameter is required",
)
VALUES = _rule("parameter-values-agree", "A parameter takes the documented values, written in the documented way.")
STATUSES = _rule("statuses-published", "Every documented status is published, with its JSON body.")
NEW_STATUSES = _rule("statuses-documented", "Every published status is documented.", "additive")
FIELDS = _rule("fields-published", "Every documented field of a body is published.")
NEW_FIELDS = _rule("published-fields-documented", "Every published field of a body is documented.", "additive")
PRESENCE = _rule("field-presence-agrees", "A field that is documented as always present is published as such.")
TYPES = _rule("field-types-agree", "A field has the documented type and format.")
NULLS = _rule("field-nulls-agree", "A field is published as nullable only where that is documented.")
ENUMS = _rule("field-enums-agree", "A field has the documented values and no other.")
BOUNDS = _rule("field-bounds-agree", "A field keeps to the documented bounds.")

CHECKS: tuple[Check, ...] = (
    PATH,
    CURRENT,
    SERVER,
    CREDENTIALS,
    PARAMETERS,
    NEW_PARAMETERS,
    VALUES,
    STATUSES,
    NEW_STATUSES,
    FIELDS,
    NEW_FIELDS,
    PRESENCE,
    TYPES,
    NULLS,
    ENUMS,
    BOUNDS,
)
