"""Procedure two at the college: forms, comparison, two reviews."""
