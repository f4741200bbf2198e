"""Proves that a list operation, live or mocked, keeps every promise that its documentation makes."""

__version__ = "0.1.0"
