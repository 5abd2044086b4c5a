"""How well printings are recognised, beside three baselines: `python -m bench.sameness CORPUS`."""
