"""Excel in: whether a file is safe, what it holds, what each cell means."""
