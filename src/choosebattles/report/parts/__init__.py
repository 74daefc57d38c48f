"""The parts of a story: each file turns one side of an outcome into plain values."""
