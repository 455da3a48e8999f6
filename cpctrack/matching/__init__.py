"""Whether two texts, or a row and a record, are one thing: shared by minutes and imports."""
