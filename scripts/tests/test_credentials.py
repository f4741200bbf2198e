"""Any documented way of sending a credential can be chosen: by its variable, or by its name."""

import importlib
from typing import Any

import httpx
import pytest
from listing_runtime.errors import ConfigurationError

from tests.answers import STEMS, URL, answering, known, listing, noting

SEVERAL = [stem for stem in STEMS if len(known(stem).schemes) > 1]
"""Operations with several documented ways."""


def sent(stem: str, *arguments: str, **settings: Any) -> httpx.Headers:
    """The headers of a request by a client that is made so."""
    seen: list[httpx.Request] = []
    http = httpx.Client(transport=httpx.MockTransport(noting(seen, answering([], status=403))))
    module = importlib.import_module(stem)
    with pytest.raises(module.errors.PermissionDeniedError):
        listing(module.Client(*arguments, base_url=URL, http_client=http, **settings), stem).first_page()
    return seen[0].headers


@pytest.mark.parametrize("stem", SEVERAL)
def test_each_documented_scheme_can_be_chosen(stem: str) -> None:
    """`scheme=` says which of them the token is for, and its header carries it."""
    for scheme in known(stem).schemes:
        headers = sent(stem, "t0ken", scheme=scheme.title)

        assert headers[scheme.name] == ("Bearer t0ken" if scheme.kind == "bearer" else "t0ken")
        assert [other.name for other in known(stem).schemes if other.name in headers] == [scheme.name]


@pytest.mark.parametrize("stem", SEVERAL)
def test_the_environment_chooses_the_scheme(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that is set says how the credential travels; of several the first one."""
    schemes = known(stem).schemes
    for scheme in schemes:
        monkeypatch.delenv(str(scheme.variable), raising=False)
    for scheme in reversed(schemes):
        monkeypatch.setenv(str(scheme.variable), "t0ken")
        first = next(one for one in schemes if one.variable == scheme.variable)

        assert "t0ken" in sent(stem)[first.name]


@pytest.mark.parametrize("stem", STEMS)
def test_no_credential_names_every_variable(stem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says each variable that would do; a scheme that is not documented is an error as well."""
    variables = [str(scheme.variable) for scheme in known(stem).schemes if scheme.variable]
    for variable in variables:
        monkeypatch.delenv(variable, raising=False)
    module = importlib.import_module(stem)

    with pytest.raises(ConfigurationError) as missing:
        module.Client()
    assert all(variable in str(missing.value) for variable in variables)
    with pytest.raises(ConfigurationError, match="not documented"):
        module.Client("t0ken", scheme="carrier pigeon")
