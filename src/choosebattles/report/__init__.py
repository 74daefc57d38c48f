"""What an answer looks like to people: one view model, and the files rendered from it."""
