"""The conclusion notice, its points and their follow-up."""
