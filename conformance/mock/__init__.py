"""A server that keeps every promise of a contract, or breaks one on purpose."""
