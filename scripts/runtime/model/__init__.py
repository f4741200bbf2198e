"""The objects that a documentation describes: read from JSON, and written back as they came."""
