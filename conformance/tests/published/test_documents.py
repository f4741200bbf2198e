"""A published document is read within limits, or refused with a sentence."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conformance.cli.main import main
from conformance.tests.published.changes import no_field
from conformance.tests.published.conftest import HERE, SPECS, Compared, published

Json = dict[str, Any]
ANCHORS = "".join(f"x-{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
REFUSED = {
    "nothing": ("", "is not an OpenAPI document"),
    "a list": ("[]", "is not an OpenAPI document"),
    "other JSON": ('{"a": 1}', "has no key `openapi`"),
    "Swagger": ('{"swagger": "2.0", "paths": {}}', "is Swagger 2.0, not OpenAPI 3"),
    "a later OpenAPI": ('{"openapi": "4.0.0", "paths": {}}', "is OpenAPI 4.0.0"),
    "no paths": ('{"openapi": "3.1.0"}', "has no paths"),
    "half of a JSON": ('{"openapi": "3.1.0",\n "paths": {', ":2: is not JSON"),
    "no YAML": ("openapi: 3.1.0\n\tpaths: {}\n", ":2: is neither JSON nor YAML"),
    "YAML that stops": ("openapi: 3.1.0\npaths: [\n", ":3: is neither JSON nor YAML"),
    "two documents": ("openapi: 3.1.0\n---\nopenapi: 3.1.0\n", "more than one document"),
    "a key twice": ("openapi: 3.1.0\npaths:\n  /a: {}\n  /a: {}\n", ":4: paths has the key '/a' twice"),
    "a key twice at the top": ("openapi: 3.1.0\nopenapi: 3.1.0\n", ":2: the document has the key 'openapi' twice"),
    "a key twice on one line": ("openapi: 3.1.0\npaths: {/a: {}, /a: {}}\n", ":2: paths has the key '/a' twice"),
    "HTML": ("<!doctype html><html><body>Not found</body></html>", "is a web page or XML"),
    "HTML that looks like YAML": ("<html>\n<body class='a: b'>\n<p>x: y</p>\n</html>", ":1: is a web page or XML"),
    "deep JSON": ("[" * 200_000, "nested too deeply"),
    "deep YAML": ("a: " + "[" * 200_000, "nested too deeply"),
    "YAML a little too deep": ("a: " + "[" * 1000, "recursion limit"),
    "a billion laughs": (
        f"openapi: 3.1.0\npaths: {{}}\nx-0: &a0 [ha,ha,ha,ha,ha,ha,ha,ha,ha]\n{ANCHORS}",
        "repetition limit",
    ),
    "an anchor in itself": ("openapi: 3.1.0\npaths: &a [*a]\n", "is neither JSON nor YAML"),
    "a merge key": ("openapi: 3.1.0\npaths: {/v1/things: {<<: get}}", "YAML merge key"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_openapi_document_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with the file, what is wrong, and a hint."""
    text, words = REFUSED[name]
    path = tmp_path / "published.yaml"
    path.write_text(text)

    code = main(["diff", "acme_things", str(path), "--specs", str(SPECS)])

    errors = " ".join(capsys.readouterr().err.split())
    assert (code, words in errors, "hint:" in errors, str(path) in errors) == (2, True, True, True)
    assert len(errors) < 1000


YAML = (HERE / "acme_30.yaml").read_bytes()
READABLE = {
    "with a byte order mark": b"\xef\xbb\xbf" + YAML,
    "with the line ends of Windows": YAML.replace(b"\n", b"\r\n"),
    "between document marks": b"---\n" + YAML + b"...\n",
    "in gzip": gzip.compress(YAML),
    "as JSON in gzip": gzip.compress(json.dumps(published("acme_31")).encode()),
    "with a merge key": YAML.replace(
        b"schema: {type: integer, minimum: 1,", b"schema: {<<: {type: integer, minimum: 1},"
    ),
    "with merge keys": YAML.replace(
        b"{name: cursor, in: query, description: Where to go on.,",
        b'{"<<": [{name: cursor, <<: {in: query}}, {in: header, description: Where to go on.}],',
    ),
    "with statuses as numbers": YAML.replace(b"'200':", b"200:"),
}


@pytest.mark.parametrize("name", READABLE)
def test_a_document_is_read_however_it_was_saved(name: str, tmp_path: Path) -> None:
    """Byte order mark, line ends, gzip and bare numbers change nothing in what is found."""
    path = tmp_path / "published.yaml"
    path.write_bytes(READABLE[name])

    assert main(["diff", "acme_things", str(path), "--specs", str(SPECS), "--fail-on", "note"]) == 0


UNREADABLE = {
    "UTF-16": (YAML.decode().encode("utf-16"), "is not UTF-8"),
    "gzip that breaks off": (gzip.compress(YAML)[:-20], "is a gzip file that breaks off"),
    "gzip with a wrong byte": (gzip.compress(YAML)[:40] + b"\xff" * 40, "is a broken gzip file"),
    "gzip of too much": (gzip.compress(b" " * 65_000_000), "is larger than 64 MB unpacked"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_bytes_that_are_no_text_are_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with the file and what is wrong with it."""
    data, words = UNREADABLE[name]
    path = tmp_path / "published.json.gz"
    path.write_bytes(data)

    code = main(["diff", "acme_things", str(path), "--specs", str(SPECS)])

    errors = " ".join(capsys.readouterr().err.split())
    assert (code, f"{path}:1: {words}" in errors, "hint:" in errors) == (2, True, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("acme_things", "nowhere.json"), "nowhere.json: cannot be read"),
        (("acme_thing", str(HERE / "acme_30.yaml")), "Did you mean 'acme_things'?"),
        (("acme_things", str(HERE)), "cannot be read"),
        (("acme_things", str(HERE / "acme_30.yaml"), "--report", "x.pdf"), "no report format"),
    ],
)
def test_wrong_usage_is_exit_2(arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, an unknown stem, a report of no format."""
    code = main(["diff", *arguments, "--specs", str(SPECS)])

    assert (code, words in " ".join(capsys.readouterr().err.split())) == (2, True)


REFERENCES: dict[str, tuple[Json, str]] = {
    "nowhere": ({"$ref": "#/components/schemas/None"}, "leads nowhere"),
    "another host": ({"$ref": "https://acme.example/thing.json#/Id"}, "leads to another document"),
    "another file": ({"$ref": "other.yaml#/Thing"}, "leads to another document"),
    "itself": ({"$ref": "#/components/schemas/Loop"}, "references lead in a circle"),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_that_leads_nowhere_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 with the place of the reference; nothing of the document is printed."""
    schema, words = REFERENCES[name]
    document = published("acme_31")
    document["components"]["schemas"] |= {
        "Loop": {"$ref": "#/components/schemas/Pool"},
        "Pool": {"$ref": "#/components/schemas/Loop"},
    }
    document["components"]["schemas"]["Thing"]["properties"]["id"] = schema
    path = tmp_path / "published.json"
    path.write_text(json.dumps(document))

    code = main(["diff", "acme_things", str(path), "--specs", str(SPECS)])

    errors = " ".join(capsys.readouterr().err.split())
    assert (code, words in errors, "published.json#/" in errors, "created_at" in errors) == (2, True, True, False)


@pytest.mark.parametrize("version", ["3.1.1", 3.1, "3.2.0"])
def test_a_later_edition_is_read_as_what_it_adds_to(version: str | float, diff: Callable[..., Compared]) -> None:
    """OpenAPI 3.2 says of a list operation what 3.1 says; YAML reads 3.1 as a number."""
    document = published("acme_31") | {"openapi": version}

    assert diff(document).findings == []


def large(count: int) -> Json:
    """A document with many other operations around ours."""
    document = published("acme_30")
    for number in range(count):
        fields = {f"field{n}": {"type": "string", "description": "Words about the field. " * 4} for n in range(20)}
        document["components"]["schemas"][f"S{number}"] = {"type": "object", "properties": fields}
        schema = {"$ref": f"#/components/schemas/S{number}"}
        answer = {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}}
        document["paths"][f"/v1/other{number}"] = {"get": {"operationId": f"get{number}", "responses": answer}}
    return document


def test_a_large_document_is_compared(diff: Callable[..., Compared]) -> None:
    """Eleven megabytes around the one operation change nothing in what is found."""
    document = large(3600)
    no_field("cpus")(document)
    text = json.dumps(document)
    assert len(text) > 11_000_000

    assert diff(text).drifts == {("fields-published", "breaking", "removed")}
