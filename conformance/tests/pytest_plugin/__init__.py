"""Tests of the room `pytest_plugin`."""
