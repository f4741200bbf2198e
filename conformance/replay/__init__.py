"""Checks of recorded traffic: no request is sent."""
