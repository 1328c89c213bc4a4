"""Spreadsheets and DBF files, in and out."""
