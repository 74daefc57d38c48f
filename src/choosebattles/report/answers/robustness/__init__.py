"""Robustness: what stays good while weights and scores are in question."""
