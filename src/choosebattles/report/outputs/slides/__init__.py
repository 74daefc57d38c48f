"""Slides: a master of our own, native tables and charts, a note of the sources on each."""
