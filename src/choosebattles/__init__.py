"""Choose the right battles: strategic portfolio optimisation for small states."""
