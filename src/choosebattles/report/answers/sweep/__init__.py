"""A sweep: the best plan for every value of a number, or of several."""
