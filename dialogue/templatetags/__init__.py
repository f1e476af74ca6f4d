"""Template tags that look at several packages at once."""
