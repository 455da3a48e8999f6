"""The public site of a council: views of what it shows, and the files that show it."""
