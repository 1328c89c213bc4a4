"""Procedure one at admissions and student affairs: prepared, counted, decided (细则 一)."""
