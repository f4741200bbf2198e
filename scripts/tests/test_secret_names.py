"""The clients' recorder and the suite hide the same: neither may import the other, so this holds them together."""

import pytest
from listing_runtime.recording import names

from conformance.privacy import secrets

SECRET = [
    *("x-session-jwt", "x-auth-key", "x-access-sig", "Authorization", "Proxy-Authorization", "Set-Cookie", "X-API-Key"),
    *("api_key", "apikey", "key", "sig", "auth", "access_token", "X-Amz-Security-Token", "X-Amz-Signature", "password"),
    *("client-secret", "x-credential-id", "signing.keys", "id_jwt", "cookie2", "passwd"),
]
PLAIN = ["x-request-id", "content-type", "keyboard", "monkey", "author", "design", "limit", "code", "x-key-id", "etag"]


def test_the_words_are_the_same() -> None:
    """A word that is added here is added there."""
    assert (names.WORDS, names.LAST_WORDS) == (secrets.WORDS, secrets.LAST_WORDS)


@pytest.mark.parametrize("name", [*SECRET, *PLAIN])
def test_a_name_is_judged_alike(name: str) -> None:
    """As a header or parameter, and in a URL that a header holds."""
    secret = name in SECRET
    url = f"https://a.invalid/?{name}=planted-planted&page=2"
    hidden = f"https://a.invalid/?{name}=[redacted]&page=2"

    assert names.names_secret(name) == secrets.names_secret(name) == secret
    assert secrets.Redactor("", "$TOKEN").header(name, "value") == (secrets.REDACTED if secret else "value")
    for shown in (
        secrets.Redactor("", "$TOKEN").header("Location", url),
        names.SECRET_IN_URL.sub(r"\1[redacted]", url),
    ):
        assert shown == (hidden if secret or name == "code" else url)
