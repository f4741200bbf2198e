"""Lawful ways to serve a page: none of them is accused."""
