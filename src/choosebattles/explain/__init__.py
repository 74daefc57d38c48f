"""What is asked once a plan is found: why, why not, what else, what changed."""
