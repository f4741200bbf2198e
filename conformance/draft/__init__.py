"""A first spec and a first fixture of an operation, made of what is published or was recorded; every hole is marked."""
