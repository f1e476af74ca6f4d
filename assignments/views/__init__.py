"""Pages of tasks, the inbox and the outbox."""
