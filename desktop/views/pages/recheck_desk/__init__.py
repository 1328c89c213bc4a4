"""Admissions' page of procedure two: where everybody stands, the approval, the verdicts."""
