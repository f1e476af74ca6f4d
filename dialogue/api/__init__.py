"""What other systems use: tokens, the interface of agencies (v1), Open311 for public requests."""
