"""Tests of the room `listing`."""
