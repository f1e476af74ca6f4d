"""The plan of a dialogue: sessions, participant groups, duties."""
