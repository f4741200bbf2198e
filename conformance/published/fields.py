"""Bodies compared field by field: what a client reads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping

from attrs import evolve, field, frozen

from conformance.checks import published as rules
from conformance.checks.base import Check
from conformance.pointer import TOP, Pointer
from conformance.published.atoms import made_of
from conformance.published.contrast import Aspect, Change, Contrast, contrasts
from conformance.published.difference import Difference, Drift
from conformance.published.document import Node, Published
from conformance.published.names import nearest
from conformance.published.schemas import Schemas
from conformance.published.shape import Shape
from conformance.sentence import Sentence, Value, said

RULE: Mapping[Aspect, Check] = {
    Aspect.TYPE: rules.TYPES,
    Aspect.NUMBER: rules.TYPES,
    Aspect.FORMAT: rules.TYPES,
    Aspect.NULL: rules.NULLS,
    Aspect.ENUM: rules.ENUMS,
    Aspect.VALUE: rules.ENUMS,
    Aspect.BOUND: rules.BOUNDS,
}
DRIFT: Mapping[tuple[Aspect, Change], Drift] = {
    (Aspect.TYPE, Change.WIDER): Drift.BREAKING,
    (Aspect.TYPE, Change.OTHER): Drift.BREAKING,
    (Aspect.NUMBER, Change.WIDER): Drift.AMBIGUOUS,
    (Aspect.FORMAT, Change.OTHER): Drift.BREAKING,
    (Aspect.NULL, Change.WIDER): Drift.BREAKING,
    (Aspect.ENUM, Change.SILENT): Drift.AMBIGUOUS,
    (Aspect.BOUND, Change.WIDER): Drift.AMBIGUOUS,
    (Aspect.BOUND, Change.OTHER): Drift.AMBIGUOUS,
}
"""What is not listed is additive: it says less, or promises more, than the client relies on; new words it takes."""
UNTOLD = frozenset({(Aspect.BOUND, Change.SILENT), (Aspect.BOUND, Change.NEW)})
"""A bound that one side does not mention contradicts nothing."""


MOST_PLACES = 30_000
"""Of one body: ten times what a specification of 11,000 lines has."""


@frozen
class Bodies:
    """Two documents whose bodies are compared; what was compared once is not compared again."""

    ours: Published
    theirs: Published
    worst: Drift = Drift.BREAKING
    """The weight that a breaking difference has here: a refusal's body is read by fewer clients than a page."""
    _done: set[tuple[Hashable, Hashable]] = field(factory=set)
    _next: deque[Callable[[], Iterator[Difference]]] = field(factory=deque)

    def differences(self, ours: Node, theirs: Node) -> Iterator[Difference]:
        """Every difference between two schemas, each at its shortest place: what lies deeper is compared later."""
        self.later(ours, theirs, "")
        while self._next:
            yield from self._next.popleft()()

    def later(self, ours: Node, theirs: Node, where: str, *, optional: bool = False) -> None:
        """Compares two schemas when all above them were; `where` is the place in the body, for people.

        What is `optional` may be absent by either document, and a client has nothing there then, as with null.
        """
        self._next.append(lambda: self._here(ours, theirs, where, optional=optional))

    def _here(self, ours: Node, theirs: Node, where: str, *, optional: bool) -> Iterator[Difference]:
        made = made_of(self.ours, ours), made_of(self.theirs, theirs)
        if made in self._done:
            return
        self._done.add(made)
        if len(self._done) > MOST_PLACES:
            hint = "The document cannot be compared there."
            raise self.theirs.error(theirs.place, "is composed of too many schemas", hint=hint)
        left, right = Schemas(self.ours).of(ours), Schemas(self.theirs).of(theirs)
        pair = _Pair(self, left, right, where, optional)
        yield from pair.values()
        if left.types and right.types and not left.types & right.types:
            return
        undescribed = bool(left.fields) and right.is_closed and left.types == right.types
        if not left.silent and (right.silent or undescribed):
            yield pair.untold()
            return
        yield from pair.fields()
        if left.items is not None and right.items is not None:
            self.later(left.items, right.items, f"{where}/*")
        if left.values is not None and right.values is not None:
            self._maps(left.values, right.values, where)

    def _maps(self, ours: Node, theirs: Node, where: str) -> None:
        if isinstance(ours.value, Mapping) and isinstance(theirs.value, Mapping):
            self.later(ours, theirs, f"{where}/*")


@frozen
class _Pair:
    """Two shapes of one place in a body."""

    bodies: Bodies
    ours: Shape
    theirs: Shape
    where: str
    optional: bool

    def values(self) -> Iterator[Difference]:
        """What differs in the value itself."""
        for contrast in contrasts(self.ours, self.theirs):
            key = (contrast.aspect, contrast.change)
            if contrast.aspect in RULE and key not in UNTOLD:
                yield self._of_contrast(contrast, self._drift(key))
        if self.theirs.deprecated and not self.ours.deprecated:
            yield self._difference(
                rules.FIELDS, Drift.AMBIGUOUS, said("not deprecated"), said("deprecated"), place="deprecated"
            )

    def _drift(self, key: tuple[Aspect, Change]) -> Drift:
        if self.optional and key == (Aspect.NULL, Change.WIDER):
            return Drift.AMBIGUOUS
        return DRIFT.get(key, Drift.ADDITIVE)

    def _of_contrast(self, contrast: Contrast, drift: Drift) -> Difference:
        place = " ".join(filter(None, (contrast.aspect, contrast.what)))
        made = self._difference(RULE[contrast.aspect], drift, contrast.expected, contrast.actual, place=place)
        if contrast.aspect is not Aspect.NUMBER:
            return made
        # Whole numbers are called numbers throughout a document, or nowhere: that is one fact, wherever it shows.
        return evolve(made, fact=f"{place} {contrast.expected} {contrast.actual}")

    def untold(self) -> Difference:
        """The published schema is a placeholder."""
        return self._difference(
            rules.TYPES,
            Drift.ADDITIVE,
            said("a described value"),
            said("not described, so nothing in it is compared"),
            place="untold",
        )

    def fields(self) -> Iterator[Difference]:
        """What differs in the fields of an object, where both sides name some."""
        if self.theirs.is_closed:
            return
        for name, node in self.ours.fields.items():
            other = self.theirs.fields.get(name)
            if other is not None:
                yield from self._presence(name, node, other)
                optional = name not in self.ours.required
                self.bodies.later(node, other, Pointer(self.where).below(name), optional=optional)
            elif name not in self.theirs.required:  # what is named, and not described, contradicts nothing
                yield from self._removed(name, node)
        if self.ours.fields:
            yield from self._added()

    def _removed(self, name: str, node: Node) -> Iterator[Difference]:
        candidates = [other for other in self.theirs.fields if other not in self.ours.fields]
        renamed = nearest(name, candidates)
        allowed = self.theirs.values is not None
        kind = "a required" if name in self.ours.required else "an optional"
        actual = said(
            "not published{renamed}{allowed}",
            renamed=said("; renamed to {name}?", name=Value(renamed, most=None)) if renamed else "",
            allowed=", as one of its free members at most" if allowed else "",
        )
        yield self._difference(
            rules.FIELDS,
            Drift.AMBIGUOUS if allowed and not renamed else Drift.BREAKING,
            said("{kind} field {name}", kind=kind, name=Value(name, most=None)),
            actual,
            place_in_spec=node.place,
            place="removed",
        )

    def _presence(self, name: str, node: Node, other: Node) -> Iterator[Difference]:
        left, right = name in self.ours.required, name in self.theirs.required
        if left is not right:
            words = ("optional", "required")
            yield self._difference(
                rules.PRESENCE,
                Drift.BREAKING if left else Drift.ADDITIVE,
                said("{name} is {presence}", name=Value(name, most=None), presence=words[left]),
                said("{presence}", presence=words[right]),
                place_in_spec=node.place,
                place="presence",
                at=other.place,
            )

    def _added(self) -> Iterator[Difference]:
        for name, node in self.theirs.fields.items():
            if name not in self.ours.fields:
                kind = "required" if name in self.theirs.required else "optional"
                yield self._difference(
                    rules.NEW_FIELDS,
                    Drift.ADDITIVE,
                    said("no such field"),
                    said("{kind} field {name}", kind=kind, name=Value(name, most=None)),
                    place=name,
                    at=node.place,
                )

    def _difference(  # noqa: PLR0913 - the parts of a difference
        self,
        check: Check,
        drift: Drift,
        expected: Sentence,
        actual: Sentence,
        *,
        place: str,
        place_in_spec: Pointer = TOP,
        at: str = "",
    ) -> Difference:
        worst = self.bodies.worst
        return Difference(
            check=check,
            drift=worst if drift is Drift.BREAKING else drift,
            pointer=place_in_spec or self.ours.place,
            expected=said("{expected} at {where}", expected=expected, where=self.where or "the body"),
            actual=said(
                "{actual} ({document}#{place})",
                actual=actual,
                document=self.bodies.theirs.name,
                place=at or self.theirs.place,
            ),
            place=place,
            where=self.where,
            fact=f"{place} {expected} {at or self.theirs.place}",
        )
