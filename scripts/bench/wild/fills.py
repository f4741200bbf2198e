"""Sixty documents for each server, by its own API."""

from __future__ import annotations

import json
import time

import httpx
from wild.server import DOCUMENTS

NAMES = ("Oak", "Elm", "Ash", "Fir", "Yew")
STATES = ("seed", "sprout", "grown")
KINDS = ("oak", "elm", "ash")
STATUSES = ("draft", "public", "hidden")
TEAMS = ("north", "south")
AUTHORS = ("ada", "bo", "cy", "dee")
SIZES = 17
APART, TOGETHER = 1.01, 12
"""Seconds between two files of Llama Stack, whose times are whole seconds, and how many come at once in the end."""


def _title(number: int) -> str:
    return f"{NAMES[number % len(NAMES)]} of field {chr(97 + number % 7)}"


def _row(number: int) -> dict[str, object]:
    return {"status": STATES[number % 3], "size": number % SIZES}


def kinto(client: httpx.Client) -> None:
    """A bucket, a collection, and its records."""
    client.put("/buckets/wild", json={}).raise_for_status()
    client.put("/buckets/wild/collections/plants", json={}).raise_for_status()
    for number in range(DOCUMENTS):
        record = {"title": _title(number), **_row(number)}
        client.post("/buckets/wild/collections/plants/records", json={"data": record}).raise_for_status()


def datasette(client: httpx.Client) -> None:
    """A table with its rows, in one request."""
    rows = [{"id": number + 1, "name": _title(number), **_row(number)} for number in range(DOCUMENTS)]
    client.post("/wild/-/create", json={"table": "plants", "pk": "id", "rows": rows}).raise_for_status()


def json_server(client: httpx.Client) -> None:
    """Posts, each with an author in it."""
    for number in range(DOCUMENTS):
        post = {"title": _title(number), "status": STATUSES[number % 3], "views": number % SIZES}
        client.post("/posts", json={**post, "author": {"name": AUTHORS[number % 4]}}).raise_for_status()


def mlflow(client: httpx.Client) -> None:
    """Registered models with a tag."""
    for number in range(DOCUMENTS):
        model = {"name": f"{NAMES[number % 5].lower()}-{number}", "description": _title(number)}
        tags = [{"key": "team", "value": TEAMS[number % 2]}]
        client.post("/api/2.0/mlflow/registered-models/create", json={**model, "tags": tags}).raise_for_status()


def llama_stack(client: httpx.Client) -> None:
    """Small files, a second apart; but the last ones share a second."""
    for number in range(DOCUMENTS):
        file = {"file": (f"{number}.txt", b"x" * (number + 1))}
        client.post("/v1/openai/v1/files", data={"purpose": "assistants"}, files=file).raise_for_status()
        time.sleep(APART if number < DOCUMENTS - TOGETHER else 0)


def pygeoapi(client: httpx.Client) -> None:
    """Trees at places."""
    for number in range(DOCUMENTS):
        properties = {"name": _title(number), "kind": KINDS[number % 3], "height": number % SIZES}
        place = {"type": "Point", "coordinates": [number, number / 2]}
        tree = {"type": "Feature", "id": f"t{number:02}", "geometry": place, "properties": properties}
        headers = {"content-type": "application/geo+json"}
        client.post("/collections/trees/items", content=json.dumps(tree), headers=headers).raise_for_status()


def jupyter(client: httpx.Client) -> None:
    """Files in one directory."""
    client.put("/api/contents/wild", json={"type": "directory"}).raise_for_status()
    for number in range(DOCUMENTS):
        file = {"type": "file", "format": "text", "content": "x" * number}
        client.put(f"/api/contents/wild/{number:02}.txt", json=file).raise_for_status()
