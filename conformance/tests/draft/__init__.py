"""Tests of first drafts."""
