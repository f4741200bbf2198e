"""What is written down of exchanges, without secrets."""
