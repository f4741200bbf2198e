"""No credential is in a recording, however a request carries it and an answer repeats it."""

import asyncio
import base64
import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest
from listing_runtime.credential import Credential
from listing_runtime.operation import Scheme
from listing_runtime.recording.hiding import Hiding
from listing_runtime.secret import Secret

from tests.answers import STEMS, URL, known, listing
from tests.recordings import both, lines

SECRET = 'key/With+signs=&"quotes"<sk_0123456789'


def spellings(secret: str) -> Iterator[str]:
    """How a server may repeat a secret."""
    yield from (secret, quote(secret), quote_plus(secret), quote(secret, safe="").replace("%2F", "%2f"))
    yield from (json.dumps(secret)[1:-1], json.dumps(secret)[1:-1].replace("/", "\\/"), json.dumps(json.dumps(secret)))
    yield "".join(each if each.isalnum() else f"\\u{ord(each):04X}" for each in secret)
    yield "".join(each if each not in "<>&" else f"\\u{ord(each):04x}" for each in json.dumps(secret))
    yield secret.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&#x3C;").replace("/", "&#47;")
    yield quote(quote(secret, safe=""))
    for user in ("", "u", "us", "usr"):
        encoded = base64.b64encode(f"{user}:{secret}".encode()).decode() if user else base64.b64encode(secret.encode())
        yield encoded if isinstance(encoded, str) else encoded.decode()
    yield base64.urlsafe_b64encode(f"user:{secret}".encode()).decode()


def test_the_credential_is_nowhere_however_it_is_written() -> None:
    """Not a trace of it is left of any spelling but base64's of what stands beside it."""
    hiding = Hiding([(SECRET, "$NAME")])
    left = {spelling: hiding.text(f"before {spelling} after") for spelling in spellings(SECRET)}

    assert [spelling for spelling, text in left.items() if "$NAME" not in text] == []
    assert [text for text in left.values() if "0123" in text or "With" in text] == []
    assert [text for text in left.values() if not (text.startswith("before ") and text.endswith(" after"))] == []
    assert left[SECRET] == "before $NAME after"


def test_a_short_secret_takes_no_words_apart() -> None:
    """Nothing is taken out for a secret of less than six characters."""
    assert Hiding([("able", "$NAME")]).data(b'"available"') == b'"available"'


@pytest.mark.parametrize("stem", STEMS)
@both
def test_no_secret_is_in_the_file(kind: str, stem: str, tmp_path: Path) -> None:
    """What the request carried and the answer repeats, cookies, keys in headers and URLs, users of URLs."""
    path = tmp_path / "traffic.jsonl"
    package = importlib.import_module(stem)
    scheme = known(stem).scheme
    variable = scheme and scheme.variable
    headers = [
        *(("X-Echo", spelling) for spelling in spellings(SECRET) if spelling.isprintable()),
        *(
            ("Set-Cookie", "a=planted1planted"),
            ("X-Api-Key", "planted2planted"),
            ("X-Session-Token", "planted3planted"),
            ("X-Session-Jwt", "planted10planted"),
            ("X-Auth-Key", "planted11planted"),
            ("X-Access-Sig", "planted12planted"),
        ),
        ("Location", "https://a:planted4planted@b.invalid/?api_key=planted5planted&sig=planted6planted&page=2"),
    ]
    body = json.dumps({"echo": [*spellings(SECRET), "planted7planted", "wss://u:planted8planted@c.invalid/d"]}).encode()
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(403, headers=headers, content=body + b"\xff" * (len(seen) - 1))

    http: Any = getattr(httpx, kind)(transport=httpx.MockTransport(answer), headers={"X-Own-Token": "planted9planted"})
    ours = getattr(package, kind)(SECRET, base_url=URL, http_client=http, max_retries=0, record=path)
    for extra in ({}, {"access_token": "planted7planted", "fine": "kept", "q2": SECRET}):
        with pytest.raises(package.errors.PermissionDeniedError):
            first_page(listing(ours, stem, extra_query=extra))
    text = path.read_text() + base64.b64decode(lines(path)[1]["base64"]).decode("latin-1")

    assert SECRET in str(seen[0].headers) + str(dict(seen[0].headers))
    assert "planted7" in lines(path)[0]["body"]
    assert [word for word in ("0123456789", "With", *sure_forms(SECRET)) if word in text] == []
    assert text.count("planted") == 2
    assert text.count(f"${variable}") > 4 * len([*spellings(SECRET)]) - 8
    assert lines(path)[1]["url"].endswith(f"?access_token=$REDACTED&fine=kept&q2=${variable}")
    assert ["location", "https://b.invalid/?api_key=[redacted]&sig=[redacted]&page=2"] in lines(path)[0]["headers"]
    assert ["set-cookie", "[redacted]"] in lines(path)[0]["headers"]


def sure_forms(secret: str) -> list[str]:
    """Middles of the secret's base64 at any place: none may be left."""
    return [base64.b64encode(b"0" * before + secret.encode())[8:24].decode() for before in range(3)]


def first_page(asked: Any) -> Any:
    """Fetch it, whichever kind the listing is."""
    fetched = asked.first_page()
    return asyncio.run(_awaited(fetched)) if hasattr(fetched, "__await__") else fetched


async def _awaited(fetched: Any) -> Any:
    return await fetched


def test_a_password_alone_is_a_secret_too() -> None:
    """Of `user:password` both the whole and the password are hidden; the user where there is no password."""
    basic = Scheme("basic", "Authorization", None)

    assert Credential(basic, Secret("user:password")).secrets == ["user:password", "password"]
    assert Credential(basic, Secret("sk_live_1:")).secrets == ["sk_live_1:", "sk_live_1"]
