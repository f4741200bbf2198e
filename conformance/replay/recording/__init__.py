"""What a recording is: its files, lines and entries."""
