"""The papers of procedures one and two: composed, made, signed off (ADR 43)."""
