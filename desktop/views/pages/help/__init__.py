"""The user guide in the window: offline, in Chinese, with search."""
