"""From what is asked to what is told and written: the same for every command."""
