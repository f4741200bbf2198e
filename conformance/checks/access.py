"""Who gets in: the documented credential does, nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks.base import Check, Family, visit_check
from conformance.errors import TargetError
from conformance.exchange import Exchange
from conformance.finding import Finding, Level
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import Credential, Kind, Refusal
from conformance.target.target import alternatives

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


@visit_check("credentials-accepted", Family.ACCESS, needs=_needs_credentials)
def credentials_accepted(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The documented credential is accepted as documented."""
    plain = visit.get()
    if plain.status not in REFUSED:
        return
    for other in alternatives(contract):
        answer = visit.target.send(credential=other)
        if answer.status not in REFUSED:
            actual = f"{plain.status}, but {answer.status} with the same credential as {other.scheme}"
            yield _not_accepted(contract, actual, (plain, answer))
            return
    if visit.target.trusted:
        yield _not_accepted(contract, str(plain.status), (plain,))
        return
    env = contract.credentials[0].env
    raise TargetError(f"the credential is not accepted ({plain.status})", hint=f"Is the value of {env} right?")


def _not_accepted(contract: Contract, actual: str, witness: tuple[Exchange, ...]) -> Finding:
    return Finding(
        check="credentials-accepted",
        level=Level.ERROR,
        pointer=contract.credentials[0].pointer,
        says=f"the credential travels as {_described(contract)}",
        expected="an answer with the documented credential",
        actual=actual,
        witness=witness,
    )


def _described(contract: Contract) -> str:
    return " or ".join(f"{credential.kind} {credential.name}" for credential in contract.credentials)


@visit_check("credentials-required", Family.ACCESS, needs=_needs_refusal)
def credentials_required(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A request without the documented credential, with a wrong one or in a wrong scheme is refused."""
    missing, wrong = contract.refusal("missing-credentials"), contract.refusal("wrong-credentials")
    if missing is not None:
        yield from _judge(missing, visit.target.send(anonymous=True), "no credential", Level.ERROR)
    if wrong is None:
        return
    for credential in contract.credentials:
        wrong_one = f"user:{WRONG}" if credential.kind is Kind.BASIC else WRONG
        answer = visit.target.send(credential=credential, secret=wrong_one)
        yield from _judge(wrong, answer, f"a wrong credential ({credential.scheme})", Level.ERROR)
    yield from _wrong_scheme(contract, visit, wrong)


def _wrong_scheme(contract: Contract, visit: Visit, wrong: Refusal) -> Iterator[Finding]:
    """An undocumented way in contradicts no promise to those who use the documented one: a warning."""
    basic = Credential(scheme="basic", kind=Kind.BASIC, name="Authorization", env="", pointer=wrong.pointer)
    answer = visit.target.send(credential=basic, secret=f"user:{WRONG}")
    yield from _judge(wrong, answer, "a wrong scheme (basic)", Level.ERROR)
    for other in alternatives(contract)[:1]:
        yield from _judge(wrong, visit.target.send(credential=other), f"a wrong scheme ({other.scheme})", Level.WARNING)


def _judge(refusal: Refusal, exchange: Exchange, given: str, level: Level) -> Iterator[Finding]:
    if not matches(exchange.status, refusal.status):
        yield Finding(
            check="credentials-required",
            level=level,
            pointer=refusal.pointer,
            says=refusal.says,
            expected=f"{' or '.join(refusal.status)} for {given}",
            actual=str(exchange.status),
            witness=(exchange,),
            place=given,
        )


CHECKS: tuple[Check, ...] = (credentials_accepted, credentials_required)
