"""Tests of replays: recordings made by runs, browsers, and by hand."""
