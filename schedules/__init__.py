"""What and when: the feeds one starts with, and the clock."""
