"""Admissions' page of procedure one: where everybody stands, and the verdicts."""
