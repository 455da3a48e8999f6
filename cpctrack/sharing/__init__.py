"""One store, two clerks: what git is asked and told, and how two versions become one."""
