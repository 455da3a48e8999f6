"""What the tests of minutes share."""

import importlib
import importlib.util
import sys

import pytest


@pytest.fixture
def package(root):
    """Import the benchmark as a package: the gate keeps the checkout off the path."""
    folder = root / "benchmarks" / "minutes"
    spec = importlib.util.spec_from_file_location(
        "minutes_benchmark", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["minutes_benchmark"] = module
    spec.loader.exec_module(module)
    yield lambda name: importlib.import_module(f"minutes_benchmark.{name}")
    for name in [name for name in sys.modules if name.startswith("minutes_benchmark")]:
        del sys.modules[name]
