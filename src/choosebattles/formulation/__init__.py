"""From a case to the program that a solver receives."""
