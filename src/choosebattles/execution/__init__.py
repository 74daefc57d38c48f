"""Runs, files and progress. Knows nothing of our subject."""
