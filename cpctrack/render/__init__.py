"""Records to the documents and tables that people read."""
