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
    from conformance.job.credentials import OTHER_TOKEN, accepted, others
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
    other = {one.scheme: OTHER_TOKEN for one in contract.credentials} | others(contract, os.environ)
    application = app(contract, dataset, secret=secret, fault=lie(fault, contract), readings=readings, other=other)
    serve(application, host=host, port=port, ready=_announce(contract))
    return 0


def _announce(contract: Contract) -> Callable[[str], None]:
    """Say where the mock is; a credential is shown only where it is the well-known one."""
    from conformance.cli.console import console
    from conformance.job.credentials import TEST_TOKEN, fed
    from conformance.spec.credential import Requirement, merged

    own = fed(contract, os.environ)
    wanted = sorted(contract.security, key=lambda one: (not one.schemes <= own.keys(), not one.variables))
    credentials = next(iter(wanted), Requirement(())).credentials
    told = [f"the value of {one.env}" if one.scheme in own else TEST_TOKEN for one in credentials]
    headers = merged(one.shown(f"${one.env}") if one.scheme in own else one.headers(TEST_TOKEN) for one in credentials)
    options = [_option(name, value) for name, value in headers.items()]

    def ready(url: str) -> None:
        terminal = console(wraps=True)
        terminal.print(f"{contract.operation} at {url}", markup=False)
        terminal.print(f"credential: {' with '.join(told) or TEST_TOKEN}", markup=False)
        terminal.print(" ".join([f"curl -s '{url}{contract.address}'", *options]), markup=False)

    return ready


def _option(name: str, value: str) -> str:
    """A header as an option of curl; the shell fills in a variable."""
    from conformance.exchange import option

    return option(name, value) if "$" in value else f'-H "{name}: {value}"'
