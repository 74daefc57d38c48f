"""What is asked once a plan is there: why, what else, and at what price."""
