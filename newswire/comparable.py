"""A printing made ready to be compared: its words, its narrative, its sentences with their numbers and names.

Promises that furniture leaves no trace in it, and that quotations leave none in the narrative: two agencies at one
press conference share the quotations. Kept for the texts last looked at, since one decision compares many pairs.
"""

from collections import Counter
from collections.abc import Collection
from functools import cached_property, lru_cache

from newswire import anchors, gazetteer
from newswire.furniture import without_furniture
from newswire.text import plain, sentences, without_quotations, words

SHINGLE = 5  # words: the length used by the study of 229 natural pairs
SAMPLE = 40  # words: enough to tell a script
STEM = 6  # letters: past them are endings
MAX_SENTENCES = 400
# A parsed text of 1,000 words takes about 200 KB, with its sentences 300.
KEPT_TEXTS = 256


class Sentence:
    """One sentence with what can agree between two."""

    def __init__(self, text: str, names: Collection[str], language: str, *, is_caseless: bool) -> None:
        self.text = text
        self.words = words(text)
        self.numbers = frozenset(anchors.numbers(text, gazetteer.scales(language)))
        self.language = language
        self.is_caseless = is_caseless
        self.names = frozenset(word for word in map(anchors.latin, self.words) if word in names)

    @cached_property
    def known(self) -> dict[int, str]:
        """What every language has a word for, by the place of the word."""
        return gazetteer.known(self.words, self.language)

    @cached_property
    def abbreviated(self) -> frozenset[str]:
        """The same, of what is abbreviated."""
        return frozenset(gazetteer.abbreviations(self.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The sentence's words two by two."""
        return frozenset(zip(self.words, self.words[1:], strict=False))


class Comparable:
    """One text, parsed as far as it was asked for."""

    def __init__(self, title: str, text: str, language: str = "") -> None:
        self.language = language
        self.title = plain(title)
        self.body = "\n".join(without_furniture(plain(text).split("\n")))
        self.words = words(self.body)
        self.narrative_body = without_quotations(self.body)
        self.narrative = words(self.narrative_body) if self.narrative_body != self.body else self.words

    def _sentence(self, piece: str) -> Sentence:
        return Sentence(piece, self.names, self.language, is_caseless=self.is_caseless)

    @cached_property
    def is_caseless(self) -> bool:
        """Whether its script has no capitals."""
        sample = [word[0] for word in self.words if word[0].isalpha()][:SAMPLE]
        return sum(not letter.islower() for letter in sample) > len(sample) / 2

    @cached_property
    def _pieces(self) -> list[str]:
        return _split(self.body)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The runs of five words of the whole body."""
        return shingles(self.words)

    @cached_property
    def narrative_shingles(self) -> frozenset[int]:
        """The runs of five words outside quotations."""
        return shingles(self.narrative)

    @cached_property
    def commonest(self) -> frozenset[str]:
        """The ten commonest words: articles and prepositions, which tell one language from another."""
        return frozenset(word for word, _ in Counter(word for word in self.words if word.isalpha()).most_common(10))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The long words without their endings."""
        return frozenset(anchors.latin(word)[:STEM] for word in self.words if len(word) >= STEM)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """The numbers of the body in order."""
        return tuple(anchors.numbers(self.body, gazetteer.scales(self.language)))

    @cached_property
    def known(self) -> dict[int, str]:
        """What every language has a word for, by the place of the word in the body."""
        return gazetteer.known(self.words, self.language)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the body."""
        return frozenset(self.figures)

    @cached_property
    def names(self) -> dict[str, int]:
        """The names of the body with their weight, the weightiest first."""
        return dict(anchors.names(self._pieces).most_common())

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How the names sound."""
        return frozenset(filter(None, map(anchors.sound, self.names)))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The body's words two by two."""
        return frozenset(zip(self.words, self.words[1:], strict=False))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The body's sentences in order."""
        return tuple(self._sentence(piece) for piece in self._pieces)

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """The narrative's sentences in order: what is left of them without quotations."""
        if self.narrative_body == self.body:
            return self.sentences
        whole = {sentence.text: sentence for sentence in self.sentences}
        return tuple(whole.get(piece) or self._sentence(piece) for piece in _split(self.narrative_body))


def _split(body: str) -> list[str]:
    return [piece for paragraph in body.split("\n") for piece in sentences(paragraph)][:MAX_SENTENCES]


def in_one_language(new: Comparable, new_language: str, old: Comparable, old_language: str) -> bool:
    """Whether two texts are in one language, by what is declared; by their commonest words where one declares none.

    Of ten, two English reports share six or so, and two in Spanish and Portuguese three.
    """
    if new_language and old_language:
        return new_language == old_language
    return len(new.commonest & old.commonest) >= 4


def kinship(one: Comparable, other: Comparable) -> float:
    """The share of the shorter text's long words that the other has too, endings aside: cheap, 0 to 1."""
    short, long = sorted((one, other), key=lambda text: len(text.words))
    return len(short.stems & long.stems) / len(short.stems) if short.stems else 1.0


def shingles(sequence: list[str]) -> frozenset[int]:
    """The runs of five words, each as its hash in this process; a shorter sequence is one run."""
    if len(sequence) < SHINGLE:
        return frozenset([hash(tuple(sequence))] if sequence else [])
    return frozenset(map(hash, zip(*(sequence[i:] for i in range(SHINGLE)), strict=False)))


def contained(inner: Comparable, outer: Comparable) -> float:
    """The share of the inner text's narrative that stands in the outer's, 0 to 1 (Broder 1997)."""
    mine = inner.narrative_shingles
    return len(mine & outer.narrative_shingles) / len(mine) if mine else 0.0


@lru_cache(maxsize=KEPT_TEXTS)
def comparable(title: str, text: str, language: str = "") -> Comparable:
    """The text parsed; of one that was looked at a moment ago, the same object."""
    return Comparable(title, text, language)
