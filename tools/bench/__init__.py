"""Benchmarks of qms_docs: `python -m tools.bench --help`; docs/benchmarks.md has results."""
