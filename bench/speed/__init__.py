"""What an article costs in a full window: `python -m bench.speed CORPUS`."""
