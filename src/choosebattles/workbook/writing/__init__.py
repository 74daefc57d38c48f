"""Writes the workbook that people fill in: how it looks, what it offers, what it adds up."""
