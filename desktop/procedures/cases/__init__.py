"""Cases: what is doubtful about a student, looked into and concluded (ADR 45)."""
