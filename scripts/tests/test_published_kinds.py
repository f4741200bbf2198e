"""Clients of what published documents hold: maps, deep objects, kinds of items, unions that hold themselves."""

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import generate
import golden
import httpx
import pytest

from tests.checkout import make_checkout

STEMS = ("golden_kinds", "golden_links")


@pytest.fixture(scope="module")
def packages() -> Iterator[dict[str, Any]]:
    """The golden packages, importable; what they share is the installed runtime."""
    paths = [str(golden.GOLDEN / "generated" / stem) for stem in STEMS]
    sys.path[:0] = paths
    yield {stem: importlib.import_module(stem) for stem in STEMS}
    del sys.path[: len(paths)]


def client(package: Any, *bodies: Any, sent: list[httpx.Request] | None = None) -> Any:
    """A client that is answered by these bodies, one after the other."""
    waiting = iter(bodies)

    def answer(request: httpx.Request) -> httpx.Response:
        if sent is not None:
            sent.append(request)
        return httpx.Response(200, json=next(waiting))

    token = {"login": "a:b", "team": "t"} if package.__name__ == "golden_links" else "a:b"
    return package.Client(token, max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(answer)))


def page(*kinds: dict[str, Any], more: bool = False) -> dict[str, Any]:
    """A page of kinds."""
    return {"data": {"kinds": list(kinds)}, "has_more": more}


def kind(name: str | None, **members: Any) -> dict[str, Any]:
    """A kind of a name, or of none."""
    about = {} if name is None else {"about": {"id": name}}
    return {"state": "up", "size": "l"} | about | members


def test_an_object_is_written_as_its_style_says(packages: dict[str, Any]) -> None:
    """A deep object has its members in brackets, one that is not exploded all in one text; brackets part words."""
    package, sent = packages["golden_kinds"], []
    made = importlib.import_module("golden_kinds.models").ListKindsMade(gt=1, lt=5)

    client(package, page(), sent=sent).list_kinds(made=made, labels={"a": "b", "c": "d"}).first_page()

    assert dict(sent[0].url.params) == {"made[gt]": "1", "made[lt]": "5", "labels": "a,b,c,d"}


def test_brackets_part_words(packages: dict[str, Any]) -> None:
    """`made_at[gte]` is called made_at_gte."""
    package, sent = packages["golden_kinds"], []

    client(package, page(), sent=sent).list_kinds(made_at_gte=datetime(2026, 1, 2, tzinfo=UTC)).first_page()

    assert list(sent[0].url.params) == ["made_at[gte]"]


def test_a_cookie_carries_the_credential(packages: dict[str, Any]) -> None:
    """The credential is in the documented cookie; a login goes out as it is, in base64."""
    sent: list[httpx.Request] = []

    client(packages["golden_kinds"], page(), sent=sent).list_kinds().first_page()
    client(packages["golden_links"], {"links": []}, sent=sent).list_links().first_page()

    assert sent[0].headers["cookie"] == "sid=a:b"
    assert [sent[1].headers[name] for name in ("authorization", "x-team")] == ["Basic YTpi", "t"]


def test_maps_of_models_and_words_are_read_fast(packages: dict[str, Any]) -> None:
    """The fast reader takes a page with maps in it, and every value is of its class."""
    models = importlib.import_module("golden_kinds.models")
    mounts = {"a": {"drive": "d", "since": "2026-01-02T03:04:05Z"}, "b": {"drive": "e"}}
    body = page(kind("1", mounts=mounts, states={"a": "up", "b": None, "c": "odd"}))

    (found,) = client(packages["golden_kinds"], body).list_kinds()
    fast = importlib.import_module("golden_kinds._fast").read_page(b'{"has_more": false}')

    assert {name: type(mount) for name, mount in found.mounts.items()} == dict.fromkeys("ab", models.Mount)
    assert found.states == {"a": models.State.UP, "b": None, "c": "odd"}
    assert found.to_dict() == body["data"]["kinds"][0]
    assert fast is not None
    assert fast.items == []


def test_objects_beside_the_items_are_read_fast(packages: dict[str, Any]) -> None:
    """The fast reader takes a page with arrays of objects in it, one in the other; a new member drifts and is read."""
    assert packages
    models = importlib.import_module("golden_links.models")
    read = importlib.import_module("golden_links._fast").read_page

    for more in ({}, {"new": True}):
        body = {"links": [], "warnings": [{"places": [{"line": 1}, {"line": 2, **more}]}]}
        (found,) = read(json.dumps(body).encode()).warnings

        assert isinstance(found, models.Warning_)
        assert [(type(place), place.line) for place in found.places] == [(models.Place, 1), (models.Place, 2)]
        assert found.to_dict() == body["warnings"][0]


def test_an_item_of_any_kind_is_one_class(packages: dict[str, Any]) -> None:
    """What only some kinds have is None elsewhere; what they have in common is there."""
    machine, pod = kind("1", cpus=2), kind("2", size=3, nodes=["n"])

    found = list(client(packages["golden_kinds"], page(machine, pod)).list_kinds())

    assert [(one.cpus, one.size, one.nodes) for one in found] == [(2, "l", None), (None, 3, ["n"])]


def test_items_without_a_name_are_all_given(packages: dict[str, Any]) -> None:
    """Where nothing around the identity is there, an item has none, and is not taken for another."""
    package = packages["golden_kinds"]
    first, second = page(kind(None), kind("1"), more=True), page(kind(None), kind("1"), kind("2"))

    found = list(client(package, first, second).list_kinds())

    assert [one.about.id if one.about else None for one in found] == [None, "1", None, "2"]


def test_the_last_item_leads_on(packages: dict[str, Any]) -> None:
    """The next page is asked for by the last item's identity, as long as the page says that there is more."""
    package, sent = packages["golden_kinds"], []
    bodies = page(kind("1"), kind("2"), more=True), page(kind("3"), more=True), page(kind("4"))

    found = [one.about.id for one in client(package, *bodies, sent=sent).list_kinds()]

    assert found == ["1", "2", "3", "4"]
    assert [dict(one.url.params) for one in sent] == [{}, {"starting_after": "2"}, {"starting_after": "3"}]


def test_an_address_leads_on(packages: dict[str, Any]) -> None:
    """The next page is asked for by the parameter in the address; its host and path are not followed."""
    package, sent = packages["golden_links"], []
    bodies = {"links": [{"id": "1"}], "next": "https://other.invalid/x?page=7"}, {"links": [{"id": "2"}], "next": None}

    found = [one.id for one in client(package, *bodies, sent=sent).list_links()]

    assert found == ["1", "2"]
    assert [str(one.url) for one in sent] == ["https://golden.invalid/links", "https://golden.invalid/links?page=7"]


def test_an_address_without_the_parameter_is_an_error(packages: dict[str, Any]) -> None:
    """A next page that cannot be asked for does not look like the end."""
    body = {"links": [{"id": "1"}], "next": "https://golden.invalid/links?cursor=2"}

    with pytest.raises(packages["golden_links"].errors.PaginationError, match="without 'page'"):
        list(client(packages["golden_links"], body).list_links())


@pytest.mark.parametrize("number", [0, 1, 20, 50])
def test_the_testing_helper_pages_so_too(packages: dict[str, Any], number: int) -> None:
    """Given items are served in pages of either style, each once."""
    assert packages
    names = [str(each) for each in range(number)]
    kinds = importlib.import_module("golden_kinds.testing").client([kind(name) for name in names]).list_kinds()
    links = importlib.import_module("golden_links.testing").client([{"id": name} for name in names]).list_links()

    assert [one.about.id for one in kinds] == [one.id for one in links] == names


def test_what_the_generator_cannot_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message has the component's name and line, and no address in memory."""
    root = make_checkout(tmp_path / "checkout")
    shutil.copy(golden.GOLDEN / "specs" / "golden_links.yaml", root / "specs")
    spec = root / "specs" / "golden_links.yaml"
    spec.write_text(spec.read_text().replace("{id: {type: string}}", "{id: {const: [1]}}"))
    line = next(n for n, text in enumerate(spec.read_text().splitlines(), 1) if text.startswith("    Link:"))

    code = generate.main([], root)

    printed = capsys.readouterr().err
    assert (code, f"golden_links.yaml:{line}: " in printed, "components/schemas/Link" in printed) == (2, True, True)
    assert "object at 0x" not in printed


def test_an_empty_page_may_lack_its_array(packages: dict[str, Any]) -> None:
    """What is not required may be absent, or null where a server writes nothing so: there are no items then."""
    package = packages["golden_kinds"]

    for data in ({}, {"kinds": None}, {"kinds": []}):
        listing = client(package, {"data": data, "has_more": False}).list_kinds()
        assert list(listing) == []
