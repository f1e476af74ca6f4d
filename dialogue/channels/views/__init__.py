"""Pages of the ways out."""
