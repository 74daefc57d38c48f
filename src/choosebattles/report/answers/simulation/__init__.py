"""A simulation: what becomes of the plan in many draws of what is uncertain."""
