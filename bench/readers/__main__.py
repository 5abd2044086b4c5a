"""Whether every reader gets every event, once or more, whatever befalls him. `make bench-readers`.

    python -m bench.readers [--stories 50000] [--kills 100] [--check]

On throw-away Redis servers of its own. Two processes commit invented stories through the service's own commit, with
copies, updates, withdrawals, merges, splits and rejects; three groups read: one at once, one that falls far behind the
window, and the project's example, which is killed between read and acknowledgement. All the while the streams are
trimmed. Everybody writes down what he did, and the ledgers are compared.
Names what falls short, and exits 1 for it with --check.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.bars import Bar, ending, falls_short
from bench.readers.figures import AGAIN, GAPS, MISSED, OTHERWISE, TAKING, UNREAD, Figures, figures_of
from bench.readers.overrun import BARS, overrun
from bench.readers.soak import GROUPS, soak
from bench.table import table
from storage.embedded import throwaway

PER_GROUP = (MISSED, GAPS, UNREAD)


def bars(stories: int, kills: int) -> list[Bar]:
    """What is to be reached with so many stories."""
    return [
        Bar("stories published", least=stories),
        Bar("types of events", least=10),
        Bar("events committed and on no stream, or the reverse", most=0),
        *(Bar(figure.format(group), most=0) for figure in PER_GROUP for group in GROUPS),
        Bar(AGAIN.format("fast"), most=0),
        Bar(AGAIN.format("slow"), most=0),
        Bar("kills between read and acknowledgement", least=kills),
        # The one event in hand; what else was delivered and not handled is handled then for the first time.
        Bar(AGAIN.format("killed, beyond one a kill"), most=0),
        Bar("long texts in keys of their own, handled by killed", least=stories // 500),
        Bar("  of which only the beginning was there", most=0),
        # Or the slow group was not slow, and nothing was shown.
        Bar("entries behind, most, slow", least=0.4 * stories),
        Bar(TAKING, least=0.9),
        Bar("entries trimmed, in all", least=stories),
        # As many as are appended between two trimmings, a few times over.
        Bar("entries older than the window that nobody waited for, most", most=1000),
        Bar("alarms", most=0),
        Bar("entries left a window after all was read", most=1000),
        *(Bar(OTHERWISE.format(when), most=0) for when in ("half-way", "at the end")),
        *BARS,
    ]


def bench(stories: int, kills: int) -> Figures:
    """Every figure."""
    with tempfile.TemporaryDirectory(prefix="wirefold-") as name, throwaway() as url:
        folder = Path(name)
        figures = figures_of(soak(url, stories, kills, folder), folder)
    with tempfile.TemporaryDirectory(prefix="wirefold-") as name, throwaway() as url:
        return figures | overrun(url, Path(name))


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--stories", type=int, default=50_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    figures = bench(arguments.stories, arguments.kills)
    wanted = bars(arguments.stories, arguments.kills)
    print("\n" + table(wanted, figures, {}))
    short = falls_short(wanted, figures)
    print(ending(short))
    return int(bool(short) and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
