"""The merge desk 收入报送包: choose files, see what they would do, take them in."""
