"""The store file: read, locked, written, taken back, and what it holds beside records.

What two versions of it make together is in `sharing`; what is wrong with one, in `check`.
"""
