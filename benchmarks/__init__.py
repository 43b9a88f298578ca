"""How fast, and how much memory: `python -m benchmarks`. The tables are in docs/benchmarks.md."""
