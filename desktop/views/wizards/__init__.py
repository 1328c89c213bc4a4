"""Wizards: one question per page, what will happen before it happens."""
