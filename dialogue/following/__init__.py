"""News of one conference by mail, for citizens who asked for it and said yes to the letter."""
