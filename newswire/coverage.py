"""Which coverage a new story joins: the one whose centre tells of the same happening.

Promises that a link never merges, and that a coverage does not grow through chains: only its first story, the centre,
is held against the newcomer.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from math import log, sqrt

from newswire.anchors import latin, sound
from newswire.comparable import KEPT_TEXTS, Comparable, comparable
from newswire.story import Story, centre_id

WINDOW = timedelta(hours=72)
# Tuned on the dev stream's 364 same-event and 2,196 unrelated pairs (bench/sameness.py).
LINKED = 0.3


def nearest_coverage(text: Comparable, stories: Iterable[Story], seen: datetime) -> tuple[str, str, float]:
    """The coverage whose centre is most like the text, that centre's article, and how like (0 to 1); "" where none is.

    `seen` is when the text came. Only the centres among the stories are looked at.
    """
    best = ("", "", 0.0)
    for story in stories:
        if story.id != centre_id(story.coverage) or abs(seen - story.first_seen) > WINDOW:
            continue
        likeness = resemblance(text, comparable(story.root.title, story.root.text))
        if likeness >= LINKED and likeness > best[2]:
            best = (story.coverage, story.root.article, likeness)
    return best


def resemblance(new: Comparable, old: Comparable) -> float:
    """The cosine of what the two texts name, count and say most."""
    mine, theirs = profile(new), profile(old)
    shared = sum(weight * theirs[feature] for feature, weight in mine.items() if feature in theirs)
    return shared / (_length(mine) * _length(theirs) or 1.0)


@lru_cache(maxsize=KEPT_TEXTS)
def profile(text: Comparable) -> dict[str, float]:
    """Names three times, numbers and long words once, each by the logarithm of how often it occurs."""
    counts: Counter[str] = Counter()
    for word in text.words:
        form = latin(word)
        if form in text.names:
            counts["~" + (sound(form) or form)] += 1
        elif len(form) >= 6 and not form[0].isdigit():
            counts["=" + form[:6]] += 1
    weights = {feature: (3 if feature[0] == "~" else 1) * (1 + log(count)) for feature, count in counts.items()}
    return weights | {"#" + number: 1.0 for number in text.numbers}


def _length(weights: dict[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))
