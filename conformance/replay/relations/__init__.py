"""The relations that a recording can show."""
