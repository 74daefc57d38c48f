"""Documents as Excel workbooks, read back cell by cell."""
