"""What a run remembers of an operation's items, and what differs between two runs.

A profile holds shapes, counts, sizes and one-way codes; of values only those of documented vocabularies.
"""
