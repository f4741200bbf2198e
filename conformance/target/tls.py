"""Which certificate authorities are trusted beside the public ones: what the usual variables name."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path

from conformance.errors import TargetError

OWN = ("SSL_CERT_FILE", "SSL_CERT_DIR")
OTHERS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""What a machine may have set for other tools: a file or a directory."""


def trusted(environment: Mapping[str, str]) -> ssl.SSLContext | bool:
    """What connections verify with: the authorities that the first variable names, the usual ones where none is set.

    Raises TargetError where a variable names what cannot be read.
    """
    name = next((one for one in (*OWN, *OTHERS) if environment.get(one)), "")
    if not name:
        return True
    path = environment[name]
    try:
        directory = Path(path).is_dir()
        return ssl.create_default_context(cafile=None if directory else path, capath=path if directory else None)
    except (OSError, ValueError) as error:
        message = f"{name} names {path}, which cannot be read: {error}"
        raise TargetError(message, hint=f"Mend {name}, or unset it.") from None
