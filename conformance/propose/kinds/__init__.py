"""One module for each kind of change that a finding may ask for."""
