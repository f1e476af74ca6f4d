"""How papers look: from the clause tree to what a printer prints."""
