"""`conformance mock`: one operation served until interrupted."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli import completion
from conformance.cli.options import Param, Readings, Specs
from conformance.job.defaults import SEED

if TYPE_CHECKING:
    from conformance.spec.contract import Contract


def mock(
    stem: Annotated[str, typer.Argument(help="The operation to serve.", autocompletion=completion.stem)],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 picks a free one.")] = 0,
    items: Annotated[int | None, typer.Option(min=0, help="Size of the collection.")] = None,
    seed: Annotated[int, typer.Option(help="Of the collection.")] = SEED,
    fault: Annotated[str, typer.Option(help="A lie to tell.", autocompletion=completion.fault)] = "",
    reading: Readings = None,
    param: Param = None,
    specs_directory: Specs = None,
) -> int:
    """Serve a mock of one operation until interrupted: plain, in unusual lawful ways, or with one fault."""
    from conformance.job.credentials import accepted
    from conformance.job.destination import lie, taken
    from conformance.mock.collection.dataset import load_dataset
    from conformance.mock.server import app, serve
    from conformance.spec.carried import carrying
    from conformance.spec.load import load_contract, own_specs

    (contract,) = carrying([load_contract(stem, specs_directory or own_specs())], param or (), os.environ)
    fixtures = specs_directory / "fixtures" if specs_directory else None
    dataset = load_dataset(contract, items=items, seed=seed, fixtures=fixtures)
    secret = accepted(contract, os.environ)
    readings = taken(reading or (), contract)
    application = app(contract, dataset, secret=secret, fault=lie(fault, contract), readings=readings)
    serve(application, host=host, port=port, ready=_announce(contract, secret))
    return 0


def _announce(contract: Contract, secret: str) -> Callable[[str], None]:
    """Say where the mock is; the credential is shown only where it is the well-known one."""
    from conformance.cli.console import console
    from conformance.exchange import option

    credential = next((one for one in contract.credentials if one.env), None)
    env = credential.env if credential else ""
    own = bool(os.environ.get(env))
    headers = {} if credential is None else credential.shown(f"${env}") if own else credential.headers(secret)
    header = next(iter(headers.items()), None)

    def ready(url: str) -> None:
        terminal = console(wraps=True)
        shown = "" if header is None else option(*header) if own else f'-H "{header[0]}: {header[1]}"'
        terminal.print(f"{contract.operation} at {url}", markup=False)
        terminal.print(f"credential: {f'the value of {env}' if own else secret}", markup=False)
        terminal.print(f"curl -s '{url}{contract.address}' {shown}", markup=False)

    return ready
