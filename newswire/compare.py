"""One article held against one text of a story: what it is to it, if anything, and what shows it.

Promises to refuse in doubt: two stories wrongly merged are worse than a copy missed. The rules in order:
    withdrawal   a kill notice that names the text
    same_text    word for word
    update       before the gate: mostly the same text by the same hand within a day, other figures or more text
    the gate     figures and names of sentences made alike must agree, or it is a template with other facts
    kept text    most of one text stands in the other, quotations left out
    aligned      the same sentences in the same order, in other words or in another language
    address      the same link or guid, and something of the text
"""

from datetime import datetime, timedelta

from msgspec import Struct

from newswire import markers
from newswire.align import Alignment, align
from newswire.article import Article
from newswire.comparable import Comparable, in_one_language
from newswire.decision import Relation
from newswire.fingerprint import MIN_BODY_WORDS
from newswire.likelihood import WEIGHTS, likelihood, measures
from newswire.story import Face, Story
from newswire.text import words
from newswire.twins import Agreement, agreement

# Shorter texts merge on exact or verbatim evidence only.
SHORT_WORDS = 60
VERBATIM = 0.9
# Of 229 hand-labelled pairs: half of the narrative kept, with the gate behind it, has precision .95.
KEPT = 0.5
SUBSTANTIAL = 0.4
# Only in a text as much longer can another stand embedded; a cut copy's rest speaks of the same names, a digest's not.
MUCH_LONGER = 2.0
RECURS = 0.2
UPDATE_KEPT = 0.4
UPDATE_WINDOW = timedelta(hours=24)
# Reuters-21578: with .6 and .5, 97 % of pairs within a day pass and 35 % of those after three (almost all templates).
NUMBERS_AGREE = 0.6
NAMES_AGREE = 0.6
# Held out on the labelled stream: 91 % of pairs of machine translations pass, 86 % of whole and 60 % of cut
# translations, and of rival reports in one language none of 354 pairs (bench/train_sameness.py).
LIKELY = 0.9
SAME_ADDRESS_KEPT = 0.2


class Finding(Struct, frozen=True, kw_only=True):
    """What holding the article against one face found."""

    relation: Relation
    score: float
    rule: str
    evidence: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, float]:
        """How much it proves: what kept the words proves more than what kept the sense, however sure of it."""
        return ({"translated": 0, "same_sentences": 1, "same_address": 1}.get(self.rule, 2), self.score)


class Pair(Struct, frozen=True, kw_only=True):
    """The article and the face, parsed, and what share of each stands in the other: 0 to 1, quotations left out."""

    article: Article
    new: Comparable
    story: Story
    face: Face
    old: Comparable
    mine: float
    theirs: float
    now: datetime

    @property
    def kept(self) -> float:
        """The larger of the two shares."""
        return max(self.mine, self.theirs)

    @property
    def lengths(self) -> tuple[int, int]:
        """Words of the shorter text and of the longer."""
        shorter, longer = sorted((len(self.new.words), len(self.old.words)))
        return shorter, longer


def hold(pair: Pair, *, same_key: bool, may_align: bool) -> Finding | None:
    """Hold the article against the face; None when it is nothing to it.

    `same_key` says that a printing of the story had the article's body, link or guid; `may_align` that the slow rule
    may be tried.
    """
    if markers.is_kill(pair.article.title, pair.article.text) and (killed := _withdrawal(pair)):
        return killed
    if len(pair.new.words) >= MIN_BODY_WORDS and pair.new.words == pair.old.words:
        return Finding(relation=Relation.COPY, score=1.0, rule="same_text", evidence=("word for word the same",))
    found = None
    is_other = False
    if pair.kept >= UPDATE_KEPT and pair.lengths[0] >= MIN_BODY_WORDS:
        agreed = agreement(pair.new, pair.old)
        is_other = agreed.numbers < NUMBERS_AGREE or agreed.names < NAMES_AGREE
        found = _update(pair, agreed) or (None if is_other else _kept(pair, agreed))
    if found is None and not is_other and may_align and pair.lengths[0] >= SHORT_WORDS and not _are_rivals(pair):
        found = _aligned(pair)
    if found is None and same_key:
        found = _same_key(pair)
    return found


def _withdrawal(pair: Pair) -> Finding | None:
    """A kill names its take by its title."""
    title = words(pair.old.title)
    notice = set(words(pair.new.title)) | set(pair.new.words)
    named = sum(word in notice for word in title) / len(title) if len(title) >= 4 else 0.0
    if named < VERBATIM:
        return None
    evidence = (f"says that “{pair.face.title[:80]}” is withdrawn",)
    return Finding(relation=Relation.WITHDRAWAL, score=named, rule="kill_notice", evidence=evidence)


def _update(pair: Pair, agreed: Agreement) -> Finding | None:
    """A later version by the same hand: recognised before the gate, since its figures may all have changed."""
    corrects = markers.is_correction(pair.article.title, pair.article.text)
    announced = corrects or markers.is_update(pair.article.title, pair.article.text)
    same_publisher = pair.article.publisher == pair.face.publisher
    same_agency = {mention.agency for mention in pair.story.agencies} & set(pair.article.credit.agencies)
    if not (same_publisher or same_agency or announced):
        return None
    if abs(pair.now - pair.face.seen) > UPDATE_WINDOW or agreed.names < NAMES_AGREE or pair.theirs < UPDATE_KEPT / 2:
        return None
    why = "the same publisher" if same_publisher else f"the same agency ({', '.join(sorted(same_agency))})"
    if announced:
        why = "it says that it corrects" if corrects else "it says that it is an update"
    evidence = (why, f"{percent(pair.theirs)} of the earlier text stands", *_figures(agreed))
    changed, added = bool(agreed.numbers_changed), pair.mine < VERBATIM
    if corrects or (changed and min(pair.mine, pair.theirs) >= 2 * UPDATE_KEPT):
        return Finding(relation=Relation.CORRECTION, score=pair.kept, rule="figures_corrected", evidence=evidence)
    if changed or (announced and added):
        return Finding(relation=Relation.UPDATE, score=pair.kept, rule="figures_changed", evidence=evidence)
    if same_publisher and added and pair.theirs >= KEPT:
        return Finding(relation=Relation.UPDATE, score=pair.theirs, rule="text_added", evidence=evidence)
    return None


def _kept(pair: Pair, agreed: Agreement) -> Finding | None:
    """Most of one text stands in the other."""
    shorter, longer = pair.lengths
    if pair.kept < (VERBATIM if shorter < SHORT_WORDS else KEPT):
        return None
    evidence: tuple[str, ...] = (
        f"{percent(pair.mine)} of it stands in the earlier text, {percent(pair.theirs)} of the earlier text in it",
        *_figures(agreed),
    )
    alike_in_length = min(pair.mine, pair.theirs) >= SUBSTANTIAL or longer < MUCH_LONGER * shorter
    if min(pair.mine, pair.theirs) >= VERBATIM:
        relation, rule = Relation.COPY, "kept_whole"
    elif not alike_in_length and not _is_coherent(pair):
        relation, rule = Relation.EXCERPT, "embedded"
        evidence = (*evidence, "the rest of the longer text speaks of other things")
    elif pair.mine >= VERBATIM or (not alike_in_length and pair.mine > pair.theirs):
        relation, rule = Relation.EDITED, "cut"
    elif not alike_in_length:
        relation, rule = Relation.EXTENDED, "kept_in_longer"
    elif pair.theirs >= VERBATIM:
        relation, rule = Relation.EXTENDED, "extended"
    else:
        relation, rule = Relation.EDITED, "kept_mostly"
    return Finding(relation=relation, score=pair.kept, rule=rule, evidence=evidence)


def _is_coherent(pair: Pair) -> bool:
    """Whether the rest of the longer text names what the shorter does."""
    longer, shorter = (pair.old, pair.new) if pair.mine > pair.theirs else (pair.new, pair.old)
    kept = shorter.pairs
    rest = [s for s in longer.sentences if sum(two in kept for two in s.pairs) < len(s.pairs) / 2]
    recurring = {name for sentence in rest for name in sentence.names}
    named = set(shorter.names)
    return not named or not rest or len(named & recurring) / len(named) >= RECURS


def _are_rivals(pair: Pair) -> bool:
    """Whether another agency signs the article: then the same sense in other words is that agency's own report."""
    theirs = {mention.agency for mention in pair.story.agencies}
    mine = set(pair.article.credit.agencies)
    return bool(theirs and mine) and not theirs & mine


def _aligned(pair: Pair) -> Finding | None:
    """The same sentences in the same order, in other words or in another language."""
    same_language = in_one_language(pair.new, pair.article.language, pair.old, pair.face.language)
    found = align(pair.new, pair.old, same_language=same_language)
    weights = WEIGHTS.same_language if same_language else WEIGHTS.translation
    score = likelihood(measures(found, pair.new, pair.old), weights)
    if score < LIKELY or (same_language and _is_template(pair, found)):
        return None
    evidence = (
        f"{found.pairs} sentences follow each other in the same order",
        f"{percent(found.anchors)} of the shorter text's figures and names stand in the sentence where they belong",
        f"{percent(found.numbers)} of its figures and {percent(found.names)} of its names occur in the other",
    )
    if same_language:
        return Finding(relation=Relation.EDITED, score=score, rule="same_sentences", evidence=evidence)
    return Finding(relation=Relation.TRANSLATION, score=score, rule="translated", evidence=evidence)


def _is_template(pair: Pair, found: Alignment) -> bool:
    """Whether sentences go alike and tell of other things: two bond issues of one bank."""
    agreed = agreement(pair.new, pair.old)
    return (
        (found.numbers < NUMBERS_AGREE and bool(pair.new.numbers and pair.old.numbers))
        or agreed.numbers < NUMBERS_AGREE
        or agreed.names < NAMES_AGREE
    )


def _same_key(pair: Pair) -> Finding | None:
    """A printing of the story had the same body; or the same link or guid, which only its own publisher gives."""
    if pair.article.publisher not in pair.story.publishers:
        copied = ("word for word the same as another printing",)
        return Finding(relation=Relation.COPY, score=1.0, rule="same_text", evidence=copied)
    if pair.kept < SAME_ADDRESS_KEPT:
        return None
    evidence = ("the same link or guid", f"{percent(pair.theirs)} of the earlier text stands")
    return Finding(relation=Relation.UPDATE, score=pair.kept, rule="same_address", evidence=evidence)


def percent(share: float) -> str:
    """A share for people."""
    return f"{100 * share:.0f} %"


def _figures(agreed: Agreement) -> tuple[str, ...]:
    lines = [f"{agreed.numbers_kept} figures agree"] if agreed.numbers_kept else []
    if agreed.numbers_changed:
        lines.append("changed figures: " + ", ".join(agreed.numbers_changed[:5]))
    if agreed.names_changed:
        lines.append("changed names: " + ", ".join(agreed.names_changed[:5]))
    return tuple(lines)
