"""What it means: the words and decisions of the trade. No I/O, no clock, no environment: `now` is a parameter."""
