# The suite with specs, fixtures and generated clients. Nothing in it needs a shell when it runs:
#   docker build --tag conformance .
#   docker run --rm conformance run
#   docker run --rm --env VERCEL_TOKEN conformance run vercel_sessions --target live
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY specs specs
COPY generated generated
COPY conformance conformance
ENV UV_PROJECT_ENVIRONMENT=/opt/conformance UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
RUN python -m pip install --no-cache-dir uv==0.13.9 \
    && uv sync --no-cache --no-dev --no-editable --all-packages

FROM python:3.13-slim-bookworm
COPY --from=build /opt/conformance /opt/conformance
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
USER 65532:65532
WORKDIR /reports
ENTRYPOINT ["/opt/conformance/bin/conformance"]
CMD ["run"]
