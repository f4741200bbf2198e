"""The parts of the detection benchmark, one idea each."""
