"""Whether every reader gets every event: `python -m bench.readers`."""
