"""A plan as a document: what a minister, a finance official and an auditor read."""
