"""What is asked of an answer: why, why not, what else, what changed."""
