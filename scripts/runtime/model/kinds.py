"""The kinds of JSON value that a documented field may have, as generated code names them."""

from __future__ import annotations

from listing_runtime.model.containers import ListOf, MapOf, ModelOf
from listing_runtime.model.scalars import (
    ANYTHING,
    BOOLEAN,
    DATE,
    IDENTIFIER,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    TIMESTAMP,
    Kind,
    OpenEnum,
)
from listing_runtime.model.unions import Nullable, OneOf

__all__ = [
    "ANYTHING",
    "BOOLEAN",
    "DATE",
    "IDENTIFIER",
    "INTEGER",
    "NULL",
    "NUMBER",
    "STRING",
    "TIMESTAMP",
    "Kind",
    "ListOf",
    "MapOf",
    "ModelOf",
    "Nullable",
    "OneOf",
    "OpenEnum",
]
