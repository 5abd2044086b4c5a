"""Blocks of narrative that two texts share word for word, as when one quotes a piece of the other, or sums it up.

Promises that quotations make no block, nor what many stories hold (a site's lines, a statement that all print), nor
speech without its marks. A block never merges two texts; it says that one holds a piece of the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby

from msgspec import Struct

from newswire.article import Article
from newswire.sameness import anchors
from newswire.sameness.comparable import SHINGLE, Comparable
from newswire.story import Story

# On the dev stream blocks of 35 words name 70 of 75 digests, 21 of 35 excerpts, and 1.1 % of all other articles (posts
# and statements that were printed without marks, much of it); with 25 words 22 excerpts and 2.0 %.
BLOCK_WORDS = 35
# Who begins with the block and goes on about it wrote it.
LEAD_WORDS = 40
# What three stories hold is a site's own line, or a statement that everyone prints.
COMMON = 3
# Speech printed without marks says I and we. Of 60 pairs that share only quotations, 21 share a block as long; with at
# most one such word in fifty 9 do, and no excerpt more is missed.
OWN_VOICE = 50
_FIRST_PERSON = {
    language: frozenset(pronouns.split())
    for language, pronouns in {
        "en": "i my me myself we our",
        "es": "yo mi mis nosotros nuestro nuestra nuestros nuestras",
        "fr": "je j mon ma mes nous notre nos",
        "de": "ich mein meine meinen meiner wir unser unsere unseren",
        "it": "io mio mia miei noi nostro nostra nostri",
        "pt": "eu meu minha nos nosso nossa nossos nossas",
        "nl": "ik mijn wij we ons onze",
        "pl": "ja moj moja my nasz nasza nasze",
        "ru": "я мои моя мы наш наша наши",
        "uk": "я мiи моя ми наш наша нашi",
        "tr": "ben benim biz bizim",
    }.items()
}


class Block(Struct, frozen=True, kw_only=True):
    """A run of words that stands in the narrative of the article and of a story."""

    words: int
    share: float  # of the article's narrative, 0 to 1
    at: int  # words before it in the article
    story: str
    coverage: str
    face: str


def held_blocks(
    article: Article, new: Comparable, stories: Sequence[Story], texts: Mapping[str, Comparable]
) -> tuple[Block, ...]:
    """The blocks of other publishers' stories that the article holds, one a story, the longest first.

    `texts` are those of the stories' faces, by the printing's id; what is missing is passed over.
    """
    found = [
        Block(
            words=words,
            share=words / len(new.narrative),
            at=at,
            story=story.id,
            coverage=story.coverage,
            face=face.article,
        )
        for story in stories
        for face in story.faces
        if face.publisher != article.publisher and face.article in texts
        for at, words in _quoted(new, texts[face.article], article.language)
    ]
    found.sort(key=lambda block: (-block.words, block.story, block.at))
    kept: dict[str, Block] = {}
    for block in found:
        holders = {other.story for other in found if _overlap(other, block) >= block.words / 2}
        if len(holders) < COMMON:
            kept.setdefault(block.story, block)
    return tuple(kept.values())


def is_round_up(blocks: Sequence[Block], coverage: str) -> bool:
    """Whether pieces of two happenings beside this one stand in different places of the article."""
    others = [block for block in blocks if block.coverage != coverage]
    return any(one.coverage != other.coverage and _overlap(one, other) <= 0 for one, other in combinations(others, 2))


def _quoted(new: Comparable, old: Comparable, language: str) -> Iterator[tuple[int, int]]:
    """Where a block of the old narrative begins in the new one, and its words; not where the new is its source."""
    if len(new.narrative_shingles & old.narrative_shingles) <= BLOCK_WORDS - SHINGLE:
        return
    where: dict[int, int] = {}
    for at, run in enumerate(_runs(old)):
        where.setdefault(run, at)
    runs = _runs(new)
    start = 0
    for is_shared, group in groupby(runs, key=where.__contains__):
        length = len(list(group))
        words = length + SHINGLE - 1
        if (
            is_shared
            and words >= BLOCK_WORDS
            and _is_told(new.narrative[start : start + words], language)
            and not _is_source(new, old, start, where[runs[start]], words)
        ):
            yield start, words
        start += length


def _is_told(words: Sequence[str], language: str) -> bool:
    """Whether it is told of others: who speaks of himself more often is quoted, without marks."""
    speaker = _FIRST_PERSON.get(language, frozenset())
    return sum(word in speaker for word in words) <= len(words) / OWN_VOICE


def _is_source(new: Comparable, old: Comparable, at: int, there: int, words: int) -> bool:
    """Whether the new text begins with the block and goes on about it, where the old one has it further down."""
    if at >= LEAD_WORDS or there < LEAD_WORDS:
        return False
    mine = _goes_on(new, at, words)
    return mine > 0 and mine >= _goes_on(old, there, words)


def _goes_on(text: Comparable, at: int, words: int) -> float:
    """The share of the block's names that the rest of the text names too, 0 to 1."""
    inside = {word for word in map(anchors.latin, text.narrative[at : at + words]) if word in text.names}
    outside = set(map(anchors.latin, text.narrative[:at] + text.narrative[at + words :]))
    return len(inside & outside) / len(inside) if inside else 0.0


def _runs(text: Comparable) -> list[int]:
    words = text.narrative
    return list(map(hash, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))


def _overlap(one: Block, other: Block) -> int:
    return min(one.at + one.words, other.at + other.words) - max(one.at, other.at)
