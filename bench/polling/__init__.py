"""The whole service against a fleet of publishers on this machine: `python -m bench.polling`."""
