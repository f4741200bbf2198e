"""For tests without a network: a server inside of the HTTP client, which keeps the documentation."""
