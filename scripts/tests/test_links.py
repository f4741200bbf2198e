"""The address of the next page is found in an array of links by its relation, and only its parameter is taken."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import httpx
import pytest

from tests.checkout import invented, make_checkout, packages_of

STEMS = ("heath_paths", "moor_paths")
HOME, ELSEWHERE = "https://api.heath.example", "https://elsewhere.invalid"
ROWS = [
    {"id": f"p-{number}", "surface": "grass", "surveyed": f"2026-05-06T10:00:{59 - number}Z"} for number in range(45)
]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The generated package of an invented operation, and that of one whose links have other members."""
    (text,) = invented(STEMS[0]).values()
    other = text.replace("rel: next\n", "rel: next\n          entries: {key: /relation, value: /to/url}\n")
    other = other.replace("required: [href, rel, type]", "required: [to, relation]").replace(
        "rel: {type", "relation: {type"
    )
    other = other.replace("href: {type: string, format: uri}", "to: {type: object, properties: {url: {type: string}}}")
    with packages_of(tmp_path_factory.mktemp("links"), dict(zip(STEMS, (text, other), strict=True))) as made:
        yield made


@pytest.mark.parametrize("stem", STEMS)
def test_the_testing_helper_writes_links_and_the_client_walks_them(packages: dict[str, Any], stem: str) -> None:
    """Every row is listed once, the last page has no such link, and a walk goes on from a `resume`."""
    server = importlib.import_module(f"{stem}.testing").server(ROWS)
    pages = list(server.client().list_paths(limit=20).pages())

    assert [item.id for page in pages for item in page.items] == [row["id"] for row in ROWS]
    assert [len(page.links) for page in pages] == [1, 1, 0]
    resumed = server.client().list_paths(limit=20, **pages[0].resume)
    assert [item.id for item in resumed] == [row["id"] for row in ROWS[20:]]


def link(url: object, rel: object = "next") -> dict[str, object]:
    """One element of an array of links."""
    return {"href": url, "rel": rel, "type": "application/json"}


LINKS: dict[str, tuple[object, dict[str, str] | None]] = {
    "among others": (
        [link("/1?cursor=1", "first"), link(f"{HOME}/?a=1&cursor=x%2Fy#z"), link("/9?cursor=9", "last")],
        {"cursor": "x/y"},
    ),
    "relative": ([link("?cursor=3")], {"cursor": "3"}),
    "the first of two": ([link("?cursor=3"), link("?cursor=4")], {"cursor": "3"}),
    "none": ([link("?cursor=3", "self"), link("?cursor=3", "nextish")], None),
    "empty": ([], None),
}


@pytest.mark.parametrize("name", LINKS)
def test_the_link_with_the_relation_leads_on(packages: dict[str, Any], name: str) -> None:
    """Wherever it stands in the array; without one the walk ends."""
    links, resume = LINKS[name]

    assert first_page(packages["heath_paths"], {"paths": ROWS[:1], "links": links, "matched": 1}).resume == resume


def first_page(package: Any, body: object) -> Any:
    """The first page of a listing where a server answers a body."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    with httpx.Client(transport=transport) as http_client:
        return package.Client("k", http_client=http_client, max_retries=0).list_paths().first_page()


def test_credentials_stay_at_home(packages: dict[str, Any]) -> None:
    """An address at another host is not followed: its cursor is asked for where the first page was."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        links = [link(f"{ELSEWHERE}/v9/other?cursor=2&surface=boards")] * (len(asked) == 1)
        return httpx.Response(200, json={"paths": [ROWS[len(asked)]], "links": links, "matched": 2})

    with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
        found = list(packages["heath_paths"].Client("secret", http_client=http_client).list_paths(surface="grass"))

    assert [item.id for item in found] == ["p-1", "p-2"]
    assert [str(request.url) for request in asked] == [
        f"{HOME}/v1/paths?surface=grass",
        f"{HOME}/v1/paths?cursor=2&surface=grass",
    ]


def test_a_link_without_the_parameter_and_one_in_a_circle_are_errors(packages: dict[str, Any]) -> None:
    """Neither looks like the end of the listing."""
    package = packages["heath_paths"]
    with pytest.raises(package.errors.PaginationError, match="without 'cursor'"):
        first_page(package, {"paths": ROWS[:1], "links": [link("?token=3")], "matched": 1})
    body = {"paths": ROWS[:1], "links": [link("?cursor=3")], "matched": 1}
    with (
        httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=body))) as http_client,
        pytest.raises(package.errors.PaginationError, match="already seen"),
    ):
        list(package.Client("k", http_client=http_client).list_paths())


def test_an_array_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The generator says in which file nothing has the relation."""
    root, (text,) = make_checkout(tmp_path / "checkout"), invented("heath_paths").values()
    (root / "specs" / "heath_paths.yaml").write_text(text.replace("body#/links", "body#/matched"))

    code = generate.main([], root)

    assert (code, "no array of links" in capsys.readouterr().err) == (2, True)
