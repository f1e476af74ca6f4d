"""Tasks, progress, evidence, verification and reminders."""
