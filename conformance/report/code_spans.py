"""What stands between two backticks, as HTML shows it: a name in the letters of code."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from conformance.report.printable import printable

_SPAN = re.compile(r"`([^`]+)`")


def with_code(text: str) -> Markup:
    """The text with its code spans as elements; whatever else stands in it is text."""
    parts = _SPAN.split(printable(text))
    return Markup().join(
        Markup("<code>{}</code>").format(one) if at % 2 else escape(one) for at, one in enumerate(parts)
    )
