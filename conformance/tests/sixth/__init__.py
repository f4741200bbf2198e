"""Tests of operations that nobody thought of: a spec and a fixture, and no line of Python."""
