"""Client packages, from documents to a tree of files."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from jinja2.bccache import Bucket, BytecodeCache
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema.untrusted_string import UntrustedString
from packaging.version import InvalidVersion, Version

from generation.bodies import Models
from generation.document import Document
from generation.errors import GenerationError
from generation.extras import add_extras
from generation.fast import copied, struct_field
from generation.fields import entry, fields_of, plain
from generation.operation import find_operation
from generation.rows import with_rows_described
from generation.runtime import HTTP, MSGSPEC, PACKAGE, exported, version, write_runtime
from generation.shapes import is_free_form, text_alias
from generation.stamp import stamp, stamp_runtime
from generation.toolchain import tidy
from generation.transform import friendly
from generation.tree import read_tree
from generation.view import View, view_of

_CLASS = re.compile(r'"(?:[^"\\]|\\.)*"|\b(?!(?:Iterable|Literal|Mapping|None|Any|UUID)\b)([A-Z]\w*)')
"""The name of a class in an annotation, or a quoted text, which holds none."""
LONGEST = 300
"""Characters of what the generator says; it may go on to name everything that refers to what it cannot read."""
TEMPLATES = Path(__file__).parents[1] / "templates"


class Compiled(BytecodeCache):
    """Templates that were compiled for one package, for the next."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is there."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


def build(documents: Sequence[Document]) -> dict[PurePosixPath, bytes]:
    """Generate packages and what they share, tidy them together, and give the files, each below its package."""
    compiled = Compiled()
    with tempfile.TemporaryDirectory() as name:
        write_runtime(Path(name) / PACKAGE)
        stamp_runtime(Path(name) / PACKAGE)
        for document in documents:
            _write(with_rows_described(document), Path(name) / document.stem, compiled)
        tidy(Path(name))
        return read_tree(Path(name))


def _write(document: Document, directory: Path, compiled: Compiled) -> None:
    operation = find_operation(document)
    project, view = _project(document, directory)
    project.env.bytecode_cache = compiled
    with contextlib.redirect_stdout(io.StringIO()):
        problems = project.build()
    _refuse(document, [*problems], operation.place)
    add_extras(project, view, directory)
    stamp(document, directory)


def _project(document: Document, directory: Path) -> tuple[Project, View]:
    operation = find_operation(document)
    config = _config(document, directory)
    with _names_shown():
        parsed = GeneratorData.from_dict(friendly(document.data), config=config)
    if isinstance(parsed, GeneratorError):
        raise _failure(document, parsed, ())
    parsed.models = [model for model in parsed.models if not is_free_form(model)]
    endpoints = [each for every in parsed.endpoint_collections_by_tag.values() for each in every.endpoints]
    _refuse(document, [*parsed.errors], operation.place)
    for collection in parsed.endpoint_collections_by_tag.values():
        _refuse(document, [*collection.parse_errors], operation.place)
    view = view_of(operation, endpoints[0], Models({str(each.class_info.name): each for each in parsed.models}))
    project = Project(openapi=parsed, config=config, custom_template_path=TEMPLATES)
    project.env.filters.update(tuple_code=_tuple_code, qualified=_qualified, entry=entry)
    enums = [str(each.class_info.name) for each in parsed.enums if getattr(each, "value_type", str) is str]
    project.env.globals.update(enums=enums, text_alias=text_alias)
    project.env.globals.update(kinds_code=_kinds_code, copied=copied, struct_field=struct_field)
    project.env.globals.update(exported=exported, http=HTTP, msgspec=MSGSPEC, runtime_version=version())
    project.env.globals.update(document=document.data, fields_of=fields_of, plain=plain, stem=document.stem, view=view)
    return project, view


def _tuple_code(names: Sequence[str]) -> str:
    return repr(tuple(names))


def _kinds_code(expression: str) -> str:
    return re.sub(r"\b([A-Z]+|ListOf|MapOf|ModelOf|Nullable|OneOf|OpenEnum)(?=[(),]|$)", r"kinds.\1", expression)


def _qualified(declaration: str) -> str:
    # Enums are named through their module: a parameter may be called like one of them.
    name, annotation = declaration.split(": ", 1)
    return f"{name}: " + _CLASS.sub(lambda found: found[0] if found[1] is None else f"models.{found[1]}", annotation)


def _config(document: Document, directory: Path) -> Config:
    names = ConfigFile(
        project_name_override=document.stem.replace("_", "-"),
        package_name_override=document.stem,
        package_version_override=package_version(document),
        post_hooks=[],
    )
    return Config.from_sources(
        names, MetaType.UV, document.path, file_encoding="utf-8", overwrite=False, output_path=directory
    )


def package_version(document: Document) -> str:
    """Give the spec's version as PEP 440 has it; one that it does not know becomes a local part."""
    given = str(document.data.get("info", {}).get("version", "0"))
    try:
        return str(Version(given))
    except InvalidVersion:
        local = "".join(character if character.isalnum() else "." for character in given.lower()).strip(".")
        return str(Version(f"0+{'.'.join(filter(None, local.split('.'))) or 'unversioned'}"))


def _refuse(document: Document, problems: list[GeneratorError], place: tuple[str, ...]) -> None:
    # The generator only warns and leaves parts out; half a client is worse than none.
    if problems:
        raise _failure(document, problems[0], place)


def _failure(document: Document, problem: GeneratorError, place: tuple[str, ...]) -> GenerationError:
    lines = " ".join(f"{problem.header} {problem.detail or ''}".split())
    blamed = _blamed(document, lines) or place
    hint = "The generator cannot read this; specs/README.md says how specs look."
    return document.error(blamed, f"{lines[:LONGEST]} (#/{'/'.join(blamed)})", hint=hint)


def _blamed(document: Document, text: str) -> tuple[str, ...]:
    """Give the place of the component that a message names first; none where it names none."""
    schemas = document.data.get("components", {}).get("schemas", {})
    named = {name: found.start() for name in schemas if (found := re.search(rf"\b{re.escape(name)}", text))}
    return ("components", "schemas", min(named, key=lambda name: (named[name], -len(name)))) if named else ()


@contextlib.contextmanager
def _names_shown() -> Iterator[None]:
    """Let messages of the generator show names; code that it writes must not, so only while it reads."""
    UntrustedString.__str__ = UntrustedString.get_untrusted_value  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del UntrustedString.__str__
