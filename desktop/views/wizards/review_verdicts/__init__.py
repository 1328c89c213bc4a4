"""Admissions' small wizards of procedure one: verdicts by name, and all who are qualified."""
