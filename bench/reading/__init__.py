"""How well pages are read, and at what cost, beside other extractors: `python -m bench.reading CORPUS`."""
