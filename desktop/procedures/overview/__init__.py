"""Where things stand: for whoever opens the window, per office, per student."""
