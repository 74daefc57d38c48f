"""From a program to a plan: solvers, methods, payments, and what the answer is worth."""
