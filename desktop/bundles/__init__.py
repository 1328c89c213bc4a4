"""Keys, certificates and the sealed envelope that travels between offices."""
