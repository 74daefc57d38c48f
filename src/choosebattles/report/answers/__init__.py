"""Answers as documents: one file for each answer, with its JSON."""
