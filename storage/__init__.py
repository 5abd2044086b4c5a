"""Where: everything that is kept lies in Redis, and only this floor speaks to it."""
