"""What is presented of a plan: the sections that slides and documents have, one file for a few."""
