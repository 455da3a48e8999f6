"""The command line, the only room that knows click: it asks and tells; doing is for `tasks`."""
