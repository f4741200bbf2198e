"""The commands that do not fit the first screen of `cli`, one module each."""
