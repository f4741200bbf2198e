"""What the mock answers, as a function of contract, collection and request."""
