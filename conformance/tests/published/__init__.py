"""Tests of specs against published documents."""
