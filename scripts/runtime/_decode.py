"""From the bytes of a response to a page, and from there to the parameters of the next request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ._following import following
from ._mismatch import Mismatch, describe, is_array, is_object
from ._origin import Source
from ._page import Answer, Page, Skipped
from .errors import DecodeError, status_error, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._model import Model
    from ._operation import Cursor, Operation
    from .types import OnInvalid, Response, Resume

AnyPage = TypeVar("AnyPage", bound=Page[Any])


_FIRST_REFUSAL = 300


def read_answer(  # noqa: PLR0913 - generated code calls it
    page_type: type[AnyPage],
    operation: Operation,
    response: Response,
    *,
    errors: Mapping[str, type[Model]],
    fast: Callable[[bytes], AnyPage | None],
    on_invalid: OnInvalid,
) -> AnyPage:
    """Give the page that a response holds, or raise the refusal that it is."""
    try:
        if response.status >= _FIRST_REFUSAL:
            raise status_error(response, _error_body(response, errors))
        return decode_page(page_type, operation, response, fast=fast, on_invalid=on_invalid)
    except RecursionError:
        raise too_deep(response) from None


def _error_body(response: Response, errors: Mapping[str, type[Model]]) -> object:
    """Read the body of a refusal as far as it can be read."""
    status = str(response.status)
    model = errors.get(status) or errors.get(f"{status[0]}XX") or errors.get("default")
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return None
    try:
        return model.from_dict(body) if model else body
    except DecodeError:
        return body


def decode_page(
    page_type: type[AnyPage],
    operation: Operation,
    response: Response,
    *,
    fast: Callable[[bytes], AnyPage | None],
    on_invalid: OnInvalid,
) -> AnyPage:
    """Read a page: the fast reader gives None for a body that is not exactly what the documentation says."""
    page = fast(response.content)
    if page is None:
        return decode_tolerantly(page_type, operation, response, on_invalid=on_invalid)
    page.__answer__ = Answer(response, next_request(operation, page, response), ())
    return page


def decode_tolerantly(
    page_type: type[AnyPage], operation: Operation, response: Response, *, on_invalid: OnInvalid
) -> AnyPage:
    """Read a page; where an item is not what the documentation says, raise DecodeError or set it aside."""
    data, source = parse(response), Source(response.content)
    skipped: tuple[Skipped, ...] = ()
    try:
        page = page_type.__read__(data, source)
    except Mismatch as mismatch:
        if on_invalid == "raise":
            raise _error(mismatch, response) from None
        page, skipped = _without_invalid(page_type, operation, data, mismatch, response)
    page.__answer__ = Answer(response, next_request(operation, page, response, len(skipped)), skipped)
    return page


def parse(response: Response) -> Any:  # noqa: ANN401 - JSON
    """Parse a body as strict JSON."""
    try:
        return _parse(response.content)
    except (ValueError, RecursionError):
        media_type = response.headers.get("content-type", "no content type")
        actual = f"{media_type}: {describe(response.content.decode('utf-8', 'replace'))}"
        raise DecodeError("", expected="a JSON document", actual=actual, response=response) from None


def _parse(content: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return _STRICT.decode(content.decode())
    except ValueError:
        # A byte order mark, or UTF-16: json.loads finds out.
        return json.loads(content, parse_constant=_refuse)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# Made once: json.loads makes a decoder for each call that is not for its defaults.
_STRICT = json.JSONDecoder(parse_constant=_refuse)


def _error(mismatch: Mismatch, response: Response) -> DecodeError:
    return DecodeError(mismatch.pointer, expected=mismatch.expected, actual=mismatch.actual, response=response)


def _without_invalid(
    page_type: type[AnyPage],
    operation: Operation,
    data: Any,  # noqa: ANN401 - JSON
    mismatch: Mismatch,
    response: Response,
) -> tuple[AnyPage, tuple[Skipped, ...]]:
    """Read the page again with one item at a time, and keep those that can be read."""
    rows = data
    for token in operation.items:
        rows = rows.get(token) if is_object(rows) else None
    if not is_array(rows):
        raise _error(mismatch, response) from None
    good, skipped = _sift(page_type, operation, rows, response)
    rest = _replaced(data, operation.items, good)
    try:
        return page_type.__read__(rest, Source(value=rest)), skipped
    except Mismatch as other:
        raise _error(other, response) from None


def _sift(
    page_type: type[AnyPage], operation: Operation, rows: list[Any], response: Response
) -> tuple[list[Any], tuple[Skipped, ...]]:
    good: list[Any] = []
    skipped: list[Skipped] = []
    for index, row in enumerate(rows):
        try:
            page_type.__item__().read(row, Source(value=row))
            good.append(row)
        except Mismatch as mismatch:
            mismatch.path += [index, *reversed(operation.items)]
            skipped.append(Skipped(index, row, _error(mismatch, response)))
    return good, tuple(skipped)


def _replaced(data: Any, path: tuple[str, ...], rows: list[Any]) -> Any:  # noqa: ANN401 - JSON
    if not path:
        return rows
    whole: dict[str, Any] = data
    return whole | {path[0]: _replaced(whole[path[0]], path[1:], rows)}


def next_request(operation: Operation, page: Page[Any], response: Response, skipped: int = 0) -> Resume | None:
    """Give the arguments that lead to the next page; None, null and the empty string end the walk."""
    found = {argument: _next(cursor, page, response, skipped) for argument, cursor in operation.links.items()}
    resume = {argument: value for argument, value in found.items() if value is not None}
    return resume if resume and len(resume) == len(found) else None


def _next(cursor: Cursor, page: Page[Any], response: Response, skipped: int) -> str | int | None:
    if cursor.style != "cursor":
        return following(cursor, len(page.items) + skipped, response)
    value: object = page if cursor.header is None else response.headers.get(cursor.header)
    for name in cursor.attributes:
        value = getattr(value, name, None)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        return None
    return value
