"""The linter: what is wrong, doubtful or worth a look in one's own paper before it goes out."""
