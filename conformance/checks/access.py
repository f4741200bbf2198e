"""Who gets in: the documented credential does, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks._walks import broken
from conformance.checks.base import Check, visit_check
from conformance.checks.family import ACCESS, refusals_of_credentials
from conformance.errors import TargetError
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.sentence import Sentence, Status, said
from conformance.spec.contract import Contract
from conformance.spec.credential import Carried, Credential, Kind, variables
from conformance.spec.promises import Refusal

WRONG = "wrong-credential"
REFUSED = (401, 403)


def _needs_refusal(contract: Contract) -> str:
    documented = any(refusal.given.endswith("-credentials") for refusal in contract.refusals)
    return "" if contract.credentials and documented else "no refusal of credentials is documented"


def _needs_credentials(contract: Contract) -> str:
    return "" if contract.credentials else "no credential is documented"


def matches(status: int, wanted: tuple[str, ...]) -> bool:
    """Whether a status is one of the documented ones (`401`, `4XX`)."""
    return str(status) in wanted or f"{status // 100}XX" in wanted


@visit_check(
    "credentials-accepted",
    ACCESS,
    needs=_needs_credentials,
    unconditional=True,
    no_proposal="Which credential the operation reads now cannot be told from refusals.",
    headline="the documented credential is not accepted: {actual}",
)
def credentials_accepted(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The documented credential is accepted as documented."""
    plain = visit.get()
    if plain.status not in REFUSED:
        return
    for other in _alternatives(contract):
        answer = visit.target.send(carried=_instead(visit.target.carried, other))
        if answer.status not in REFUSED:
            actual = said(
                "{status}, but {other} with the same credential as {scheme}",
                status=Status(plain.status),
                other=answer.status,
                scheme=other.scheme,
            )
            yield _not_accepted(contract, actual, (plain, answer))
            return
    if visit.target.trusted:
        yield _not_accepted(contract, said("{status}", status=Status(plain.status)), (plain,))
        return
    raise TargetError(f"the credential is not accepted ({plain.status})", hint=hint(contract))


def hint(contract: Contract) -> str:
    """What to look at where no credential is accepted."""
    return f"Is the value of {variables(contract.security)} right?"


def _not_accepted(contract: Contract, actual: Sentence, witness: tuple[Exchange, ...]) -> Contradiction:
    return Contradiction(
        pointer=contract.credentials[0].pointer,
        says=f"the credential travels as {_described(contract)}",
        expected=said("an answer with the documented credential"),
        actual=actual,
        witness=witness,
    )


def _described(contract: Contract) -> str:
    ways = ([f"{one.kind} {one.name}" for one in each.credentials] for each in contract.security)
    return " or ".join(map(" with ".join, ways))


def _alternatives(contract: Contract) -> list[Credential]:
    """Ways to send a credential that the contract does not document, to tell a switched scheme from a bad secret."""
    known = {(credential.kind, credential.name.lower()) for credential in contract.credentials}
    ways = ((Kind.BEARER, "Authorization"), (Kind.HEADER, "X-API-Key"), (Kind.HEADER, "Authorization"))
    place = Pointer.of("components", "securitySchemes")
    return [
        Credential(scheme=f"{kind}:{name}", kind=kind, name=name, env="", pointer=place)
        for kind, name in ways
        if (kind, name.lower()) not in known
    ]


def _instead(carried: Sequence[Carried], other: Credential) -> list[Carried]:
    """The same with the first secret in another place, and nothing else there."""
    return _with_rest(carried, Carried(other, carried[0].secret))


def _with_rest(carried: Sequence[Carried], first: Carried) -> list[Carried]:
    """The same with something else as the first."""
    return [first, *(one for one in carried[1:] if one.credential.place != first.credential.place)]


@visit_check(
    "credentials-required",
    ACCESS,
    needs=_needs_refusal,
    tests=refusals_of_credentials,
    no_proposal="A spec must not document that anybody may list.",
    headline="{actual} instead of {expected}",
)
def credentials_required(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A request without the documented credential, with a wrong one or in a wrong scheme is refused."""
    missing, wrong = contract.refusal("missing-credentials"), contract.refusal("wrong-credentials")
    if missing is not None:
        yield from _judge(contract, missing, visit.target.send(carried=()), "no credential")
    if wrong is not None:
        for requirement in contract.security:
            answer = visit.target.send(carried=list(map(_wrong, requirement.credentials)))
            yield from _judge(contract, wrong, answer, f"a wrong credential ({requirement})")
    yield from _halves(contract, visit, missing, wrong)
    if wrong is not None:
        yield from _wrong_scheme(contract, visit, wrong)


def _wrong(credential: Credential) -> Carried:
    return Carried(credential, f"user:{WRONG}" if credential.kind is Kind.BASIC else WRONG)


def _halves(
    contract: Contract, visit: Visit, missing: Refusal | None, wrong: Refusal | None
) -> Iterator[Contradiction]:
    """Of credentials that count only together each is left out, then wrong, beside the others as they should be.

    How that is refused no page says in so many words: what turns it away as others are turned away is lawful.
    """
    for requirement in filter(visit.target.holds, contract.security):
        for one in requirement.credentials:
            beside = [each for each in visit.target.carrying(requirement) if each.credential != one]
            if not beside or _is_enough(contract, beside):
                continue
            others = " with ".join(each.credential.scheme for each in beside)
            for given, carried, refusal in (("no", beside, missing), ("a wrong", [*beside, _wrong(one)], wrong)):
                answer = visit.target.send(carried=carried) if refusal else None
                if refusal and answer and not _is_turned_away(contract, answer):
                    told = f"{given} credential ({one.scheme}) beside the right {others}"
                    yield from _judge(contract, refusal, answer, told, doubt=_doubt(answer))


def _is_enough(contract: Contract, carried: Sequence[Carried]) -> bool:
    """Whether some alternative asks for no more."""
    return any(one.schemes <= {each.credential.scheme for each in carried} for one in contract.security)


def _doubt(answer: Exchange) -> Doubt | None:
    return Doubt.AMBIGUOUS if 400 <= answer.status < 500 else None  # noqa: PLR2004 - HTTP


def _wrong_scheme(contract: Contract, visit: Visit, wrong: Refusal) -> Iterator[Contradiction]:
    """An undocumented way in contradicts no promise to those who use the documented one: a warning."""
    basic = Credential(scheme="basic", kind=Kind.BASIC, name="Authorization", env="", pointer=wrong.pointer)
    carried = _with_rest(visit.target.carried, _wrong(basic))
    answer = visit.target.send(carried=carried)
    if not _is_turned_away(contract, answer):
        doubt = _doubt(answer) if len(carried) > 1 else None
        yield from _judge(contract, wrong, answer, "a wrong scheme (basic)", doubt=doubt)
    for other in _alternatives(contract)[:1]:
        given = f"a wrong scheme ({other.scheme})"
        answer = visit.target.send(carried=_instead(visit.target.carried, other))
        if not _is_turned_away(contract, answer):
            yield from _judge(contract, wrong, answer, given, doubt=Doubt.UNPROMISED)


def _is_turned_away(contract: Contract, answer: Exchange) -> bool:
    """Whether a request in a scheme that is not documented is refused, as one without a credential or a wrong one."""
    refusals = [one for one in contract.refusals if one.given.endswith("-credentials")]
    return answer.status in REFUSED or any(matches(answer.status, one.status) for one in refusals)


def not_as_refused(contract: Contract, refusal: Refusal, exchange: Exchange) -> tuple[Pointer, ...]:
    """What an answer that is none of the documented refusals contradicts: the refusal, or its status alone."""
    let_in = contract.succeeds(exchange.status)
    return (refusal.pointer,) if let_in else (refusal.pointer, refusal.pointer.below("status"))


def _judge(
    contract: Contract, refusal: Refusal, exchange: Exchange, given: str, *, doubt: Doubt | None = None
) -> Iterator[Contradiction]:
    if not matches(exchange.status, refusal.status):
        yield broken(
            refusal,
            (exchange,),
            also=not_as_refused(contract, refusal, exchange),
            expected=said("{statuses} for {given}", statuses=" or ".join(refusal.status), given=given),
            actual=said("{status}", status=Status(exchange.status)),
            place=given,
            doubt=doubt,
        )


CHECKS: tuple[Check, ...] = (credentials_accepted, credentials_required)
