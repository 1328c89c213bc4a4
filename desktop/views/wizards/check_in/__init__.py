"""Wizards of the check-in: beginning without a trained class teacher, taking back."""
