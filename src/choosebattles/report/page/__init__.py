"""The live page: one file that opens without a network and searches anew in the room."""
