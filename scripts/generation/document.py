"""A spec as data that still knows its lines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ryaml
from attrs import field, frozen
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from generation.errors import GenerationError


@frozen
class Document:
    """One spec file."""

    path: Path
    data: dict[str, Any]
    """Plain data, not to be changed."""
    sha256: str
    """Of the text with Unix line ends, so that it is the same on every machine."""
    text: bytes = field(repr=False)

    @property
    def stem(self) -> str:
        """Name of the file and of the package."""
        return self.path.stem

    def error(self, place: Sequence[str | int], problem: str, *, hint: str) -> GenerationError:
        """Make an error that names the line at `place`."""
        return GenerationError(f"{self.path}:{self.line(place)}: {problem}", hint=hint)

    def line(self, place: Sequence[str | int]) -> int:
        """Give the line (from 1) of the nearest ancestor of `place` that exists."""
        line = 1
        node: Any = _with_lines(self.text)
        for token in place:
            try:
                position = node.lc.key(token) if isinstance(node, CommentedMap) else node.lc.item(token)
                line, node = position[0] + 1, node[token]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def at(self, place: Sequence[str | int]) -> Any:  # noqa: ANN401 - the spec is JSON
        """Give the value at `place`, references resolved on the way and at the end."""
        node: Any = self.data
        for token in place:
            node = self.resolve(node)[token]
        return self.resolve(node)

    def resolve(self, node: object) -> Any:  # noqa: ANN401 - the spec is JSON
        """Follow references inside the document."""
        while isinstance(node, dict) and isinstance(node.get("$ref"), str):
            node = self.at(tokens(node["$ref"]))
        return node


@cache
def _with_lines(text: bytes) -> object:
    # Takes as long as reading the data, and only an error asks for it.
    return YAML(typ="rt").load(text)


def tokens(pointer: str) -> list[str]:
    """Split a reference (`#/a/b`) or a JSON Pointer (`/a/b`) into its keys."""
    path = pointer.removeprefix("#")
    return [token.replace("~1", "/").replace("~0", "~") for token in path.split("/")[1:]]


def load(path: Path) -> Document:
    """Read a spec and make sure that its references lead somewhere."""
    try:
        text = path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise GenerationError(f"{path}: {error.strerror}", hint="Specs stand in specs/<stem>.yaml.") from None
    data = _data(path, text)
    if not isinstance(data, dict):
        raise GenerationError(f"{path}:1: not an OpenAPI document", hint="The top level is a mapping.")
    document = Document(path, data, hashlib.sha256(text).hexdigest(), text)
    _check_references(document)
    return document


def _data(path: Path, text: bytes) -> object:
    """Read the data; the faster parser knows no merge keys, and less of where an error is."""
    try:
        if b"<<" not in text:
            return ryaml.load(io.BytesIO(text))
    except ValueError:
        pass
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError) as error:
        raise _not_yaml(path, error) from None


def _not_yaml(path: Path, error: Exception) -> GenerationError:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else 1
    problem = (isinstance(error, MarkedYAMLError) and error.problem) or str(error)
    return GenerationError(f"{path}:{line}: not YAML: {problem}", hint="Check indentation and quotes near that line.")


def _check_references(document: Document) -> None:
    for place, target in _references(document.data, ()):
        try:
            document.at(tokens(target) if target.startswith("#/") else [target])
        except (KeyError, IndexError, TypeError, RecursionError):
            hint = "References lead to a place in the same file, such as #/components/schemas/Session."
            raise document.error(place, f"{target} leads nowhere", hint=hint) from None


def _references(node: object, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield (*place, "$ref"), node["$ref"]
        for key, value in node.items():
            yield from _references(value, (*place, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _references(value, (*place, index))
