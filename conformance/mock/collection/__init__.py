"""The collection that the mock lists: items, their order, and how it grows."""
