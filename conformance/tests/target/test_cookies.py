"""What a server remembers of a visitor is sent back to it by nobody."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance import checks
from conformance.run.engine import Plan, run_operation
from conformance.tests.conftest import TOKEN
from conformance.tests.runs import CONTRACTS, application, drifted, opening


class Remembering:
    """Before a server: whoever was let in once gets a cookie, and is let in with it and without a credential."""

    def __init__(self, server: ASGIApp) -> None:
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the server does, and remember whom it let in."""
        known = any(name == b"cookie" for name, _ in scope["headers"])
        others = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
        headers = [*others, (b"authorization", f"Bearer {TOKEN}".encode())] if known else scope["headers"]

        async def told(message: Message) -> None:
            if message.get("status") == 200:
                message["headers"] = [*message["headers"], (b"set-cookie", b"visitor=1; Path=/")]
            await send(message)

        await self._server({**scope, "headers": headers}, receive, told)


def test_who_was_let_in_before_is_not_let_in_again() -> None:
    """A server with sessions refuses who brings no credential, so nothing drifts: no cookie is sent back."""
    contract = CONTRACTS["vercel_sessions"]
    selected = [check for check in checks.ALL if check.id in {"operation-exists", "credentials-required"}]

    server = Remembering(application(contract))
    result = run_operation(contract, Plan(checks=selected, seed=1), opening(contract, server))  # type: ignore[arg-type]

    assert (drifted(result), [one.outcome for one in result.outcomes]) == (set(), ["held", "held"])
