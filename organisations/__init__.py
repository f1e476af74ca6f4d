"""Units, organisations, posts, people, memberships and roles."""
