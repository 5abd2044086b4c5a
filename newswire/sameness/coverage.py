"""Which coverage a new story joins: the one whose centre tells of the same happening.

Promises that a link never merges, and that a coverage does not grow through chains: only its first story, the centre,
is held against the newcomer.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from math import hypot, log

from newswire.sameness import anchors
from newswire.sameness.comparable import KEPT_TEXTS, Comparable, in_one_language
from newswire.story import Story, centre_id

WINDOW = timedelta(hours=72)
# On the dev stream: 84 % of 364 pairs of one event are as like, and 0.4 % of 813 unrelated pairs of one day. Names and
# words in one cosine: 89 % and 2.2 % at .3, 85 % and 0.7 % at .35.
LINKED = 0.3
# Two reports in one language must share as much of their long words too, or one minister's two statements of a day are
# one happening: costs 2 % of the pairs of one event, and 12 % of the unrelated ones that were linked.
WORDED = 0.2
# Two reports must share rare names and figures, the more of them the later the second comes: a month of politics has
# one cast. Rarity is what the index says (1 = in one story of the window, 0 = in a hundred). Simulated on dev:
# without, the largest coverage has 137 articles, F1 of links .781; with 1 at any age 64 and .804; with .7 and
# one more at the window's end 60 and .790; with 1 and .5 more 55 and .777.
RARE = 0.7
RARE_LATER = 1.0
LONG_WORD = 6
# The names of two reports in two languages must be .45 alike to be linked.
ACROSS_LANGUAGES = 2 / 3

Profile = dict[str, float]  # features with their weights


def may_be_centre(story: Story, anchors_shared: float, seen: datetime) -> bool:
    """Whether a text seen then may join the coverage through this story: it is the centre, not long ago, and near.

    `anchors_shared` are the anchors that the two share, weighted by their rarity.
    """
    age = abs(seen - story.first_seen) / WINDOW
    return story.id == centre_id(story.coverage) and age <= 1 and anchors_shared >= RARE + RARE_LATER * age


def nearest_coverage(text: Comparable, centres: Iterable[tuple[Story, Comparable]]) -> tuple[str, str, float]:
    """The coverage whose centre is most like the text, that centre's article, and how like (0 to 1); "" where none is.

    Each centre comes with the text of its root.
    """
    best = ("", "", 0.0)
    for story, root in centres:
        likeness = resemblance(text, root)
        if likeness >= LINKED and likeness > best[2]:
            best = (story.coverage, story.root.article, likeness)
    return best


def resemblance(new: Comparable, old: Comparable) -> float:
    """How like the two texts are in what they name and say, 0 to 1.

    The mean of the cosines of names and of long words, of which the words count no further than the names do: two match
    reports are one in their words. 0 where names or words have too little in common: most neighbours are refused by
    their names, before their words are read. Across languages only the names can tell, and must tell more.
    """
    named = _cosine(_named(new), _named(old))
    if named < LINKED:
        return 0.0
    if not in_one_language(new, old):
        return ACROSS_LANGUAGES * named
    worded = _cosine(_worded(new), _worded(old))
    return (named + min(worded, named)) / 2 if worded >= WORDED else 0.0


@lru_cache(maxsize=KEPT_TEXTS)
def _named(text: Comparable) -> Profile:
    """The names, by their sound, each by the logarithm of how much speaks for it."""
    found: Counter[str] = Counter()
    for name, weight in text.names.items():
        found[anchors.sound(name) or name] += weight
    return _logarithms(found)


@lru_cache(maxsize=KEPT_TEXTS)
def _worded(text: Comparable) -> Profile:
    """The long words that are no names, without endings, each by the logarithm of how often it occurs."""
    long_words = (form for form in map(anchors.latin, text.words) if len(form) >= LONG_WORD)
    return _logarithms(
        Counter(form[:LONG_WORD] for form in long_words if form not in text.names and not form[0].isdigit())
    )


def _logarithms(counts: Counter[str]) -> dict[str, float]:
    return {feature: 1 + log(count) for feature, count in counts.items()}


def _cosine(mine: dict[str, float], theirs: dict[str, float]) -> float:
    shared = sum(weight * theirs[feature] for feature, weight in mine.items() if feature in theirs)
    return shared / (hypot(*mine.values()) * hypot(*theirs.values()) or 1.0)
