"""Keeps a council committee's actions in one file and prints its Appendix 4."""

__version__ = "0.2.0"
