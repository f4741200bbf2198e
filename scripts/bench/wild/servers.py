"""All servers, each as one value."""

from __future__ import annotations

import base64

from wild import fills
from wild import following as after
from wild.server import Lies, Server

_ACCOUNT = "wild:wild"
_TOKEN = "token test-token"  # noqa: S105 - of a server that lives for a minute

KINTO = Server(
    stem="kinto_records",
    style="address in a header",
    packages=("kinto==26.5.0", "waitress==3.0.2"),
    command=("{bin}/kinto", "start", "--ini", "{settings}", "--port", "{port}"),
    settings=("kinto.ini",),
    base="/v1",
    credential=("KINTO_ACCOUNT", _ACCOUNT),
    headers={"authorization": f"Basic {base64.b64encode(_ACCOUNT.encode()).decode()}"},
    fill=fills.kinto,
    path="/buckets/wild/collections/plants/records",
    items=("data",),
    identity="id",
    asked={"_limit": "7"},
    following=after.header_url("Next-Page"),
    lies=Lies(ignored="status", renamed="title", following="_token"),
)
DATASETTE = Server(
    stem="datasette_rows",
    style="cursor in the body",
    packages=("datasette==1.0a41",),
    command=("{bin}/datasette", "serve", "wild.db", "--create", "--config", "{settings}", "--port", "{port}"),
    settings=("datasette.yml",),
    fill=fills.datasette,
    path="/wild/plants.json",
    items=("rows",),
    identity="id",
    asked={"_size": "7", "_extra": "count"},
    following=after.cursor("next", "_next"),
    lies=Lies(ignored="status__exact", renamed="name", following="_next"),
)
JSON_SERVER = Server(
    stem="jsonserver_posts",
    style="page number",
    packages=("json-server@0.17.4",),
    registry="node",
    command=("{bin}/json-server", "--host", "127.0.0.1", "--port", "{port}", "{settings}"),
    settings=("json-server.json",),
    fill=fills.json_server,
    path="/posts",
    items=(),
    identity="id",
    asked={"_limit": "7", "_page": "1"},
    following=after.number("_page", 1),
    lies=Lies(ignored="status", renamed="title", following="_page", first=("1",)),
)
MLFLOW = Server(
    stem="mlflow_models",
    style="cursor in the body",
    packages=("mlflow==3.17.2",),
    command=(
        *("{bin}/mlflow", "server", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1"),
        *("--backend-store-uri", "sqlite:///wild.db"),
    ),
    environment={"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
    fill=fills.mlflow,
    path="/api/2.0/mlflow/registered-models/search",
    items=("registered_models",),
    identity="name",
    asked={"max_results": "7"},
    following=after.cursor("next_page_token", "page_token"),
    lies=Lies(ignored="filter", renamed="name", following="page_token"),
)
LLAMA_STACK = Server(
    stem="llamastack_files",
    style="last item",
    packages=(
        *("llama-stack==0.2.12", "sqlalchemy==2.1.9", "aiosqlite==0.22.1", "greenlet==3.5.6", "uvicorn==0.54.0"),
        *("opentelemetry-sdk==1.45.2", "opentelemetry-exporter-otlp-proto-http==1.45.2"),
    ),
    command=(
        *("{bin}/python", "-m", "llama_stack.distribution.server.server"),
        *("--config", "{settings}", "--port", "{port}"),
    ),
    settings=("llamastack.yaml",),
    fill=fills.llama_stack,
    path="/v1/openai/v1/files",
    items=("data",),
    identity="id",
    asked={"limit": "20"},
    following=after.last_item("data", "id", "has_more", "after"),
    lies=Lies(ignored="order", renamed="filename", following="after"),
)
PYGEOAPI = Server(
    stem="pygeoapi_trees",
    style="link in the body",
    packages=("pygeoapi==0.21.0", "tinydb==4.9.0", "waitress==3.0.2"),
    before=("{bin}/pygeoapi", "openapi", "generate", "{settings}", "--output-file", "openapi.yml"),
    command=("{bin}/python", "-m", "waitress", "--host", "127.0.0.1", "--port", "{port}", "pygeoapi.flask_app:APP"),
    environment={"PYGEOAPI_CONFIG": "{settings}", "PYGEOAPI_OPENAPI": "openapi.yml"},
    settings=("pygeoapi.yml", "trees.json"),
    fill=fills.pygeoapi,
    path="/collections/trees/items",
    items=("features",),
    identity="id",
    asked={"limit": "7", "f": "json"},
    following=after.offset("offset", "features"),
    lies=Lies(ignored="kind", renamed="properties", following="offset", first=("0",)),
)
JUPYTER = Server(
    stem="jupyter_contents",
    style="none",
    packages=("jupyter-server==2.21.1",),
    command=(
        *("{bin}/jupyter", "server", "--no-browser", "--allow-root", "--ip", "127.0.0.1", "--port", "{port}"),
        *("--IdentityProvider.token=test-token", "--ServerApp.root_dir={home}"),
    ),
    credential=("JUPYTER_AUTHORIZATION", _TOKEN),
    headers={"authorization": _TOKEN},
    fill=fills.jupyter,
    path="/api/contents/wild",
    items=("content",),
    identity="path",
    asked={"type": "directory"},
    following=after.nothing,
    lies=Lies(ignored="", renamed="last_modified", following=""),
)

SERVERS = (KINTO, DATASETTE, JSON_SERVER, MLFLOW, LLAMA_STACK, PYGEOAPI, JUPYTER)
