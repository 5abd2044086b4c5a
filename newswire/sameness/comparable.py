"""A printing made ready to be compared: its words, its narrative, its sentences with their numbers and names.

Promises that furniture leaves no trace in it, and that quotations leave none in the narrative: two agencies at one
press conference share the quotations. What is dear to find (`Parsed`) can be kept beside the text.
"""

from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from msgspec import Struct

from newswire.article import Article
from newswire.furniture import without_furniture
from newswire.sameness import anchors, gazetteer
from newswire.text import plain, sentences, without_quotations, words

SHINGLE = 5  # words: the length used by the study of 229 natural pairs
SAMPLE = 40  # words: enough to tell a script
SHORT_SHARED = 0.2
STEM = 6  # letters: past them are endings
MAX_SENTENCES = 400
# One decision compares many pairs, and the next on its topic the same. A text of 1,000 words takes about 300 KB.
KEPT_TEXTS = 256
# An article is parsed for its signature, and looked at again when its decision is made, and its story told.
KEPT_ARTICLES = 8


class Parsed(Struct, frozen=True, array_like=True):
    """What is dear to find in a text, to be kept beside it."""

    furniture: tuple[int, ...]  # which lines of the plain text are none of the story
    names: str  # with blanks between, the weightiest first
    weights: bytes  # theirs, 255 for more


class Sentence:
    """One sentence with what can agree between two."""

    def __init__(
        self, text: str, found: list[str], names: Collection[str], language: str, *, is_caseless: bool
    ) -> None:
        self.text = text
        self.words = found
        self.language = language
        self.is_caseless = is_caseless
        self.figures = anchors.numbers(text, gazetteer.scales(language), found)
        self.numbers = frozenset(self.figures)
        self.names = frozenset(word for word in map(anchors.latin, found) if word in names)

    @cached_property
    def known(self) -> dict[int, str]:
        """What every language has a word for, by the place of the word."""
        return gazetteer.known(self.words, self.language)

    @cached_property
    def abbreviated(self) -> tuple[str, ...]:
        """The same, of what is abbreviated."""
        return tuple(gazetteer.abbreviations(self.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The sentence's words two by two."""
        return frozenset(pairwise(self.words))


class Comparable:
    """One text, parsed as far as it was asked for. `language` is as declared, "" where none is."""

    def __init__(self, title: str, text: str, language: str = "", parsed: Parsed | None = None) -> None:
        self._printed = title, text
        self._parsed = parsed
        self.language = language

    @cached_property
    def title(self) -> str:
        """The plain title."""
        return plain(self._printed[0])

    @cached_property
    def text(self) -> str:
        """The plain text, with its furniture."""
        return plain(self._printed[1])

    @cached_property
    def body(self) -> str:
        """The plain text without its furniture."""
        lines = self.text.split("\n")
        if self._parsed is None:
            return "\n".join(without_furniture(lines))
        return "\n".join(line for at, line in enumerate(lines) if at not in self._parsed.furniture)

    @cached_property
    def narrative_body(self) -> str:
        """The body without quotations."""
        return without_quotations(self.body)

    def _sentence(self, piece: str, found: list[str]) -> Sentence:
        return Sentence(piece, found, self.names, self.language, is_caseless=self.is_caseless)

    @cached_property
    def is_caseless(self) -> bool:
        """Whether its script has no capitals."""
        sample = list(islice((word[0] for word in self.words if word[0].isalpha()), SAMPLE))
        return sum(not letter.islower() for letter in sample) > len(sample) / 2

    @cached_property
    def is_ideographic(self) -> bool:
        """Whether it is written in signs that are a word each."""
        sample = self.words[:SAMPLE]
        return sum(len(word) == 1 and word.isalpha() for word in sample) > len(sample) / 2

    @property
    def parsed(self) -> Parsed:
        """What need not be found again."""
        furniture = _left_out(self.text.split("\n"), self.body.split("\n"))
        return Parsed(furniture, " ".join(self.names), bytes(min(weight, 255) for weight in self.names.values()))

    @cached_property
    def _pieces(self) -> list[tuple[str, list[str]]]:
        return [(piece, words(piece)) for piece in _split(self.body)]

    @cached_property
    def words(self) -> list[str]:
        """The words of the body in order."""
        return [word for _, found in self._pieces for word in found]

    @cached_property
    def narrative(self) -> list[str]:
        """The words outside quotations in order."""
        return words(self.narrative_body) if self.narrative_body != self.body else self.words

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The runs of five words of the whole body."""
        return shingles(self.words)

    @cached_property
    def narrative_shingles(self) -> frozenset[int]:
        """The runs of five words outside quotations."""
        return shingles(self.narrative)

    @cached_property
    def short_words(self) -> frozenset[str]:
        """The words of up to four letters: articles and prepositions are among them, which tell languages apart."""
        return frozenset(word for word in self.words if len(word) <= 4 and word.isalpha())

    @cached_property
    def stems(self) -> frozenset[str]:
        """The long words without their endings."""
        return frozenset(anchors.latin(word)[:STEM] for word in self.words if len(word) >= STEM)

    @cached_property
    def known(self) -> dict[int, str]:
        """What every language has a word for, by the place of the word in the body."""
        return gazetteer.known(self.words, self.language)

    @cached_property
    def figures(self) -> list[str]:
        """The numbers of the body in order."""
        return [figure for sentence in self.sentences for figure in sentence.figures]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the body."""
        return frozenset(self.figures)

    @cached_property
    def names(self) -> dict[str, int]:
        """The names of the body with their weight, the weightiest first."""
        if self._parsed is not None:
            return dict(zip(self._parsed.names.split(), self._parsed.weights, strict=True))
        return dict(anchors.names(piece for piece, _ in self._pieces[:MAX_SENTENCES]).most_common())

    @cached_property
    def sounds(self) -> frozenset[str]:
        """How the names sound."""
        return frozenset(filter(None, map(anchors.sound, self.names)))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The body's first sentences in order."""
        return tuple(self._sentence(piece, found) for piece, found in self._pieces[:MAX_SENTENCES])

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """The narrative's sentences in order: what is left of them without quotations."""
        if self.narrative_body == self.body:
            return self.sentences
        whole = {sentence.text: sentence for sentence in self.sentences}
        pieces = _split(self.narrative_body)[:MAX_SENTENCES]
        return tuple(whole.get(piece) or self._sentence(piece, words(piece)) for piece in pieces)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The body's words two by two."""
        return frozenset(pairwise(self.words))


def _split(body: str) -> list[str]:
    return [piece for paragraph in body.split("\n") for piece in sentences(paragraph)]


def _left_out(lines: Sequence[str], kept: Sequence[str]) -> tuple[int, ...]:
    """Which of the lines are not kept; those kept are in order."""
    rest = iter(kept)
    expected = next(rest, None)
    missing = []
    for at, line in enumerate(lines):
        if line == expected:
            expected = next(rest, None)
        else:
            missing.append(at)
    return tuple(missing)


def in_one_language(new: Comparable, old: Comparable) -> bool:
    """Whether two texts are in one language, by what is declared; by their short words where one declares none.

    Of the short words of a text with 150 words another in its language has a third, one in French and Spanish a fifth,
    in English and German a twentieth (medians).
    """
    if new.language and old.language:
        return new.language == old.language
    mine, theirs = new.short_words, old.short_words
    return len(mine & theirs) >= SHORT_SHARED * min(len(mine), len(theirs))


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


@lru_cache(maxsize=KEPT_ARTICLES)
def comparable(article: Article) -> Comparable:
    """The article's text parsed; of one that was looked at a moment ago, the same object."""
    return Comparable(article.title, article.text, article.language)
