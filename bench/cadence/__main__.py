"""Measure how soon news is seen, and what is missed, beside two peers' rules, a fixed interval and a clairvoyant.

    python -m bench.cadence CORPUS [--feeds 2000] [--seed 1] [--price 15] [--check]

Four weeks of simulated feeds, whose publishing is real feeds' (bench/cadence/world.py says what is in it); the first
two are there to learn, the second two are measured. Ours runs at its price; every other rule is brought to the same
number of requests within 1 %, by one factor on all its intervals. A price of 30 makes .6 of the requests, one of 7.5
makes 1.7 times as many: the longest wait stays. It takes five minutes.
Names what falls short, and exits 1 for it with --check; 2 without the corpus.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.bars import Bar, ending, falls_short
from bench.cadence.clairvoyant import clairvoyant
from bench.cadence.rules import OTHERS, ours
from bench.cadence.sight import Sight, figures, look, requests_rps
from bench.cadence.world import SimulatedFeed, templates, world
from bench.table import table
from newswire.polling.price import BASE_PRICE

BARS = (
    Bar("mean delay, of the fixed interval's", most=0.5),
    Bar("mean delay, of the better peer rule's", most=0.75),
    Bar("missed entries, less the fewest of the others'", most=0),
)
_CLAIRVOYANT = "clairvoyant"
_EQUAL = 0.01
_TRIES = 12
_SAMPLE = 10  # every tenth feed finds the factor to begin at

Look = Callable[[Sequence[SimulatedFeed], float], list[Sight]]


def equal(looked: Look, feeds: Sequence[SimulatedFeed], wanted_rps: float, factor: float) -> tuple[float, list[Sight]]:
    """The factor at which so many requests a second are made, within 1 %, and what they see. Raises RuntimeError."""
    for _ in range(_TRIES):
        sights = looked(feeds, factor)
        more = requests_rps(sights) / wanted_rps
        if abs(more - 1) <= _EQUAL:
            return factor, sights
        factor *= more
    raise RuntimeError(f"no factor brings the requests to {wanted_rps:.3f} a second; the last was {factor:.4f}")


def by_rule(rule: Callable[[SimulatedFeed, float], Sequence[float]]) -> Look:
    """What a rule's polls see."""
    return lambda feeds, factor: [look(feed, rule(feed, factor)) for feed in feeds]


def by_clairvoyance(feeds: Sequence[SimulatedFeed], factor: float) -> list[Sight]:
    """What the clairvoyant sees: its requests are as the root of its price, so the factor counts squared."""
    return [look(feed, polls) for feed, polls in zip(feeds, clairvoyant(feeds, 2 * factor**2), strict=True)]


def bench(feeds: Sequence[SimulatedFeed], price: float) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Our figures, and the others'."""
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", file=sys.stderr, flush=True)

    mine = by_rule(ours)(feeds, price / BASE_PRICE)
    found, wanted = figures(mine), requests_rps(mine)
    say(f"wirefold: {wanted:.3f} requests a second")
    others = {}
    for name, rule in [*OTHERS.items(), (_CLAIRVOYANT, None)]:
        looked, factor = (by_rule(rule.polls), rule.factor) if rule else (by_clairvoyance, price / BASE_PRICE)
        some = feeds[::_SAMPLE]
        factor, _ = equal(looked, some, requests_rps(mine[::_SAMPLE]), factor)
        factor, sights = equal(looked, feeds, wanted, factor)
        others[name] = figures(sights, cold=rule is not None)
        say(f"{name}: factor {factor:.4f}")
    return found | _against(found, [others[name] for name in OTHERS]), others


def _against(found: dict[str, float], others: Sequence[dict[str, float]]) -> dict[str, float]:
    mean, missed = "mean delay, minutes", "missed entries"
    values = (
        found[mean] / others[0][mean],
        found[mean] / min(other[mean] for other in others[1:]),
        found[missed] - min(other[missed] for other in others),
    )
    return {bar.figure: value for bar, value in zip(BARS, values, strict=True)}


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--feeds", type=int, default=2000, metavar="N", help="simulated")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the world")
    parser.add_argument("--price", type=float, default=BASE_PRICE, help="of a request, which ours runs at")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is not reached")
    arguments = parser.parse_args()
    pages = arguments.corpus / "pages"
    if not (pages / "feeds.jsonl").is_file():
        print(f"no feeds at {pages}: nothing measured")
        return 2
    known = templates(pages)
    print(f"{len(known)} real feeds with dates make {arguments.feeds:,}, seed {arguments.seed}", file=sys.stderr)
    found, others = bench(list(world(known, arguments.feeds, arguments.seed)), arguments.price)
    print(table(BARS, found, others))
    short = falls_short(BARS, found)
    print(ending(short))
    return int(bool(arguments.check and short))


if __name__ == "__main__":
    sys.exit(main())
