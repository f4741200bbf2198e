"""What is told of findings and failures, without a customer's values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from traceback import walk_tb

from attrs import evolve, frozen

from conformance.exchange import Exchange, forget
from conformance.finding import Finding
from conformance.privacy.customer_values import Privacy
from conformance.privacy.foreign_text import Known, is_told, known, without
from conformance.privacy.visibility import SHOWN, Shape
from conformance.sentence import Foreign, Name, Names, Part, Query, Sentence, StandIn, Value


@frozen(slots=False)
class Disclosure:
    """What may be told of one operation: values are replaced one by one, text that is not ours is searched."""

    privacy: Privacy | None
    """What hides values; None where they are shown."""
    exchanges: Sequence[Exchange]
    """All that was seen: a finding may speak of a value that its witness does not hold."""

    def exchange(self, exchange: Exchange) -> Exchange:
        """The exchange as it may be shown."""
        return self.privacy.exchange(exchange) if self.privacy else exchange

    def finding(self, finding: Finding) -> Finding:
        """The finding with sentences that may be shown; its witness stays whole, because more is found out from it."""
        if self.privacy is None:
            return finding
        hide = _Hidden(self.privacy, self).part
        return evolve(finding, expected=finding.expected.changed(hide), actual=finding.actual.changed(hide))

    def text(self, text: str) -> str:
        """A text that is not ours, without hidden values."""
        return without(text, self._known, self.privacy.hider) if self.privacy and text else text

    @cached_property
    def values(self) -> frozenset[str]:
        """Every hidden value of the run."""
        forget()
        return self.privacy.values_of(self.exchanges) if self.privacy else frozenset()

    @cached_property
    def _known(self) -> Known:
        return known(self.values)


@frozen
class _Hidden:
    """Puts stand-ins in the place of values: of those that a hidden field holds, and of those that were seen hidden."""

    privacy: Privacy
    disclosure: Disclosure

    def part(self, part: Part) -> Part:
        match part:
            case Sentence():
                return part.changed(self.part)
            case Value() | Name() | Names() | Query():
                shape = self.privacy.field(part.field) if isinstance(part, Value) and part.field else SHOWN
                return part.changed(lambda value: self._value(value, shape))
            case Foreign():
                return evolve(part, text=self.disclosure.text(part.text))
            case _:
                return part

    def _value(self, value: object, shape: Shape) -> object:
        match value:
            case dict():
                return {name: self._value(part, shape.member(name)) for name, part in value.items()}
            case list():
                return [self._value(part, shape.element()) for part in value]
            case tuple():
                return tuple(self._value(part, shape) for part in value)
            case str():
                return self._text(value) if not shape.shows or value in self.disclosure.values else value
            case int() | float() if not isinstance(value, bool):
                return self._number(value, repr(value), shape)
            case _:
                return value

    def _text(self, value: str) -> StandIn:
        written = repr(value)
        return StandIn(self.privacy.hider.of(value), written[0], len(written) - 2)

    def _number(self, value: float, written: str, shape: Shape) -> object:
        if is_told(written) or (shape.shows and written not in self.disclosure.values):
            return value
        return StandIn(self.privacy.hider.of_number(written), "", len(written))


def crashed(error: BaseException, *, what: str = "the check") -> str:
    """Where something of ours crashed, without the message: it may quote what a server sent."""
    ours = [(frame, line) for frame, line in walk_tb(error.__traceback__) if _is_ours(frame.f_code.co_filename)]
    where = f" at {Path(ours[-1][0].f_code.co_filename).name}:{ours[-1][1]}" if ours else ""
    return f"{what} crashed: {type(error).__name__}{where}"


def _is_ours(file: str) -> bool:
    return Path(file).is_relative_to(Path(__file__).parents[1])
