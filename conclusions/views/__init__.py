"""Pages of conclusions, petitions and results."""
