"""How soon news is seen, at what number of requests: `python -m bench.cadence CORPUS`."""
