"""Paging that no Link Object can say: page numbers and offsets that are counted, and the Link header of RFC 8288."""

import asyncio
import importlib
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import generate
import httpx
import pytest

from tests.test_sixth_provider import ARRAY, ROOT, SPEC

STYLES = {
    "page_number": ("page", "integer", "{style: page-number, parameter: page}"),
    "page_from_zero": ("page", "integer", "{style: page-number, parameter: page, start: 0}"),
    "offset": ("skip", "integer", "{style: offset, parameter: skip}"),
    "link": ("after", "string", "{style: link-header, parameter: after}"),
}
EXTENSION = "{items: $response.body#, identity: /uid}"


def spec(name: str, kind: str, paging: str) -> str:
    """A spec that pages in one style."""
    text = re.sub(r" +links: .*\n", "", SPEC).replace("{items: ITEMS, identity: /uid}", EXTENSION)
    text = text.replace("identity: /uid}", f"identity: /uid, paging: {paging}}}")
    for word, value in {"NAME": name, "TYPE": kind, "BODY": ARRAY}.items():
        text = text.replace(word, value)
    return text


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One generated package for each style."""
    root = tmp_path_factory.mktemp("styles")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root / name)
    (root / "specs").mkdir()
    for style, words in STYLES.items():
        (root / "specs" / f"by_{style}.yaml").write_text(spec(*words))
    assert generate.main([], root) == 0
    sys.path[:0] = [str(root / "generated" / f"by_{style}") for style in STYLES]
    yield {style: importlib.import_module(f"by_{style}") for style in STYLES}
    del sys.path[: len(STYLES)]


def rows(*names: str) -> list[dict[str, str]]:
    """Boxes of these names."""
    return [{"uid": name} for name in names]


def client(package: Any, answer: Callable[[httpx.Request], httpx.Response]) -> Any:
    """A client whose requests are answered here."""
    return package.Client("k", max_retries=0, http_client=httpx.Client(transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize(
    ("style", "asked"),
    [
        ("page_number", [None, "2", "3"]),
        ("page_from_zero", [None, "1", "2"]),
        # The second page is short, as a server with a cap sends it: the offset is what was given.
        ("offset", [None, "2", "3"]),
    ],
)
def test_the_next_page_is_counted(packages: dict[str, Any], style: str, asked: list[str | None]) -> None:
    """Counting begins where the spec says, a short page does not end the walk, and an empty one does."""
    bodies = [rows("a", "b"), rows("c"), []]
    seen: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.params.get(STYLES[style][0]))
        return httpx.Response(200, json=bodies[len(seen) - 1])

    found = [box.uid for box in client(packages[style], answer).list_boxes()]

    assert (found, seen) == (["a", "b", "c"], asked)


def test_counting_goes_on_from_where_the_caller_began(packages: dict[str, Any]) -> None:
    """An argument of the call is the number of the first page; its `resume` is the next."""
    listing = client(packages["page_number"], lambda _: httpx.Response(200, json=rows("a"))).list_boxes(page=7)

    assert listing.first_page().resume == {"page": 8}


def test_items_set_aside_count(packages: dict[str, Any]) -> None:
    """A page whose every item is invalid is not empty, and its items are part of the offset."""
    bodies = [[{"uid": 1}, {"uid": 2}], rows("c"), []]
    seen: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.params.get("skip"))
        return httpx.Response(200, json=bodies[len(seen) - 1])

    listing = client(packages["offset"], answer).list_boxes(on_invalid="skip")

    assert ([box.uid for box in listing], seen) == (["c"], [None, "2", "3"])
    assert len(listing.skipped) == 2


@pytest.mark.parametrize("style", ["page_number", "page_from_zero", "offset"])
def test_a_server_that_does_not_count_is_noticed(packages: dict[str, Any], style: str) -> None:
    """The same page again and again ends the walk with an error, sync and async, and no item comes twice."""
    package = packages[style]
    found: list[str] = []

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=rows("a", "b"))

    async def walk() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        async for box in package.AsyncClient("k", http_client=http).list_boxes():
            found.append(box.uid)  # noqa: PERF401 - the error comes in the middle

    with pytest.raises(package.errors.PaginationError, match="the same items"):
        found.extend(box.uid for box in client(package, answer).list_boxes())
    with pytest.raises(package.errors.PaginationError, match="the same items"):
        list(client(package, answer).list_boxes().pages())
    with pytest.raises(package.errors.PaginationError, match="the same items"):
        asyncio.run(walk())
    assert found == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("header", "resume"),
    [
        ('<https://six.invalid/v2/boxes?after=x%2Fy&state=on>; rel="next"', {"after": "x/y"}),
        ("</v2/boxes?after=t>; rel=next", {"after": "t"}),
        ('<?after=1>; rel="first", <?after=3>; rel="next", <?after=9>; rel="last"', {"after": "3"}),
        ('<?after=3>; title="a, <b>; rel=prev"; REL="Last NEXT"', {"after": "3"}),
        ('<?a=1,2&after=3#part>; rel="next"', {"after": "3"}),
        ('<?after=1>; rel="prev"; rel="next"', None),
        ('<?after=1>; rel="nextish"', None),
        ("nonsense, <<>;;rel", None),
        ("", None),
    ],
)
def test_the_link_header_is_read(packages: dict[str, Any], header: str, resume: object) -> None:
    """Relations come in any place, case and number; what is quoted is no link; without one the walk ends."""
    answered = httpx.Response(200, json=rows("a"), headers={"Link": header} if header else {})

    page = client(packages["link"], lambda _: answered).list_boxes().first_page()

    assert page.resume == resume


def test_a_next_page_that_cannot_be_asked_for_is_an_error(packages: dict[str, Any]) -> None:
    """A link without the documented parameter does not look like the end of the listing."""
    answered = httpx.Response(200, json=rows("a"), headers={"Link": '<?cursor=3>; rel="next"'})

    with pytest.raises(packages["link"].errors.PaginationError, match="without 'after'"):
        list(client(packages["link"], lambda _: answered).list_boxes())


def test_a_link_in_a_circle_is_noticed(packages: dict[str, Any]) -> None:
    """A link that leads to a page that was seen ends the walk with an error."""
    answered = httpx.Response(200, json=rows("a"), headers={"Link": '<?after=3>; rel="next"'})

    with pytest.raises(packages["link"].errors.PaginationError, match="already seen"):
        list(client(packages["link"], lambda _: answered).list_boxes())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("number", [0, 1, 20, 40, 50])
def test_the_testing_helper_pages_so_too(packages: dict[str, Any], style: str, number: int) -> None:
    """Given items are served in pages of the documented style, each once."""
    testing = importlib.import_module(f"by_{style}.testing")
    names = [str(each) for each in range(number)]
    listing = testing.client(rows(*names)).list_boxes()

    assert [box.uid for box in listing] == names
    assert len(listing.first_page().items) == min(20, number)


@pytest.mark.parametrize(
    ("paging", "says"),
    [
        ("{style: pages, parameter: page}", "paging style 'pages'"),
        ("{style: offset, parameter: pgae}", "paging sets 'pgae', which is no parameter"),
    ],
)
def test_a_style_that_cannot_be_followed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paging: str, says: str
) -> None:
    """The error names file, line and what may stand there."""
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "by_mistake.yaml").write_text(spec("page", "integer", paging))

    code = generate.main([], tmp_path)

    printed = capsys.readouterr().err
    assert (code, says in printed, "by_mistake.yaml:" in printed) == (2, True, True)
