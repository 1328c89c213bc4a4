"""What is run by make or by hand, beside the program: setting up, pictures of the window."""
