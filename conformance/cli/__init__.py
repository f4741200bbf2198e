"""The command line: arguments, environment, terminal, exit code."""

from conformance.cli.main import main

__all__ = ["main"]
