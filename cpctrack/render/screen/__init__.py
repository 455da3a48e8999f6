"""What the terminal and a pipe show."""
