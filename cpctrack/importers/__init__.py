"""Published tables to drafts, and drafts against the store to a plan."""
