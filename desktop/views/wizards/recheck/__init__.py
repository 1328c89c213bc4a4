"""The wizards of admissions in the re-check: the new round, the approval, the verdicts."""
