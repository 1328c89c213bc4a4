"""What a person decides: conflicts, corrections, additions, places, decided anew."""
