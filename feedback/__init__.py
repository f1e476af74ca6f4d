"""Consultations, opinions, issue groups and prepared answers."""
