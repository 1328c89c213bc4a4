"""The program as a process of its own on a screen of its own, driven by the keys of an X server."""
