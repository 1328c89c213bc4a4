"""Procedure three at the registrar: judged, issued, changed, printed as the register."""
