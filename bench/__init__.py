"""Measurements on a corpus that is no part of the project; run from its root."""
