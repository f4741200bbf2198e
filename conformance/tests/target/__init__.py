"""Tests of the room `target`."""
