"""Official documents: clauses, numbers, approval, skins, printing."""
