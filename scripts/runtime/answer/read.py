"""From a response to the page that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from listing_runtime.answer.document import parse
from listing_runtime.answer.invalid import decode_error, without_invalid
from listing_runtime.answer.refused import status_error, too_deep
from listing_runtime.errors import DecodeError
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.origin import Source
from listing_runtime.model.pages import Answer, Page, Skipped
from listing_runtime.rows import with_objects
from listing_runtime.walk.next_page import next_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listing_runtime.model.objects import Model
    from listing_runtime.operation import Operation
    from listing_runtime.wire import OnInvalid, Response

AnyPage = TypeVar("AnyPage", bound=Page[Any])

_FIRST_REFUSAL = 300


class Reader(Generic[AnyPage]):
    """What reads the responses of one operation."""

    def __init__(
        self,
        page_type: type[AnyPage],
        operation: Operation,
        errors: Mapping[str, type[Model]],
        fast: Callable[[bytes], AnyPage | None],
    ) -> None:
        self._page_type = page_type
        self._operation = operation
        self._errors = errors
        self._fast = fast

    def read(self, response: Response, on_invalid: OnInvalid) -> AnyPage:
        """Give the page that a response holds, or raise the refusal that it is."""
        try:
            if response.status >= _FIRST_REFUSAL:
                raise status_error(response, _error_body(response, self._errors))
            return self._page(response, on_invalid)
        except RecursionError:
            raise too_deep(response) from None

    def _page(self, response: Response, on_invalid: OnInvalid) -> AnyPage:
        """Give the page; its response stays as it came."""
        read = with_objects(self._operation.rows, response)
        page = decode_page(self._page_type, self._operation, read, fast=self._fast, on_invalid=on_invalid)
        if read is not response:
            page.__answer__ = page.__answer__._replace(response=response)
        return page


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
    data, source = parse(response), Source(response.content, keys=operation.items)
    skipped: tuple[Skipped, ...] = ()
    try:
        page = page_type.__read__(data, source)
    except Mismatch as mismatch:
        if on_invalid == "raise":
            raise decode_error(mismatch, response) from None
        page, skipped = without_invalid(page_type, operation, data, mismatch, response)
    page.__answer__ = Answer(response, next_request(operation, page, response, len(skipped)), skipped)
    return page
