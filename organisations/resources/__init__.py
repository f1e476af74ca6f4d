"""Units and bodies as a spreadsheet."""
