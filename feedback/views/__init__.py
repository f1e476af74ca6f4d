"""Pages of citizens, collectors, the office, asked agencies and reception."""
