"""What refused to take two texts for one: every gate of the matcher that did, with what it saw and what it asks for.

Promises to measure with the matcher's functions and to name the matcher's thresholds. What only circumstances refused,
the hour or the hand, it finds by asking the matcher again without them. Which gate stands in whose way is told here a
second time: a test holds it against the matcher's own refusals.
"""

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Mention
from newswire.sameness import compare, coverage, revision
from newswire.sameness.align import BEGINS, align, known_names
from newswire.sameness.comparable import contained, in_one_language, kinship
from newswire.sameness.compare import are_rivals, hold, least_kept
from newswire.sameness.finding import Pair, percent
from newswire.sameness.fingerprint import MIN_BODY_WORDS
from newswire.sameness.kills import is_kill
from newswire.sameness.likelihood import SURE, WEIGHTS, likely
from newswire.sameness.twins import (
    BLOCK_SHARE,
    NAMES_AGREE,
    NUMBERS_AGREE,
    Agreement,
    agreement,
    other_facts,
    shares_blocks,
)

SHOWN = 5  # changed figures and names in one line


class Reason(Struct, frozen=True):
    """A gate that refused. `seen` and `asked` are shares from 0 to 1, words, hours or counts; None where none is."""

    gate: str
    said: str  # a plain line
    seen: float | None = None
    asked: float | None = None


def refusals(pair: Pair, *, shares_text: bool) -> tuple[Reason, ...]:
    """Why the matcher finds nothing between the article and the face, in its order; at least one reason.

    `shares_text` says that they share sampled shingles or an exact key.
    """
    agreed = agreement(pair.new, pair.old)
    found = [*_withdrawal(pair), *_text(pair, agreed, shares_text=shares_text)]
    found += list(_facts(pair, agreed)) or _sense(pair, agreed)
    found += _circumstances(pair)
    return tuple(found) or (Reason("rules", "no rule takes one for a printing of the other"),)


def no_coverage(pair: Pair) -> Iterator[Reason]:
    """Why they do not tell of the same happening either."""
    likeness = coverage.resemblance(pair.new, pair.old)
    if likeness < coverage.LINKED:
        said = f"names and words are {percent(likeness)} alike; {percent(coverage.LINKED)} make one happening"
        yield Reason("happening", said, likeness, coverage.LINKED)
    if abs(pair.now - pair.story.first_seen) > coverage.WINDOW:
        yield _too_late("the same happening", _hours(pair.now - pair.story.first_seen), coverage.WINDOW)


def _withdrawal(pair: Pair) -> Iterator[Reason]:
    if is_kill(pair.article.title, pair.article.text):
        yield Reason("withdrawal", "it withdraws a text, and does not name the earlier one by its title")


def _text(pair: Pair, agreed: Agreement, *, shares_text: bool) -> Iterator[Reason]:
    """How much of one text stands in the other."""
    mine, theirs = contained(pair.new, pair.old), contained(pair.old, pair.new)
    kept, asked = max(mine, theirs), least_kept(pair, agreed)
    if kept < asked:
        said = (
            f"{percent(mine)} of the later text stands in the earlier, {percent(theirs)} of the earlier in the later "
            f"(quotations left out); {percent(asked)} of one is asked for"
        )
        yield Reason("text", said, kept, asked)
    elif not shares_text:
        yield Reason("index", "of the runs of five words that are sampled they share none", 0, 1)


def _facts(pair: Pair, agreed: Agreement) -> Iterator[Reason]:
    """Whether two texts that have much in common tell of other things."""
    if pair.kept < revision.UPDATE_KEPT or pair.lengths[0] < MIN_BODY_WORDS:
        return
    if agreed.numbers < NUMBERS_AGREE:
        yield _differing("figures", agreed.numbers, NUMBERS_AGREE, agreed)
    if agreed.names < NAMES_AGREE:
        yield _differing("names", agreed.names, NAMES_AGREE, agreed)


def _differing(what: str, seen: float, asked: float, agreed: Agreement) -> Reason:
    if what == "all figures":
        said = f"{percent(seen)} of the figures of the text with fewer occur in the other, {percent(asked)} must"
        return Reason("figures", said, seen, asked)
    changes = agreed.numbers_changed if what == "figures" else agreed.names_changed
    said = f"{percent(seen)} of the {what} agree where sentences are alike, {percent(asked)} must"
    return Reason(what, f"{said}: {', '.join(changes[:SHOWN])}", seen, asked)


def _sense(pair: Pair, agreed: Agreement) -> Iterator[Reason]:
    """Whether the two say the same in other words or in another language."""
    same_language, shorter = in_one_language(pair.new, pair.old), pair.lengths[0]
    is_brief = same_language and shorter < compare.SHORT_WORDS
    least_words = compare.BRIEF_WORDS if same_language else compare.SHORT_TRANSLATION
    if shorter < least_words:
        said = f"the shorter text has {shorter} words; in other words it must have {least_words}"
        yield Reason("length", said, shorter, least_words)
        return
    if are_rivals(pair.story.agencies, pair.article.credit.text):
        earlier, later = (_signed(mentions) for mentions in (pair.story.agencies, pair.article.credit.text))
        yield Reason("agencies", f"two agencies sign, {earlier} and {later}: other words are a report of its own")
    if same_language:
        yield from _one_language(pair, is_brief=is_brief)
    yield from _aligned(pair, same_language=same_language, is_brief=is_brief)
    if not same_language:
        return
    if differing := other_facts(agreed, pair.new, pair.old):
        yield _differing(*differing, agreed)
    elif not is_brief and shares_blocks(agreed):
        share = agreed.verbatim / agreed.twins
        said = f"{percent(share)} of the sentences alike are word for word: from {percent(BLOCK_SHARE)} a shared block"
        yield Reason("blocks", said, share, BLOCK_SHARE)


def _one_language(pair: Pair, *, is_brief: bool) -> Iterator[Reason]:
    """What two texts in one language need, to be aligned at all."""
    if not is_brief and pair.same_publisher:
        yield Reason("publisher", f"both are {pair.face.publisher}'s: who prints a text again keeps its words")
    kin = kinship(pair.new, pair.old)
    if kin < compare.KIN:
        said = f"{percent(kin)} of the shorter text's long words occur in the other; {percent(compare.KIN)} must"
        yield Reason("words", said, kin, compare.KIN)
    short, long = sorted((pair.new, pair.old), key=lambda text: len(text.words))
    figures, named = len(short.numbers & long.numbers), known_names(short, long)
    if is_brief and (not figures or figures + named < compare.BRIEF_SHARES):
        said = f"{figures} figures and {named} names in common; a brief must share {compare.BRIEF_SHARES}, one a figure"
        yield Reason("shared", said, figures + named, compare.BRIEF_SHARES)


def _aligned(pair: Pair, *, same_language: bool, is_brief: bool) -> Iterator[Reason]:
    """How likely the same sentences stand in the same order."""
    if is_brief:
        signs = {mention.agency for mention in pair.story.agencies} & set(pair.article.credit.agencies)
        weights, least = WEIGHTS.brief, compare.BRIEF_LIKELY_SIGNED if signs else compare.BRIEF_LIKELY
    elif same_language:
        weights, least = WEIGHTS.same_language, compare.LIKELY
    else:
        weights, least = WEIGHTS.translation, compare.LIKELY_TRANSLATION
    score = likely(pair.new, pair.old, weights, 0.0, same_language=same_language)
    if score < least:
        said = (
            f"as the same sentences in the same order they are {percent(score)} likely; {percent(least)} is asked for"
        )
        yield Reason("alignment", said, score, least)
    elif same_language and not is_brief and compare.is_patchy(pair):
        yield Reason("patchy", "parts of the shorter text are told in words of its own")
    elif not same_language:
        aligned = align(pair.new, pair.old, same_language=same_language)
        if aligned.is_background:
            said = f"one has {percent(aligned.opening)} of what the other begins with, and some sentences whole"
            yield Reason("background", said, aligned.opening, BEGINS)
        elif score < SURE and aligned.anchors < compare.ANCHORED:
            share = percent(aligned.anchors)
            said = f"{share} of figures and names stand in their places; {percent(compare.ANCHORED)} must"
            yield Reason("anchors", said, aligned.anchors, compare.ANCHORED)


def _circumstances(pair: Pair) -> Iterator[Reason]:
    """Whether the two would be one at another hour, or from another hand."""
    in_time = hold(replace(pair, now=pair.face.seen), same_key=False, may_align=True)
    if in_time:
        window = compare.BRIEF_WINDOW if in_time.rule == "reworded_brief" else revision.UPDATE_WINDOW
        yield _too_late(f"{in_time.relation} ({in_time.rule})", _hours(pair.now - pair.face.seen), window)
    article = replace(pair.article, publisher=pair.face.publisher)
    by_one_hand = hold(replace(pair, article=article), same_key=False, may_align=True)
    if by_one_hand and by_one_hand.relation.revises:
        said = f"{by_one_hand.relation} ({by_one_hand.rule}) only from the same publisher or agency, or if it says so"
        yield Reason("hand", said)


def _too_late(what: str, hours: float, window: timedelta) -> Reason:
    asked = _hours(window)
    return Reason("time", f"{what} only within {asked:.0f} hours, and {hours:.0f} lie between", hours, asked)


def _hours(time: timedelta) -> float:
    return abs(time) / timedelta(hours=1)


def _signed(mentions: tuple[Mention, ...]) -> str:
    return ", ".join(mention.agency for mention in mentions)
