"""One store, two clerks: what git is asked and told, and how two versions become one.

Settling what a merge left to a person is in `store.conflicts`, and done by `tasks`.
"""
