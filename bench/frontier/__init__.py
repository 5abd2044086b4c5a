"""What the frontier carries: `python -m bench.frontier`."""
