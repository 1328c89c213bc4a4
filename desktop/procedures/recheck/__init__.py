"""Procedure two: forms, answers, two reviews, the approval, the verdicts (细则 二)."""
