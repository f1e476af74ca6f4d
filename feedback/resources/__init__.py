"""Spreadsheets of opinions."""
