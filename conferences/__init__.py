"""The conference: agenda, invitations, live run, exchanges, minutes."""
