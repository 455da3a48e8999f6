"""Minutes: from the lines of a document to drafts of actions. Pure; files are read in `reading`."""
