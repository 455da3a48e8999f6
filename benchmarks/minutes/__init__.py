"""How much of what people labelled in minutes is found: ``python -m benchmarks.minutes``."""
