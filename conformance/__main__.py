"""`python -m conformance` is `conformance`."""

from conformance.cli.main import entry

entry()
