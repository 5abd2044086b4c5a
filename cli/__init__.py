"""`wirefold …`: one file a group of commands."""
