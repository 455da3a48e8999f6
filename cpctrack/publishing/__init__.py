"""Packs that were published: what is right to print again, and what changed between two.

A pack's rows in the store file are in `store.packs`; its documents are made in `render`.
"""
