"""Tests of what reads a spec."""
