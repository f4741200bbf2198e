"""Items that are not what the documentation says: named, or set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from listing_runtime.errors import DecodeError
from listing_runtime.model.mismatch import Mismatch, is_array, is_object
from listing_runtime.model.origin import Source
from listing_runtime.model.pages import Page, Skipped

if TYPE_CHECKING:
    from listing_runtime.operation import Operation
    from listing_runtime.wire import Response

AnyPage = TypeVar("AnyPage", bound=Page[Any])


def decode_error(mismatch: Mismatch, response: Response) -> DecodeError:
    """Say where a body is not what the documentation says."""
    return DecodeError(mismatch.pointer, expected=mismatch.expected, actual=mismatch.actual, response=response)


def without_invalid(
    page_type: type[AnyPage],
    operation: Operation,
    data: object,
    mismatch: Mismatch,
    response: Response,
) -> tuple[AnyPage, tuple[Skipped, ...]]:
    """Read the page again with one item at a time, and keep those that can be read."""
    rows: object = data
    for token in operation.items:
        rows = rows.get(token) if is_object(rows) else None
    if not is_array(rows):
        raise decode_error(mismatch, response) from None
    good, skipped = _sift(page_type, operation, rows, response)
    rest = _replaced(data, operation.items, good)
    try:
        return page_type.__read__(rest, Source(value=rest, keys=operation.items)), skipped
    except Mismatch as other:
        raise decode_error(other, response) from None


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
            skipped.append(Skipped(index, row, decode_error(mismatch, response)))
    return good, tuple(skipped)


def _replaced(data: object, path: tuple[str, ...], rows: list[Any]) -> object:
    if not path:
        return rows
    whole = cast("dict[str, Any]", data)
    return whole | {path[0]: _replaced(whole[path[0]], path[1:], rows)}
