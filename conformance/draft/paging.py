"""What may be the size of a page, and how a page may lead to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from conformance.draft.guessed import Guessed
from conformance.draft.places import Place, places, resolved, types
from conformance.draft.source import TODO, Part, Source
from conformance.published.names import plain

LIMITS = (
    "limit",
    "pagesize",
    "perpage",
    "pagelimit",
    "maxresults",
    "maxitems",
    "maxpagesize",
    "take",
    "top",
    "size",
    "first",
)
CURSORS = (
    "cursor",
    "pagecursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "continuationtoken",
    "continue",
    "pageafter",
    "marker",
    "startingtoken",
    "next",
    "after",
    "token",
    "page",
    "pagenumber",
    "offset",
)
LAST_ITEMS = ("startingafter", "afterid", "after", "lastid", "sinceid", "exclusivestartkey", "marker")
PAGES = ("page", "pagenumber", "pageno", "pageindex")
OFFSETS = ("offset", "skip", "startat", "startindex")
NEXT = (
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "continue",
    "nextpagecursor",
    "endcursor",
    "nextmarker",
    "nextpage",
    "nextoffset",
    "next",
    "cursor",
)
NEXT_URLS = ("next", "nextpage", "nexturl", "nextlink", "nextpageuri", "nextpageurl", "odatanextlink")
LINKS = (("rel", "href"), ("rel", "url"), ("relation", "url"))
"""Members of a link that say what it is, and where it leads."""
MORE = ("hasmore", "hasnext", "hasnextpage", "more", "hasmoreitems")
CAPPED = re.compile(r"\b(?:capped|coerced|clamped|reduced)\b(?: (?:at|to) (\d+))?", re.IGNORECASE)
LEADS = f"{TODO}how does a page lead to the next, and what ends it?"
NUMBERS = frozenset({"integer", "number"})


@frozen(kw_only=True)
class Paging:
    """What a draft says of paging; nothing where that has to be asked."""

    parameter: str = ""
    cursor: str = ""
    """The runtime expression of the Link `next_page`; empty where there is no Link."""
    extension: Part = field(factory=dict)
    question: str = ""
    guesses: tuple[Guessed, ...] = ()


def limit(source: Source) -> tuple[str, tuple[Guessed, ...]]:
    """The parameter that may be the size of a page; a number, or what nothing is said of."""
    named = {plain(one["name"]): one for one in source.parameters}
    for wanted in LIMITS:
        if wanted in named and types(resolved(source.schemas, named[wanted]["schema"])) & NUMBERS:
            name = str(named[wanted]["name"])
            return name, (Guessed("limit", name, "a number called so"),)
    return "", ()


def cap(source: Source, name: str) -> tuple[Part, tuple[Guessed, ...]]:
    """What a draft says of a limit above its maximum, where the parameter's own description tells it."""
    parameter: Part = next((one for one in source.parameters if one["name"] == name), {"schema": {}})
    schema = resolved(source.schemas, parameter["schema"])
    told = f"{parameter.get('description', '')} {schema.get('description', '')}"
    found = CAPPED.search(told)
    most = True if "maximum" in schema else int(found[1]) if found and found[1] else None
    if found is None or most is None:
        return {}, ()
    return {"capped": most}, (Guessed("limit", "capped", "its description says so"),)


def paging(source: Source, items_at: str | None) -> Paging:
    """How a page may lead to the next: by what it holds, or by what is counted."""
    named = {plain(one["name"]): one for one in source.parameters}
    body = [place for place in places(source.schemas, source.page, depth=3) if not _is_inside(place, items_at)]
    for found in _ways(source, named, body):
        return found
    told = [str(named[one]["name"]) for one in (*CURSORS, *LAST_ITEMS, *OFFSETS) if one in named]
    value = next((place.pointer for place in body if place.plain in (*NEXT, *NEXT_URLS)), "")
    hints = [f"the parameter {name!r}" for name in told[:1]] + [f"the value at {value}"] * bool(value)
    about = f" ({' and '.join(hints)} {'look' if len(hints) > 1 else 'looks'} like it)" if hints else ""
    return Paging(
        question=f"TODO does a page lead to the next{about}? Then add `paging`, with the Link `next_page` or a `style`."
    )


def _is_inside(place: Place, items_at: str | None) -> bool:
    return bool(items_at) and place.pointer.startswith(f"{items_at}")


def _ways(source: Source, named: Mapping[str, Part], body: Sequence[Place]) -> Iterator[Paging]:
    yield from _by_cursor(source, named, body)
    yield from _by_header(source, named)
    yield from _by_url(named, body)
    yield from _by_links(source, named, body)
    yield from _by_last_item(named, body)
    yield from _by_number(source, named)


def _by_cursor(source: Source, named: Mapping[str, Part], body: Sequence[Place]) -> Iterator[Paging]:
    """A value of the body that a parameter of its type takes."""
    values = sorted((place for place in body if place.plain in NEXT), key=lambda place: NEXT.index(place.plain))
    for value in values:
        for wanted in CURSORS:
            parameter = named.get(wanted)
            ends = _ends(value)
            if parameter is not None and ends and _fits(source, parameter, value):
                name, cursor = str(parameter["name"]), f"$response.body#{value.pointer}"
                why = "called so, and of one type"
                guesses = (
                    Guessed("paging", f"{name} from {value.pointer}", why),
                    Guessed("its end", " or ".join(ends), "what its schema allows"),
                )
                yield Paging(parameter=name, cursor=cursor, extension={"ends": ends, "says": LEADS}, guesses=guesses)


def _fits(source: Source, parameter: Part, value: Place) -> bool:
    """Whether a parameter takes a value: a text, which is no address, or a number."""
    taken = types(resolved(source.schemas, parameter["schema"]))
    given = value.types - {"null"}
    if value.is_url or not given or given - {"string", *NUMBERS}:
        return False
    return not taken or bool(taken & given) or "string" in taken or bool(given <= NUMBERS and taken & NUMBERS)


def _ends(value: Place) -> list[str]:
    """What may stand in a cursor's place on the last page, as far as its schema allows."""
    null, absent = ["null"] * ("null" in value.types), ["absent"] * (not value.required)
    may_be_empty = "string" in value.types and not value.schema.keys() & {"pattern", "minLength", "format", "enum"}
    return [*null, *absent] or ["empty"] * may_be_empty


def _by_header(source: Source, named: Mapping[str, Part]) -> Iterator[Paging]:
    """A header that holds the cursor, or `Link`."""
    parameter = next((str(named[one]["name"]) for one in (*CURSORS, *LAST_ITEMS, *OFFSETS) if one in named), "")
    headers = {plain(name).removeprefix("x"): name for name in source.headers}
    if parameter and "link" in headers:
        why = "the header Link is documented"
        yield _styled("link-header", parameter, why)
    # A header that names the next page holds no offset.
    following = NEXT if plain(parameter) not in OFFSETS else ("nextoffset",)
    found = next((headers[one] for one in following if one in headers), "")
    if parameter and found and not source.headers[found].get("required"):
        guess = Guessed("paging", f"{parameter} from the header {found}", "both are called so")
        cursor, extension = f"$response.header.{found}", {"ends": ["absent"], "says": LEADS}
        yield Paging(parameter=parameter, cursor=cursor, extension=extension, guesses=(guess,))


def _by_url(named: Mapping[str, Part], body: Sequence[Place]) -> Iterator[Paging]:
    """The address of the next page, in which the parameter stands."""
    value = next((place for place in body if place.plain in NEXT_URLS and place.is_url), None)
    parameter = next((str(named[one]["name"]) for one in (*CURSORS, *PAGES, *OFFSETS) if one in named), "")
    ends = _ends(value) if value is not None else []
    if value is not None and parameter and ends:
        why = f"{value.pointer} is the address of the next page"
        yield _styled("next-url", parameter, why, next=f"$response.body#{value.pointer}", ends=ends)


def _by_links(source: Source, named: Mapping[str, Part], body: Sequence[Place]) -> Iterator[Paging]:
    """An array of links, one of which is said to lead to the next page."""
    parameter = next((str(named[one]["name"]) for one in (*CURSORS, *PAGES, *OFFSETS) if one in named), "")
    for place in body if parameter else ():
        members = resolved(source.schemas, place.schema.get("items", {})).get("properties", {})
        keys = next((pair for pair in LINKS if members.keys() >= set(pair)), None)
        if "array" in place.types and keys is not None and _says_next(resolved(source.schemas, members[keys[0]])):
            why = f"{place.pointer} is an array of links, to the next page too"
            usual = keys == LINKS[0]
            entries = {} if usual else {"entries": {"key": f"/{keys[0]}", "value": f"/{keys[1]}"}}
            yield _styled("next-url", parameter, why, next=f"$response.body#{place.pointer}", rel="next", **entries)


def _says_next(relation: Part) -> bool:
    """Whether a schema of relations names that of a next page."""
    values = [relation.get(key) for key in ("const", "enum", "example", "examples", "default", "description")]
    return any(re.search(r"\bnext\b", str(value)) for value in values if value)


def _by_last_item(named: Mapping[str, Part], body: Sequence[Place]) -> Iterator[Paging]:
    """The last item's identity is the cursor, and a flag says whether there is more."""
    parameter = next((str(named[one]["name"]) for one in LAST_ITEMS if one in named), "")
    more = next(
        (place for place in body if place.plain in MORE and place.types == {"boolean"} and place.required), None
    )
    if parameter and more is not None:
        why = f"{parameter} is called so, and {more.pointer} says whether there is more"
        yield _styled("last-item", parameter, why, more=f"$response.body#{more.pointer}")


def _by_number(source: Source, named: Mapping[str, Part]) -> Iterator[Paging]:
    """The next page's number, or its offset, is counted."""
    for style, names, first in (("page-number", PAGES, 1), ("offset", OFFSETS, 0)):
        parameter = next((named[one] for one in names if one in named), None)
        schema = resolved(source.schemas, parameter["schema"]) if parameter is not None else {}
        if parameter is not None and types(schema) & NUMBERS:
            start = _start(schema, first)
            counted = {} if start == first else {"start": start}
            yield _styled(style, str(parameter["name"]), "a number called so", **counted)


def _start(schema: Part, usual: int) -> int:
    """Where counting may begin: at the default, or at the least that is allowed, or as usual."""
    given = schema.get("default", schema.get("minimum", usual))
    return int(given) if isinstance(given, int | float) and given in {0, 1} else usual


def _styled(style: str, parameter: str, why: str, **more: object) -> Paging:
    extension: Part = {"style": style, "parameter": parameter, **more, "says": LEADS}
    return Paging(
        parameter=parameter, extension=extension, guesses=(Guessed("paging", f"{style} by {parameter}", why),)
    )
