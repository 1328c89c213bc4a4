"""Questions of the system: choosing files and folders."""
