"""Whether two things are one: names, wordings, rows and records. Pure."""
