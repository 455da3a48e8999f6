"""Readers that turn a document of any form into its lines."""
