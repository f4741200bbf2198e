"""Faults in how many items a page holds."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.request import Request, without
from conformance.mock.faults.fault import Fault
from conformance.spec.contract import Contract

_CAP = 10
_ALL = 1_000_000
Change = Callable[[Contract, int], int]


def _limited(contract: Contract) -> bool:
    return contract.limit is not None


def _default(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.default is not None


def _full(contract: Contract) -> bool:
    return contract.limit is not None and bool(contract.limit.full) and not contract.is_counted


def _maximum(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.maximum is not None


def _capped(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.capped


def _maximum_refused(contract: Contract) -> bool:
    return _maximum(contract) and _is_refused(contract) and not _capped(contract)


def _minimum_refused(contract: Contract) -> bool:
    bounded = contract.limit is not None and contract.limit.minimum is not None
    return bounded and _is_refused(contract)


def _is_refused(contract: Contract) -> bool:
    return contract.limit is not None and contract.refusal_of(contract.limit.parameter) is not None


def _reads(change: Change) -> Callable[[Contract, Request], Request]:
    def mishear(contract: Contract, request: Request) -> Request:
        name = contract.limit.parameter if contract.limit is not None else ""
        given = request.values(name)
        if len(given) != 1 or not given[0].lstrip("-").isdecimal() or not given[0].isascii():
            return request
        number = change(contract, int(given[0]))
        return evolve(without(request, name), query=(*without(request, name).query, (name, str(number))))

    return mishear


def _default_is(change: Callable[[int], int]) -> Callable[[Contract], Contract]:
    def misread(contract: Contract) -> Contract:
        if contract.limit is None or contract.limit.default is None:
            return contract
        return evolve(contract, limit=evolve(contract.limit, default=change(contract.limit.default)))

    return misread


def _ignored(contract: Contract, request: Request) -> Request:
    return without(request, contract.limit.parameter) if contract.limit is not None else request


def _more(contract: Contract, limit: int) -> int:
    above = contract.limit is not None and contract.limit.maximum is not None and limit >= contract.limit.maximum
    return limit if above or limit < 1 else limit + 1


def _doubled(contract: Contract, limit: int) -> int:
    maximum = contract.limit.maximum if contract.limit is not None else None
    return limit if maximum is not None and limit * 2 > maximum else limit * 2


def _clamp_above(contract: Contract, limit: int) -> int:
    maximum = contract.limit.maximum if contract.limit is not None else None
    return limit if maximum is None else min(limit, maximum)


def _refuse_maximum(contract: Contract, limit: int) -> int:
    maximum = contract.limit.maximum if contract.limit is not None else None
    return 0 if limit == maximum else limit


def _refuse_above(contract: Contract, limit: int) -> int:
    maximum = contract.limit.maximum if contract.limit is not None else None
    return -1 if maximum is not None and limit > maximum else limit


def _uncapped(contract: Contract) -> Contract:
    return contract if contract.limit is None else evolve(contract, limit=evolve(contract.limit, capped=False))


def _open_minimum(contract: Contract) -> bool:
    return contract.limit is not None and contract.limit.minimum is None


def _all_for_zero(contract: Contract, limit: int) -> int:
    maximum = contract.limit.maximum if contract.limit is not None else None
    return limit or maximum or _ALL


FAULTS = (
    Fault(
        name="limit-ignored",
        says="Every page has the default size.",
        check="limit-respected",
        applies=_limited,
        mishear=_ignored,
    ),
    Fault(
        name="limit-off-by-one",
        says="A page holds one item too many.",
        check="limit-respected",
        applies=_limited,
        mishear=_reads(_more),
    ),
    Fault(
        name="limit-doubled",
        says="A page holds twice as many items as asked for.",
        check="limit-respected",
        applies=_limited,
        mishear=_reads(_doubled),
    ),
    Fault(
        name="default-halved",
        says="The default page is half as long.",
        check="limit-default",
        applies=_default,
        misread=_default_is(lambda size: size // 2),
    ),
    Fault(
        name="default-doubled",
        says="The default page is twice as long.",
        check="limit-default",
        applies=_default,
        misread=_default_is(lambda size: size * 2),
    ),
    Fault(
        name="default-one-more",
        says="The default page is one item longer.",
        check="limit-default",
        applies=_default,
        misread=_default_is(lambda size: size + 1),
    ),
    Fault(
        name="silent-cap",
        says="No page holds more than ten items, whatever is asked for.",
        check="page-full",
        level="warning",
        applies=_full,
        mishear=_reads(lambda _, limit: min(limit, _CAP)),
    ),
    Fault(
        name="limit-one-less",
        says="A page holds one item fewer than asked for.",
        check="page-full",
        level="warning",
        applies=_full,
        mishear=_reads(lambda _, limit: limit - 1 if limit > 1 else limit),
    ),
    Fault(
        name="high-limit-clamped",
        says="A limit above the maximum is clamped, not refused.",
        check="limit-bounds",
        applies=_maximum_refused,
        mishear=_reads(_clamp_above),
    ),
    Fault(
        name="low-limit-clamped",
        says="A limit below the minimum is clamped, not refused.",
        check="limit-bounds",
        applies=_minimum_refused,
        mishear=_reads(lambda _, limit: max(limit, 1)),
    ),
    Fault(
        name="zero-lists-all",
        says="A limit of 0 lists everything.",
        check="limit-zero-bounded",
        level="warning",
        applies=_open_minimum,
        mishear=_reads(_all_for_zero),
    ),
    Fault(
        name="maximum-refused",
        says="The greatest documented limit is refused.",
        check="limit-bounds",
        applies=_maximum,
        mishear=_reads(_refuse_maximum),
    ),
    Fault(
        name="cap-refused",
        says="A limit above the largest is refused, not capped.",
        check="limit-capped",
        applies=_capped,
        mishear=_reads(_refuse_above),
    ),
    Fault(
        name="cap-ignored",
        says="A limit above the largest gets as many items as it asks for.",
        check="limit-capped",
        applies=_capped,
        misread=_uncapped,
    ),
)
