"""A conformance suite for documented list operations."""
