"""Three common ways to recognise copies: MinHash with banding, SimHash, and equal titles.

Each takes the articles once, in order of arrival; an article joins the story of the earliest one that it matches. They
forget nothing (ours forgets after its window), and know no coverage and no relation.

`stored_bytes` is what a packed store would hold for the look-up, 8 bytes a hash, an id or a time: less than these
Python objects take. None of them keeps a text.
"""

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import xxhash

from newswire.article import Article

GRAM = 3  # words
WORD_BYTES = 8  # of a hash, an id, a time
MOST_FEATURES = 0xFFFF  # what a lane of 16 bits can count
# For each number of 16 bits the lanes that it counts in: 64 bits are summed with four additions, not with 64.
_LANES = [0]
for _bit in range(16):
    _LANES += [lanes | 1 << 16 * _bit for lanes in _LANES]


class Baseline(Protocol):
    """An index of articles, by their places in the order of arrival."""

    stored_bytes: int

    def matches(self, place: int, article: Article) -> Iterable[int]:
        """The places of earlier articles that are taken for copies; the article is in the index from now on."""


def stories_of(articles: Iterable[Article], baseline: Baseline) -> Iterator[tuple[str, str]]:
    """The id of each article and of its story, which is that of the earliest article it matches."""
    stories: list[str] = []
    for place, article in enumerate(articles):
        earliest = min(baseline.matches(place, article), default=None)
        stories.append(article.id if earliest is None else stories[earliest])
        yield article.id, stories[-1]


def grams(text: str) -> list[str]:
    """The text's words by threes, in their order; a shorter text is one of its own."""
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))]


class MinHash:
    """datasketch's MinHashLSH: 128 permutations, sets of word 3-grams, Jaccard of .5; what a band finds is believed."""

    PERMUTATIONS = 128
    THRESHOLD = 0.5

    def __init__(self) -> None:
        import datasketch

        self._new: Any = datasketch.MinHash
        self._index: Any = datasketch.MinHashLSH(threshold=self.THRESHOLD, num_perm=self.PERMUTATIONS)
        self.stored_bytes = 0

    def matches(self, place: int, article: Article) -> Iterable[int]:
        """What shares a band."""
        sketch = self._new(num_perm=self.PERMUTATIONS)
        sketch.update_batch([gram.encode("utf-8", "surrogatepass") for gram in set(grams(article.text))])
        found: list[int] = self._index.query(sketch)
        self._index.insert(place, sketch)
        # A band's key is its hashes in full; the sketch itself is not kept.
        self.stored_bytes += WORD_BYTES * self._index.b * (self._index.r + 1)
        return found


class SimHash:
    """SimHash-64 over word 3-grams, each as often as it stands there; copies differ in at most three bits.

    Found as in Manku, Jain and Das Sarma, "Detecting Near-Duplicates for Web Crawling" (WWW 2007): of four blocks of 16
    bits, two hashes that differ in three bits have at least one in common.
    """

    MOST_BITS = 3
    BLOCK = 16
    BLOCKS = range(0, 64, BLOCK)

    def __init__(self) -> None:
        self._tables: list[dict[int, list[tuple[int, int]]]] = [defaultdict(list) for _ in self.BLOCKS]
        self.stored_bytes = 0

    def matches(self, place: int, article: Article) -> Iterable[int]:
        """What differs in no more bits."""
        value = simhash(grams(article.text))
        found = set()
        for table, shift in zip(self._tables, self.BLOCKS, strict=True):
            alike = table[value >> shift & 0xFFFF]
            found |= {other for known, other in alike if (known ^ value).bit_count() <= self.MOST_BITS}
            alike.append((value, place))
            self.stored_bytes += 2 * WORD_BYTES
        return found


def simhash(features: Sequence[str]) -> int:
    """64 bits, each as most of the features' hashes have it (Charikar 2002)."""
    sums = [0] * len(SimHash.BLOCKS)  # each of 16 lanes of 16 bits, which count the features that have the bit
    for feature in features[:MOST_FEATURES]:
        value = xxhash.xxh3_64_intdigest(feature.encode("utf-8", "surrogatepass"))
        for block, shift in enumerate(SimHash.BLOCKS):
            sums[block] += _LANES[value >> shift & 0xFFFF]
    half = min(len(features), MOST_FEATURES) / 2
    return sum((sums[bit // 16] >> bit % 16 * 16 & 0xFFFF) > half and 1 << bit for bit in range(64))


class Titles:
    """Equal titles within seven days, after Media Cloud.

    Its rss-fetcher (fetcher/tasks.py, `normalized_title_exists`) drops an entry whose normalised title it has had
    within seven days from the same source; metadata-lib (mcmetadata/titles.py, `normalize_title`) normalises. Here the
    sources are not told apart: within one source no copy at another publisher could ever be found.
    """

    WINDOW = timedelta(days=7)

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, datetime]] = {}
        self.stored_bytes = 0

    def matches(self, place: int, article: Article) -> Iterable[int]:
        """The first article with this title, unless it is too long ago; an empty title is nobody's."""
        title = normalised(article.title)
        known = self._first.get(title)
        if known and article.first_seen - known[1] <= self.WINDOW:
            return (known[0],)
        if title:
            self.stored_bytes += 0 if known else 3 * WORD_BYTES  # the title's hash, the article, the time
            self._first[title] = (place, article.first_seen)
        return ()


def normalised(title: str) -> str:
    """A title without tags, character references, punctuation round it and doubled blanks; in small letters."""
    bare = re.sub(r"&#?[a-z0-9]*;?", " ", re.sub(r"<[^>]*>", "", title), flags=re.IGNORECASE)
    return " ".join(bare.strip(string.punctuation).split()).lower()


BASELINES: dict[str, Callable[[], Baseline]] = {"minhash": MinHash, "simhash": SimHash, "titles": Titles}
