"""Text documents made by templates: ours, and users' own in a sandbox."""
