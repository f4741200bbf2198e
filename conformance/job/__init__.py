"""What is run, where, and into which record."""
