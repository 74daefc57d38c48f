"""An independent recount of every answer, in exact arithmetic; no solver is known here."""
