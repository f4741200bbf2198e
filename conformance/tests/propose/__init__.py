"""Tests of what is proposed for a finding."""
