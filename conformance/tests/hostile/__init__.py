"""Servers that mean harm, and what a run makes of them."""
