"""The school and its seats: founded, enrolled, renewed, revoked, given their classes."""
