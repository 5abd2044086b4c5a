"""What of a text goes into the index: sampled shingles, typed anchors, exact keys.

Promises that a printing cut to its first paragraphs, or with paragraphs added, still shares shingles with the whole,
and a translation still shares anchors. A hash means the same in every run and on every machine; SEED is mixed into
each, so that two ways of making them never meet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice, pairwise

import xxhash
from msgspec import Struct

from newswire.article import Article
from newswire.sameness import anchors, gazetteer
from newswire.sameness.comparable import SHINGLE, Comparable, comparable

# The version, as the seed of every hash.
SEED = 1

# Sampled by value, one in so many: leads are what publishers keep. 90 shingles of 1,000 words.
HEAD_WORDS = 150
HEAD_SAMPLE = 4
TAIL_SAMPLE = 16
# A hostile text may not fill the index: as many as 11,000 words give.
MAX_SHINGLES = 700
# A shorter body is a slogan or a cookie notice; the same one twice says nothing.
MIN_BODY_WORDS = 12
# Quotas by kind: without them German nouns crowd out the names (candidates found in 39 % instead of 91-100 %).
# Two that follow each other are rare where each alone is common. Found among the best eight, on the dev stream: 98 % of
# translations and 96 % of cut ones; without what the gazetteer knows 96 and 92 %; of Arabic ones without the sounds of
# any word 87 % instead of 93 %.
NUMBERS = 12
NUMBER_PAIRS = 8
NAMES = 16
SOUNDS = 16
SOUNDS_OF_ANY = 60
SOUND_PAIRS = 8
KNOWN = 6
BESIDE = 16
# The longest words that are no names: for two translations into one language (97 to 99 % found).
WORDS = 8
LONG_WORD = 8


class Signature(Struct, frozen=True, kw_only=True):
    """64-bit hashes, each sorted and once. The kind and the version are mixed into every hash."""

    exact: tuple[int, ...]  # body hash, canonical link, guid at its publisher
    shingles: tuple[int, ...]
    anchors: tuple[int, ...]


def sign(article: Article) -> Signature:
    """The signature of an article."""
    text = comparable(article)
    return Signature(
        exact=_sorted(exact_keys(article, text)), shingles=_sorted(_shingles(text)), anchors=_sorted(_anchors(text))
    )


def exact_keys(article: Article, text: Comparable) -> set[int]:
    """Hashes of the body's words, of the canonical link, and of the guid at its publisher."""
    keys = set()
    if len(text.words) >= MIN_BODY_WORDS:
        keys.add(_hash("body", *text.words))
    if article.url:
        keys.add(_hash("link", article.url))
    if article.guid:
        keys.add(_hash("guid", article.publisher, article.guid))
    return keys


def _shingles(text: Comparable) -> set[int]:
    # Four bytes a letter, so that a word's place is four times the letters before it.
    letters = "\x1f".join(text.words).encode("utf-32-le", "surrogatepass")
    ends = [4 * (end + at) for at, end in enumerate(accumulate(map(len, text.words)))]
    starts = [0, *(end + 4 for end in ends)]
    runs = zip(starts, ends[SHINGLE - 1 :], strict=False)
    values = [xxhash.xxh3_64_intdigest(letters[start:end], SEED) for start, end in runs]
    head = [value for value in values[:HEAD_WORDS] if value % HEAD_SAMPLE == 0]
    tail = [value for value in values[HEAD_WORDS:] if value % TAIL_SAMPLE == 0]
    return set(islice(dict.fromkeys(head + tail), MAX_SHINGLES))


def _anchors(text: Comparable) -> set[int]:
    forms = list(map(anchors.latin, text.words))
    known = {forms[at] for at in text.known}
    names = [name for name in text.names if name not in known]
    sounds = [anchors.sound(name) for name in forms if name in text.names]
    # Of a script without capitals whichever words may be names.
    sounding = [gazetteer.bare(form, text.language) for form in forms] if text.is_caseless else names
    long_words = {word for word in forms if len(word) >= LONG_WORD and word.isalpha()}
    mentioned = Counter((*text.known.values(), *gazetteer.abbreviations(text.body)))
    kinds: dict[str, tuple[int, Iterable[str]]] = {
        "number": (NUMBERS, sorted(text.numbers, key=_tells_most)),
        "numbers": (NUMBER_PAIRS, (f"{a} {b}" for a, b in pairwise(text.figures) if a != b)),
        "name": (NAMES, names),
        "sound": (SOUNDS_OF_ANY if text.is_caseless else SOUNDS, filter(None, map(anchors.sound, sounding))),
        "sounds": (SOUND_PAIRS, (f"{a} {b}" for a, b in pairwise(sounds) if a and b and a != b)),
        "known": (KNOWN, (key for key, _ in mentioned.most_common())),
        "beside": (BESIDE, (" ".join(sorted(two)) for two in pairwise(islice(_typed(text), 3 * BESIDE)))),
        "word": (WORDS, sorted(long_words - text.names.keys(), key=lambda word: (-len(word), word))),
    }
    return {
        _hash(kind, value) for kind, (quota, values) in kinds.items() for value in islice(dict.fromkeys(values), quota)
    }


def _typed(text: Comparable) -> Iterator[str]:
    """What the text names in any language, and its numbers, in order: `30 dollars in January`."""
    scales = gazetteer.scales(text.language)
    last = ""
    for at, word in enumerate(text.words):
        token = text.known.get(at, "")
        if word[0].isdigit() and (found := anchors.numbers(" ".join(text.words[at : at + 2]), scales)):
            token = found[0]
        if token and token != last:
            yield token
            last = token


def _tells_most(number: str) -> tuple[int, str]:
    """Long numbers first; years tell little."""
    is_year = len(number) == 4 and number[:2] in ("19", "20")
    return (0 if is_year else -len(number), number)


def _hash(kind: str, *parts: str) -> int:
    return xxhash.xxh3_64_intdigest("\x1f".join((kind, *parts)).encode("utf-8", "surrogatepass"), seed=SEED)


def _sorted(values: set[int]) -> tuple[int, ...]:
    return tuple(sorted(values))
