"""One module a command: options in, a task done, the result told."""
