"""Servers that no one here wrote: installed, started, filled, checked, and lied about."""
