"""What people may type about opinions: citizens, collectors, the office."""
