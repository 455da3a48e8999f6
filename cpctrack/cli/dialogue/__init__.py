"""Asking a person at a terminal."""
