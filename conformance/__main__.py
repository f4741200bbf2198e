"""`python -m conformance` is `conformance`."""

from conformance.cli.entry import entry

entry()
