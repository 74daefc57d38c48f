"""Documents as files and screens: each knows the blocks of a document, and no answer."""
