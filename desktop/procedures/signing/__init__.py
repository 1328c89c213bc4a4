"""Signature sheets of procedure three: printed, recorded, taken back (细则 三(三)1)."""
