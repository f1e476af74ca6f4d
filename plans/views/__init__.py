"""Pages of plans and of their sessions."""
