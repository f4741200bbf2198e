"""The families of checks: which part of the contract each tests, and what its checks have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from conformance.spec.contract import Contract
from conformance.spec.cursors import of_cursor
from conformance.spec.promises import Promise

Promises = Callable[[Contract], Iterable[Promise | None]]
"""The promises of a contract that a check tests; None stands for one that the contract does not make."""


def no_promise(_: Contract) -> Iterable[Promise]:
    """None: what is tested is what every response must keep."""
    return ()


def refusals_of_credentials(contract: Contract) -> Iterable[Promise]:
    """What is refused for who asks."""
    return [one for one in contract.refusals if one.given.endswith("-credentials")]


def refusals_of_input(contract: Contract) -> Iterable[Promise]:
    """What is refused for what is asked."""
    return [one for one in contract.refusals if not one.given.endswith("-credentials") and not of_cursor(one)]


@frozen(kw_only=True, eq=False)
class Family:
    """Which part of the contract checks test."""

    name: str
    tends: str
    """What kind of drift its checks tend to find."""
    headline: str = ""
    """Findings of its checks as one line, where what differs tells them apart."""
    no_proposal: str = "No change of the spec describes what was seen."
    """Why no change of a spec expresses what they find, where none does."""
    compares: bool = False
    """Whether its checks compare responses with each other, so that a second look can tell drift from movement."""
    tests: Promises = no_promise

    def __str__(self) -> str:
        return self.name


CHANGED = "{about} changed: {actual}; expected {expected}"
"""The headline of what differs from an earlier run, or from another document."""
ACCESS = Family(name="access", tends="breaking")
COUNTING = Family(
    name="counting",
    tends="behavioural",
    no_proposal="A number that counts nothing of what is listed has no meaning to document.",
    compares=True,
    tests=lambda contract: contract.counters,
)
ORDERING = Family(
    name="ordering",
    tends="behavioural",
    no_proposal="What was seen follows no order that a spec can name.",
    compares=True,
    tests=lambda contract: (contract.order,),
)
LIMIT = Family(
    name="limit",
    tends="behavioural",
    no_proposal="A limit that is not kept is no limit; documenting it would hide the bug.",
    compares=True,
    tests=lambda contract: (contract.limit,),
)
FILTERING = Family(
    name="filtering",
    tends="behavioural: the client decodes, and the data are wrong",
    no_proposal="A filter that lists something else than it says is no filter; documenting it would hide the bug.",
    compares=True,
    tests=lambda contract: contract.filters,
)
ITEMS = Family(
    name="items",
    tends="behavioural",
    no_proposal="Items that contradict themselves have no state to document.",
    compares=True,
)
LEARNED = Family(
    name="learned",
    tends="additive: no documentation promises it, and it was otherwise before",
    headline=CHANGED,
    compares=True,
)
PAGING = Family(
    name="paging",
    tends="breaking: a walk loops, ends early, or lists an item twice",
    no_proposal="Pages that do not belong together are no listing.",
    compares=True,
    tests=lambda contract: (contract.paging,),
)
REFUSAL = Family(name="refusal", tends="behavioural", tests=refusals_of_input)
FUZZ = Family(name="fuzz", tends="behavioural")
WIRE = Family(
    name="wire",
    tends="breaking where the client cannot read the answer, additive where something was added",
    no_proposal="No schema of a listing can describe this answer.",
)
CLIENT = Family(name="client", tends="breaking", no_proposal="No schema of a listing can describe this answer.")
PUBLISHED = Family(
    name="published",
    tends="breaking where the client is made from what the provider no longer publishes",
    headline=CHANGED,
)

SPENDING = (
    ACCESS,
    ORDERING,
    LIMIT,
    FILTERING,
    COUNTING,
    ITEMS,
    LEARNED,
    REFUSAL,
    PAGING,
    FUZZ,
    WIRE,
    CLIENT,
    PUBLISHED,
)
"""In which order a budget of requests is spent: first on what finds most for each."""
