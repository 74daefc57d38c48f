"""What is asked once a plan is found: its rivals, its reasons, and the user's own plan."""
