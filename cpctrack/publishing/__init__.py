"""Packs: what was printed for a meeting, frozen and compared."""
