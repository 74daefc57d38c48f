"""What is presented, chapter by chapter: slides and documents are made of the same chapters."""
