"""Reports: figures counted once, in one place; shown, listed, drafted as papers, taken as sheets."""
