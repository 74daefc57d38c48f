"""The sheets of the results workbook, one file each, written from a story."""
