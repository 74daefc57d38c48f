"""Why something is in the plan or not, and what each demand of the user's costs."""
