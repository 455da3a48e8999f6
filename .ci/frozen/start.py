"""Where the download without Python begins, which also stands in for ``python -P -m MODULE``.

cpctrack starts modules of its own in other processes, by what it takes for Python: here that is
itself.
"""

import os
import runpy
import sys

from cpctrack.__main__ import run

_LIBRARIES = "LD_LIBRARY_PATH"


def main() -> None:
    """Run the module that is asked for, or the command line."""
    # git and an editor must find the libraries of the system, not those of the download.
    before = os.environ.pop(f"{_LIBRARIES}_ORIG", "")
    os.environ.pop(_LIBRARIES, None)
    if before:
        os.environ[_LIBRARIES] = before
    module = "".join(sys.argv[3:4])
    if sys.argv[1:3] == ["-P", "-m"] and module.partition(".")[0] == "cpctrack":
        del sys.argv[1:4]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    else:
        run()


main()
