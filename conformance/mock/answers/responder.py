"""What an honest server answers: a pure function of contract, dataset and request."""

from __future__ import annotations

import copy
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.arguments import Reader
from conformance.mock.answers.credentials import check_credentials
from conformance.mock.answers.cursors import Cursor, Mint, continued, mint_of
from conformance.mock.answers.links import address, links, with_others
from conformance.mock.answers.media import USUAL, media_type
from conformance.mock.answers.paging import (
    Cut,
    Listing,
    counts_pages,
    cut_after,
    cut_after_item,
    cut_at_boundary,
    cut_by_number,
    first_number,
)
from conformance.mock.answers.projection import projected
from conformance.mock.answers.ranges import content_range
from conformance.mock.answers.refusals import error, refuse
from conformance.mock.answers.request import Refused, Request, without
from conformance.mock.answers.selection import Selection
from conformance.mock.collection.dataset import Dataset, page_size
from conformance.mock.collection.example import example
from conformance.mock.collection.order import Order, boundary
from conformance.mock.collection.values import Entry, Json
from conformance.pointer import MISSING, Expression, Pointer
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts
from conformance.spec.credential import Secrets
from conformance.spec.promises import Edge, Style

_REMEMBERED = 64
_ENDS: Mapping[str, Json] = {"absent": MISSING, "null": None, "empty": "", "false": False}


class Responder:
    """Answers requests to one operation; what it remembers only saves work."""

    def __init__(
        self,
        contract: Contract,
        dataset: Dataset,
        *,
        secret: Secrets,
        now: Callable[[], float] = time.time,
        mint: Mint | None = None,
    ) -> None:
        self.contract = contract
        self.dataset = dataset
        self._secret = secret
        self._mint = mint or mint_of(contract, now)
        self._reader = Reader(contract)
        self._order = Order.of(contract)
        self._boundary = boundary(contract)
        self._counts_pages = counts_pages(contract)
        self._selection = Selection(contract, dataset, self._order.sort(dataset.entries))
        self._listed: OrderedDict[object, list[Entry]] = OrderedDict()

    def answer(self, request: Request) -> Answer:
        """The answer to any request, documented or not, in the media type that its status is documented with."""
        answer = self._answered(request)
        media = media_type(self.contract, answer.status)
        return answer if media == USUAL else evolve(answer, headers={"content-type": media, **answer.headers})

    def _answered(self, request: Request) -> Answer:
        if request.path != self.contract.served:
            return error(self.dataset, 404, message=f"nothing is at {request.path}")
        if request.method not in ("GET", "HEAD"):
            return error(self.dataset, 405, message="only GET is served here", headers={"allow": "GET, HEAD"})
        try:
            check_credentials(self.contract, request, self._secret)
            return self._page(request)
        except Refused as refused:
            return refuse(self.contract, self.dataset, refused)

    def _page(self, request: Request) -> Answer:
        arguments = self._reader.read(request)
        cursor = self._cursor(arguments)
        if cursor is not None:
            request = self._continued(request, cursor)
            arguments = {**self._reader.read(request)}
        listing = self._listing(request, arguments)
        cut = self._cut(listing, arguments, cursor)
        answer = self._laid_out(request, cut, listing, arguments)
        return projected(self.contract, self._linked(request, cut, answer), arguments)

    def _cursor(self, arguments: Mapping[str, Json]) -> Cursor | None:
        """The opaque cursor of a request, if it has one."""
        paging = self.contract.paging
        if paging is None or self._boundary is not None or self._counts_pages is not None:
            return None
        if paging.parameter not in arguments or paging.style is Style.LAST_ITEM:
            return None
        return self._mint.accepted(paging, str(arguments[paging.parameter]))

    def _continued(self, request: Request, cursor: Cursor) -> Request:
        """What a request asks beside a cursor: it may have to be the same, or may not count."""
        paging, asked = self.contract.paging, self._kept(request)
        if paging is not None and paging.changed == "kept":
            request = without(request, *asked)
        if paging is not None and paging.changed == "refused" and not asked.items() <= cursor.query.items():
            raise Refused(f"changed-{paging.parameter}", "the cursor is another listing's", parameter=paging.parameter)
        return continued(request, cursor)

    def _listing(self, request: Request, arguments: Mapping[str, Json]) -> Listing:
        order = self._order.asked(self.contract, arguments)
        kept = self._kept(request)
        identity = (order, tuple(sorted((name, tuple(values)) for name, values in kept.items())))
        if self._boundary is not None:
            identity = (*identity, arguments.get(self._boundary.parameter))  # type: ignore[assignment]
        if identity not in self._listed:
            entries = self._selection.matching(arguments)
            entries = entries if order.by == self._order.by and not order.against else order.sort(entries)
            self._listed[identity] = entries[::-1] if order.descending else entries
            if len(self._listed) > _REMEMBERED:
                self._listed.popitem(last=False)
        return Listing(entries=self._listed[identity], order=order, query=kept)

    def _kept(self, request: Request) -> dict[str, list[str]]:
        """The part of the query that says what is listed, and in which order."""
        contract = self.contract
        names = {*contract.scopes, *(known.parameter for known in contract.filters), *self.dataset.known}
        if contract.order is not None:
            names |= {contract.order.parameter, contract.order.chosen_by, contract.order.descending_by}
        if contract.paging is not None:
            names.discard(contract.paging.parameter)
        return {name: request.values(name) for name in sorted(names) if request.values(name)}

    def _cut(self, listing: Listing, arguments: Mapping[str, Json], cursor: Cursor | None) -> Cut:
        limit = self._limit(arguments, listing)
        if self.contract.paging is None or limit == 0:
            return Cut(entries=tuple(listing.entries[:limit]), cursor=None)
        if self._boundary is not None:
            return cut_at_boundary(listing, self._boundary, limit)
        if self.contract.paging.style is Style.LAST_ITEM:
            return cut_after_item(listing, self.contract.paging, limit, arguments.get(self.contract.paging.parameter))
        if self._counts_pages is not None:
            first = first_number(self.contract)
            number = arguments.get(self.contract.paging.parameter, first)
            if number < first:
                raise Refused("invalid-parameter", "no such page", parameter=self.contract.paging.parameter)
            return cut_by_number(listing, limit, number, first=first, pages=self._counts_pages)
        return cut_after(listing, self._mint, limit, cursor)

    def _limit(self, arguments: Mapping[str, Json], listing: Listing) -> int:
        default = page_size(self.contract) or len(listing.entries)
        asked = arguments.get(self.contract.limit.parameter, default) if self.contract.limit is not None else default
        most = self.contract.limit.maximum if self.contract.limit is not None and self.contract.limit.capped else None
        if asked <= 0 and self.contract.limit is not None and asked == self.contract.limit.default:
            return len(listing.entries)
        return min(int(asked), len(listing.entries), *(() if most is None else (most,)))

    def _required_headers(self) -> dict[str, str]:
        """Headers that the documentation promises on every page, with values of their schemas."""
        (documented, *_) = self.contract.responses_for(200)
        return {
            name: str(example(self.contract, {"minLength": 1, **documented.headers[name]}))
            for name in documented.required_headers
        }

    def _shown(self, request: Request, cursor: Json) -> Json:
        """What a page that is not the last shows of the next one."""
        style = self.contract.paging.style if self.contract.paging is not None else Style.CURSOR
        if style is Style.NEXT_URL:
            return address(self.contract, request, cursor)
        return True if style is Style.LAST_ITEM else self._typed(cursor)

    def _laid_out(self, request: Request, cut: Cut, listing: Listing, arguments: Mapping[str, Json]) -> Answer:
        """The page with its cursor and its counters in their places."""
        body = copy.deepcopy(self.dataset.last_page if cut.cursor is None else self.dataset.page)
        headers = self._required_headers()
        for counter in self.contract.counters:
            number = self._count(counter, cut, listing, arguments)
            left_out = counter.filtered and counter.where and not number and self.contract.may_lack(counter.value)
            shown = self._ranged(counter, cut, listing, arguments) if counter.is_range else number
            _place(body, headers, counter.value, MISSING if left_out else shown)
        for edge in self.contract.edges:
            _place(body, headers, edge.value, self._repeated(edge, cut))
        paging = self.contract.paging
        if paging is not None and paging.cursor is not None and paging.style is not Style.LINK_HEADER:
            leading = _ENDS[paging.ends[0]] if cut.cursor is None else self._shown(request, cut.cursor)
            _place(body, headers, paging.cursor, with_others(self.contract, request, leading))
        return Answer.page(self.contract, body, headers, cut.entries)

    def _repeated(self, edge: Edge, cut: Cut) -> Json:
        """What the first or the last item shows; nothing on an empty page."""
        if cut.entries:
            return edge.field.get(cut.entries[0 if edge.item == "first" else -1].value)
        nullable = not edge.value.header and "null" in self.contract.page.part(edge.value.place).types
        return None if nullable else MISSING if self.contract.may_lack(edge.value) else ""

    def _linked(self, request: Request, cut: Cut, answer: Answer) -> Answer:
        if self.contract.paging is None or self.contract.paging.style is not Style.LINK_HEADER:
            return answer
        return evolve(answer, headers={**answer.headers, "Link": links(self.contract, request, cut.cursor)})

    def _typed(self, cursor: Json) -> Json:
        """The cursor as the schema of its place has it: a number, or text."""
        paging = self.contract.paging
        if paging is None or paging.cursor is None or paging.cursor.header or isinstance(cursor, str):
            return cursor
        kinds = self.contract.page.part(paging.cursor.place).types
        return str(cursor) if "string" in kinds and "integer" not in kinds else cursor

    def _count(self, counter: Counter, cut: Cut, listing: Listing, arguments: Mapping[str, Json]) -> int:
        if counter.counts is Counts.PAGE:
            return len(cut.entries)
        if counter.counts is Counts.COLLECTION:
            return len(self._selection.visible(arguments))
        entries = self._uncut(listing, arguments) if counter.filtered else self._selection.visible(arguments)
        if counter.where:
            place, wanted = Pointer(counter.where["field"]), counter.where["equals"]
            entries = [entry for entry in entries if place.get(entry.value) == wanted]
        return len(entries)

    def _ranged(self, counter: Counter, cut: Cut, listing: Listing, arguments: Mapping[str, Json]) -> str:
        """The range of the page, and the total where one of the counters at its place says which."""
        beside = (one for one in self.contract.counters if one.is_range and one.value == counter.value)
        total = next(
            (self._count(one, cut, listing, arguments) for one in beside if one.counts is not Counts.PAGE), None
        )
        whole = listing.order.sort(self._uncut(listing, arguments)) if self._boundary else listing.entries
        whole = whole[::-1] if self._boundary and listing.order.descending else whole
        first = next((at for at, entry in enumerate(whole) if entry is cut.entries[0]), 0) if cut.entries else 0
        return content_range(counter.unit, first, len(cut.entries), total)

    def _uncut(self, listing: Listing, arguments: Mapping[str, Json]) -> Sequence[Entry]:
        """The listing without the bound that a timestamp cursor sets."""
        if self._boundary is None:
            return listing.entries
        rest = {name: value for name, value in arguments.items() if name != self._boundary.parameter}
        return self._selection.matching(rest)


def _place(body: Json, headers: dict[str, str], where: Expression, value: Json) -> None:
    if not where.header:
        where.place.put(body, value)
    elif value is not None and value is not MISSING:
        headers[where.header] = str(value)
