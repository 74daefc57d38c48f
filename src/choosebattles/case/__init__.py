"""What ministries talk about: facts and preferences, frozen, with the cell of every fact."""
