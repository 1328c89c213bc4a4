"""Procedure one at a college: who came, what was brought, what was found (细则 一)."""
