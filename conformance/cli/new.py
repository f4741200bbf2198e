"""`conformance new`: a first spec and a first fixture, with every hole marked and listed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conformance.cli.diff import read
from conformance.cli.options import Download
from conformance.errors import ConformanceError, SpecError, UsageError
from conformance.spec.stems import own_specs

if TYPE_CHECKING:
    from conformance.draft.source import Source

STEM = re.compile(r"[a-z][a-z0-9]*_[a-z][a-z0-9_]*")


def new(
    stem: Annotated[str, typer.Argument(help="Its name: <provider>_<resource>.")],
    path: Annotated[str, typer.Option("--path", help="The path of the operation, such as /v2/things.")],
    document: Annotated[
        str, typer.Option("--from", metavar="DOCUMENT", help="The provider's OpenAPI document: a file or a URL.")
    ] = "",
    response: Annotated[
        Path | None, typer.Option("--from-response", metavar="FILE", help="A recorded body of a 200, as JSON.")
    ] = None,
    server: Annotated[str, typer.Option(help="With --from-response: base URL of the live API.")] = "",
    specs_directory: Annotated[
        Path | None, typer.Option("--specs", help="Directory of the new spec; fixtures/ in it holds the fixture.")
    ] = None,
    fixtures: Annotated[Path | None, typer.Option(help="Directory of the fixture, instead.")] = None,
    timeout: Download = 30.0,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
) -> int:
    """Write a first spec and fixture of an operation, and list the holes that its documentation must fill."""
    if not STEM.fullmatch(stem):
        raise UsageError(
            f"{stem!r} is not a stem", hint="A stem is <provider>_<resource>, in small letters: acme_things."
        )
    if bool(document) is bool(response):
        raise UsageError("one source is needed", hint="Say --from OPENAPI-DOCUMENT, or --from-response FILE.json.")
    if not path.startswith("/"):
        raise UsageError(f"--path {path}: a path begins with /", hint="It is the path alone, such as /v2/things.")
    source = _source(document, response, path, server, timeout)
    where = _places(stem, specs_directory, fixtures)
    for one in where:
        if one.exists() and not force:
            raise UsageError(f"{one}: is there already", hint="Give --force to replace it.")
    _write(stem, source, where)
    return 0


def _source(document: str, response: Path | None, path: str, server: str, timeout: float) -> Source:
    from conformance.draft.from_document import of_document
    from conformance.draft.from_response import of_response

    return of_response(response, path, server) if response else of_document(read(document, timeout=timeout), path)


def _places(stem: str, directory: Path | None, fixtures: Path | None) -> tuple[Path, Path]:
    """Where spec and fixture go: in a checkout beside ours, elsewhere into ./specs."""
    own = own_specs()
    if directory is None and own.name == "specs":
        return own / f"{stem}.yaml", (fixtures or own.parent / "conformance" / "fixtures") / f"{stem}.json"
    directory = directory or Path("specs")
    return directory / f"{stem}.yaml", (fixtures or directory / "fixtures") / f"{stem}.json"


def _write(stem: str, source: Source, where: tuple[Path, Path]) -> None:
    from rich.text import Text

    from conformance import files
    from conformance.cli.console import console
    from conformance.draft.draft import draft
    from conformance.draft.fixture import fixture
    from conformance.draft.yaml_text import as_yaml, holes

    spec, items = where
    made = draft(stem, source, datetime.now(UTC).date().isoformat())
    text = as_yaml(made)
    files.write(spec, text, folders=True)
    files.write(items, fixture(source), folders=True)
    terminal = console(wraps=True)
    marked = list(holes(text))
    terminal.print(f"{spec}: {len(marked)} holes", markup=False)
    for line, question in marked:
        terminal.print(Text(f"  {spec}:{line}: {question}"))
    terminal.print(f"{items}: {_said(spec, items)}", markup=False)
    guesses = "; ".join(map(str, made.guesses)) or "none"
    terminal.print(Text(f"{len(made.guesses)} guess{'' if len(made.guesses) == 1 else 'es'}: {guesses}"))


def _said(spec: Path, items: Path) -> str:
    """Whether spec and fixture fit each other, holes aside."""
    from conformance.mock.collection.fixture import Fixture
    from conformance.spec.load import read_contract

    try:
        contract = read_contract(spec, drafted=True)
        loaded = Fixture.load(contract, items)
    except SpecError as error:
        return f"to mend as well: {error}"
    except ConformanceError as error:
        return f"to mend as well: {error}. {error.hint}"
    count = len(loaded.items)
    return f"{count} item{'' if count == 1 else 's'} made to fit the spec"
