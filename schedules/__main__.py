"""`python -m schedules`: the clock, in a process of its own."""

import sys

from workers.errors import BadSetting


def main() -> None:
    """Run beat until it is told to stop."""
    import schedules.beat  # noqa: F401 - sets the app's schedule
    from workers.tasks import app

    # `max-interval`: beat looks at its schedule at least so often, in seconds.
    app.start(["beat", "--loglevel", "WARNING", "--max-interval", "1", "--pidfile", ""])


if __name__ == "__main__":
    try:
        main()
    except BadSetting as error:
        sys.exit(f"wirefold: {error}")
