"""Edits of a YAML file that keep every other byte."""
