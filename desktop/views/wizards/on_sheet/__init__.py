"""What is done on a sheet besides signing: additions, corrections, places, taking back."""
