"""The files beside a document: read when a reference leads there, and never from the network."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from attrs import field, frozen

from conformance.errors import SpecError
from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.published.parsing import content_of, unpacked
from conformance.target.download import MEGABYTE, MOST

BESIDE = "x-beside"
"""The member of a document under which the files beside it are found, by their path from its directory."""
BUNDLE = "Bundle the document into one file first, for example with `npx @redocly/cli bundle`."


@frozen
class Beside:
    """The directory of a document; without one nothing is beside it."""

    directory: Path | None = None
    document: str = ""
    """The file name of the document itself."""
    _read: dict[str, tuple[Json, bytes]] = field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, path: Path) -> Beside:
        """What is beside a file."""
        return cls(path.parent, path.name)

    def name(self, file: str) -> str:
        """A file as messages name it."""
        return str((self.directory or Path()) / file)

    def has(self, file: str) -> bool:
        """Whether there is a file of that name."""
        return Path(self.name(file)).is_file()

    def content(self, file: str) -> Json:
        """The content of a file, its references written from the document's root; raises SpecError without one."""
        return self._of(file)[0]

    def data(self, file: str) -> bytes:
        """The bytes of a file."""
        return self._of(file)[1]

    def _of(self, file: str) -> tuple[Json, bytes]:
        if file not in self._read:
            data = unpacked(self.name(file), self._bytes(file))
            self._read[file] = self.rooted(content_of(self.name(file), data), file), data
        return self._read[file]

    def _bytes(self, file: str) -> bytes:
        path = Path(self.name(file))
        if path.stat().st_size > MOST:
            raise SpecError(f"{path}:1: is larger than {MOST // MEGABYTE} MB", hint="Is it the right file?")
        try:
            return path.read_bytes()
        except OSError as error:
            raise SpecError(f"{path}:1: cannot be read: {error.strerror}", hint="Check its permissions.") from None

    def rooted(self, value: Json, file: str = "") -> Json:
        """A copy of what stands in a file, whose references lead on from the document's root."""
        if isinstance(value, list):
            return [self.rooted(one, file) for one in value]
        if not isinstance(value, Mapping):
            return value
        reference = value.get("$ref")
        made = {key: self.rooted(one, file) for key, one in value.items()}
        return made | {"$ref": self._rooted(reference, file)} if isinstance(reference, str) else made

    def _rooted(self, reference: str, file: str) -> str:
        path, _, fragment = reference.partition("#")
        if not path:
            return f"#{_step(file)}{fragment}" if file else reference
        if self.directory is None or _is_elsewhere(path):
            return reference
        found = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
        return f"#{'' if found == self.document else _step(found)}{fragment}"

    def why_not(self, file: str) -> str:
        """What to do where a reference leads to a file that is not read."""
        if self.directory is None or not urlsplit(file).scheme.startswith("http"):
            return BUNDLE
        return f"Nothing is fetched from the network: download it beside the document, or bundle both. {BUNDLE}"


def _step(file: str) -> Pointer:
    return Pointer.of(BESIDE, quote(file))


def _is_elsewhere(path: str) -> bool:
    try:
        return bool(urlsplit(path).scheme or urlsplit(path).netloc) or path.startswith("/")
    except ValueError:
        return True
