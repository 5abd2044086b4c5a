"""How: the stages of an article's way, and the Celery tasks that carry it along them."""
