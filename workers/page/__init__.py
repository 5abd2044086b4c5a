"""A page's bytes taken apart: its tree, what it says of itself, its lines, and which of them are its text."""
