"""Which coverage a new story joins: the one whose centre tells of the same happening.

Promises that a link never merges, and that a coverage does not grow through chains: only its first story, the centre,
is held against the newcomer.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from math import hypot, log

from newswire import anchors
from newswire.comparable import KEPT_TEXTS, Comparable, comparable, in_one_language
from newswire.story import Story, centre_id

WINDOW = timedelta(hours=72)
# On the dev stream: 84 % of 364 pairs of one event are as like, and 0.4 % of 813 unrelated pairs of one day. Names and
# words in one cosine: 89 % and 2.2 % at .3, 85 % and 0.7 % at .35.
LINKED = 0.3
# Two reports in one language must share as much of their long words too, or one minister's two statements of a day are
# one happening: costs 2 % of the pairs of one event, and 12 % of the unrelated ones that were linked.
WORDED = 0.2
LONG_WORD = 6
# Centres come again and again; the profile of a text of 1,000 words takes about 30 KB.
KEPT_PROFILES = 512
# The names of two reports in two languages must be .45 alike to be linked.
ACROSS_LANGUAGES = 2 / 3

Profile = tuple[dict[str, float], dict[str, float]]  # names and long words, each with its weight


def nearest_coverage(
    text: Comparable, language: str, stories: Iterable[Story], seen: datetime
) -> tuple[str, str, float]:
    """The coverage whose centre is most like the text, that centre's article, and how like (0 to 1); "" where none is.

    `seen` is when the text came. Only the centres among the stories are looked at.
    """
    best = ("", "", 0.0)
    for story in stories:
        if story.id != centre_id(story.coverage) or abs(seen - story.first_seen) > WINDOW:
            continue
        root = story.root
        if language and root.language:
            same_language = language == root.language
        else:
            same_language = in_one_language(
                text, language, comparable(root.title, root.text, root.language), root.language
            )
        likeness = _likeness(
            profile(text), _profile_of(root.title, root.text, root.language), same_language=same_language
        )
        if likeness >= LINKED and likeness > best[2]:
            best = (story.coverage, story.root.article, likeness)
    return best


def resemblance(new: Comparable, old: Comparable, *, same_language: bool) -> float:
    """How like the two texts are in what they name and say, 0 to 1.

    The mean of the cosines of names and of long words, of which the words count no further than the names do: two match
    reports are one in their words. 0 where the words have too little in common. Across languages only the names can
    tell, and must tell more.
    """
    return _likeness(profile(new), profile(old), same_language=same_language)


def _likeness(new: Profile, old: Profile, *, same_language: bool) -> float:
    named, worded = (_cosine(mine, theirs) for mine, theirs in zip(new, old, strict=True))
    if not same_language:
        return ACROSS_LANGUAGES * named
    return (named + min(worded, named)) / 2 if worded >= WORDED else 0.0


@lru_cache(maxsize=KEPT_PROFILES)
def _profile_of(title: str, text: str, language: str) -> Profile:
    return profile(comparable(title, text, language))


@lru_cache(maxsize=KEPT_TEXTS)
def profile(text: Comparable) -> Profile:
    """The names, by their sound, and the long words, each by the logarithm of how often it occurs."""
    forms = Counter(anchors.latin(word) for word in text.words)
    named: Counter[str] = Counter()
    worded: Counter[str] = Counter()
    for form, count in forms.items():
        if form in text.names:
            named[anchors.sound(form) or form] += count
        elif len(form) >= LONG_WORD and not form[0].isdigit():
            worded[form[:LONG_WORD]] += count
    return _logarithms(named), _logarithms(worded)


def _logarithms(counts: Counter[str]) -> dict[str, float]:
    return {feature: 1 + log(count) for feature, count in counts.items()}


def _cosine(mine: dict[str, float], theirs: dict[str, float]) -> float:
    shared = sum(weight * theirs[feature] for feature, weight in mine.items() if feature in theirs)
    return shared / (hypot(*mine.values()) * hypot(*theirs.values()) or 1.0)
