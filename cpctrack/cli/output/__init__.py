"""Telling: results of tasks in words for a person and in JSON for scripts."""
