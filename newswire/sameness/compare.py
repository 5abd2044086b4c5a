"""One article held against one text of a story: what it is to it, if anything, and what shows it.

Promises to refuse in doubt: two stories wrongly merged are worse than a copy missed. The rules in order:
    withdrawal   a kill notice that names the text
    same_text    word for word
    revision     before the gate: mostly the same text, and it says that it is a later one, or comes from the same hand
                 within a day with other figures or more text
    the gate     figures and names of sentences made alike must agree, or it is a template with other facts
    kept text    most of one text stands in the other, quotations left out
    aligned      the same sentences in the same order, in other words or in another language; a brief may reword the
                 first of them
    address      the same link or guid, and something of the text
"""

from collections.abc import Sequence
from datetime import timedelta

from newswire.article import Mention
from newswire.decision import Relation
from newswire.sameness.align import align, figures_contradict, known_names
from newswire.sameness.comparable import Comparable, in_one_language, kinship
from newswire.sameness.finding import Finding, Pair, figures, percent
from newswire.sameness.fingerprint import MIN_BODY_WORDS
from newswire.sameness.kills import is_kill
from newswire.sameness.likelihood import WEIGHTS, likely
from newswire.sameness.revision import UPDATE_KEPT, announced, revision, silent_revision
from newswire.sameness.twins import NAMES_AGREE, NUMBERS_AGREE, Agreement, agreement, is_template, shares_blocks
from newswire.text import words

# Shorter texts merge on exact or verbatim evidence only, or as a brief.
SHORT_WORDS = 60
# Russian, Turkish or Arabic say in 40 words what takes 60 in English: 9 of 9 pass, held out, and of 76 others none.
SHORT_TRANSLATION = 40
BRIEF_WORDS = 25
BRIEF_WINDOW = timedelta(hours=24)
BRIEF_SHARES = 4  # figures and names: fewer are a happening's, not a text's
VERBATIM = 0.9
# Of 229 hand-labelled pairs: half of the narrative kept, with the gate behind it, has precision .95. A little less will
# do where nearly all figures and names agree: on the labelled stream 15 right pairs and no wrong one lie between.
KEPT = 0.5
KEPT_AGREEING = 0.45
# Two pages of one site share its furniture, and five ideographs are fewer than five words: of 31 labelled pairs of a
# site's unrelated pages one has more than .53, of 14 edited copies in Chinese all but one have .63.
KEPT_CLOSE = 0.6
AGREEING = 0.9
SUBSTANTIAL = 0.4
# Only in a text as much longer can another stand embedded; a cut copy's rest speaks of the same names, a digest's not.
MUCH_LONGER = 2.0
RECURS = 0.2
# A digest bears a rubric: of cut and extended copies on the dev stream, 22 pairs more merge with it, and no other pair.
TITLE_WORDS = 4
TITLE_ALIKE = 0.6
# Two texts of unlike length, of which neither has the other's lead, and that share less than that: one quotes the
# other. On the dev stream 4 excerpts, 2 pairs that share statements and 3 copies told anew; all 34 other copies that
# keep as little keep the lead, also those of local papers that set an opening of their own before it (newsroom).
QUOTED = 2 / 3
SENTENCE_WORDS = 6
# Held out on the labelled stream (five folds, of whole groups): of machine translations 94 % pass; of 4,800 other pairs
# in one language 2, which share quotations, and of 1,367 made follow-ups 4. At .97 2 translations more, 3 false pairs.
LIKELY = 0.98
# Likewise, with what follows and the figures that may not contradict: of whole translations 97 %, of cut ones 82 %; of
# 4,350 neighbours in other languages 3, of 1,106 made follow-ups 7; of 354 rival reports, taken as if in two languages,
# 2. At .85 one cut translation more, and a third more of the false ones.
LIKELY_TRANSLATION = 0.9
# Match reports and statements made alike go sentence by sentence in any language, and name others in each: what is not
# SURE must bear three tenths of its figures and names where they belong.
ANCHORED = 0.3
# Reports made from one source pass for machine translations: of 17 pairs of real pages that were taken for one text,
# none is. Six of them are in ideographs, 7 have more holes and 2 more are less even; so are at most 6 of 371 machine
# translations.
PATCHY_HOLES = 0.25
PATCHY_WORDS, PATCHY_EVENLY = 100, 0.5
# A text in a language that the story has already would rather be found in that: a follow-up shares the background.
LIKELY_AGAIN = 0.95
# Machine translations cut to 30 and 50 words, held out: 84 % pass; of 8,600 neighbours 18, of 708 cut rival reports 5,
# of 1,572 texts that repeat what a brief tells in their second half 53. Where one agency signs both, .8: 90 %, 56, 32
# and 113. This is the likelihood alone: BRIEF_SHARES and the gate come after.
BRIEF_LIKELY = 0.95
BRIEF_LIKELY_SIGNED = 0.8
# Of the shorter text's long words in the other: 98 % of machine translations have .47, 95 % of neighbours under .36.
KIN = 0.4
# A later face may bring paragraphs of its publisher's own. What is like them alone is unlike the story's other texts:
# in one language 90 % of neighbours are under .1 and of rival reports under .13, across languages under .29 and .14.
ROOTED = 0.2
SAME_ADDRESS_KEPT = 0.2


def hold(pair: Pair, *, same_key: bool, may_align: bool) -> Finding | None:
    """Hold the article against the face; None when it is nothing to it.

    `same_key` says that a printing of the story had the article's body, link or guid; `may_align` that the slow rule
    may be tried.
    """
    if is_kill(pair.article.title, pair.article.text) and (killed := _withdrawal(pair)):
        return killed
    if len(pair.new.words) >= MIN_BODY_WORDS and pair.new.words == pair.old.words:
        same = Finding(relation=Relation.COPY, score=1.0, rule="same_text", evidence=("word for word the same",))
        return announced(pair, same, only_corrections=True)
    found = None
    is_other = False
    if pair.kept >= UPDATE_KEPT and pair.lengths[0] >= MIN_BODY_WORDS:
        agreed = agreement(pair.new, pair.old)
        is_other = agreed.numbers < NUMBERS_AGREE or agreed.names < NAMES_AGREE
        found = revision(pair, agreed, is_other=is_other)
        if found is None and not is_other and (kept := _kept(pair, agreed)):
            found = silent_revision(pair, kept) or kept
    if found is None and not is_other and may_align and not are_rivals(pair.story.agencies, pair.article.credit.text):
        aligned = _aligned(pair) or _reworded_brief(pair)
        found = aligned and announced(pair, aligned)
    if found is not None and not _is_rooted(pair):
        found = None
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
    evidence = (f"says that “{pair.old.title[:80]}” is withdrawn",)
    return Finding(relation=Relation.WITHDRAWAL, score=named, rule="kill_notice", evidence=evidence)


def _kept(pair: Pair, agreed: Agreement) -> Finding | None:
    """Most of one text stands in the other."""
    shorter, longer = pair.lengths
    if pair.kept < least_kept(pair, agreed):
        return None
    evidence: tuple[str, ...] = (
        f"{percent(pair.mine)} of it stands in the earlier text, {percent(pair.theirs)} of the earlier text in it",
        *figures(agreed),
    )
    if pair.kept < QUOTED and min(pair.mine, pair.theirs) < SUBSTANTIAL and not _share_lead(pair.new, pair.old):
        evidence = (*evidence, "each begins in words of its own")
        return Finding(relation=Relation.EXCERPT, score=pair.kept, rule="quoted", evidence=evidence)
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


def least_kept(pair: Pair, agreed: Agreement) -> float:
    """The share of one text that must stand in the other for that to show that they are one, 0 to 1."""
    if pair.lengths[0] < SHORT_WORDS:
        return VERBATIM
    if pair.same_publisher or pair.new.is_ideographic:
        return KEPT_CLOSE
    return KEPT_AGREEING if min(agreed.numbers, agreed.names) >= AGREEING else KEPT


def _is_coherent(pair: Pair) -> bool:
    """Whether the rest of the longer text names what the shorter does, or both bear one title: no digest does."""
    if _share_title(pair.new, pair.old):
        return True
    longer, shorter = (pair.old, pair.new) if pair.mine > pair.theirs else (pair.new, pair.old)
    kept = shorter.pairs
    rest = [s for s in longer.sentences if sum(two in kept for two in s.pairs) < len(s.pairs) / 2]
    recurring = {name for sentence in rest for name in sentence.names}
    named = set(shorter.names)
    return not named or not rest or len(named & recurring) / len(named) >= RECURS


def _share_lead(new: Comparable, old: Comparable) -> bool:
    """Whether the first sentence of one stands in the other, more or less: who prints a text keeps its lead."""
    for one, other in ((new, old), (old, new)):
        first = next((sentence for sentence in one.told if len(sentence.words) >= SENTENCE_WORDS), None)
        if first is None or sum(two in other.pairs for two in first.pairs) >= len(first.pairs) / 2:
            return True
    return False


def _share_title(new: Comparable, old: Comparable) -> bool:
    """Whether the titles have most of their words in common, and enough to be no rubric's."""
    one, other = set(words(new.title)), set(words(old.title))
    shared = len(one & other)
    return shared >= TITLE_WORDS and 2 * shared >= TITLE_ALIKE * (len(one) + len(other))


def are_rivals(one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether two agencies sign: then the same sense in other words is the other agency's own report."""
    mine, theirs = {mention.agency for mention in one}, {mention.agency for mention in other}
    return bool(mine and theirs) and not mine & theirs


def _aligned(pair: Pair) -> Finding | None:
    """The same sentences in the same order, in other words or in another language."""
    if in_one_language(pair.new, pair.old):
        return _same_sentences(pair)
    if pair.new.language and pair.old.language:  # without, a neighbour passes for a translation
        return _translated(pair)
    return None


def _same_sentences(pair: Pair) -> Finding | None:
    # Who prints a text again keeps its words; what a site's other pages share is its furniture.
    if pair.same_publisher or pair.lengths[0] < SHORT_WORDS or pair.new.is_ideographic:
        return None
    if kinship(pair.new, pair.old) < KIN:
        return None
    score = likely(pair.new, pair.old, WEIGHTS.same_language, LIKELY, same_language=True)
    if score < LIKELY or is_patchy(pair):
        return None
    agreed = agreement(pair.new, pair.old)
    if is_template(agreed, pair.new, pair.old) or shares_blocks(agreed):
        return None
    return Finding(relation=Relation.EDITED, score=score, rule="same_sentences", evidence=_shared(pair))


def is_patchy(pair: Pair) -> bool:
    """Whether parts of the shorter text are told in words of its own: both come from one source, and differ."""
    found = align(pair.new, pair.old, same_language=True)
    return found.holes > PATCHY_HOLES or (pair.lengths[0] >= PATCHY_WORDS and found.evenly < PATCHY_EVENLY)


def _translated(pair: Pair) -> Finding | None:
    if pair.lengths[0] < SHORT_TRANSLATION:
        return None
    known = any(face.language == pair.new.language for face in pair.story.faces)
    least = LIKELY_AGAIN if known else LIKELY_TRANSLATION
    score = likely(pair.new, pair.old, WEIGHTS.translation, least, same_language=False, anchored=ANCHORED)
    if score < least or figures_contradict(pair.new, pair.old):
        return None
    return Finding(relation=Relation.TRANSLATION, score=score, rule="translated", evidence=_shared(pair))


def _reworded_brief(pair: Pair) -> Finding | None:
    """A few lines that say the first sentences of the other text in other words, on the same day."""
    if not BRIEF_WORDS <= pair.lengths[0] < SHORT_WORDS or abs(pair.now - pair.face.seen) > BRIEF_WINDOW:
        return None
    if kinship(pair.new, pair.old) < KIN:
        return None
    short, long = sorted((pair.new, pair.old), key=lambda text: len(text.words))
    if not short.numbers & long.numbers or len(short.numbers & long.numbers) + known_names(short, long) < BRIEF_SHARES:
        return None
    if not in_one_language(pair.new, pair.old):
        return None
    same_agency = {mention.agency for mention in pair.story.agencies} & set(pair.article.credit.agencies)
    least = BRIEF_LIKELY_SIGNED if same_agency else BRIEF_LIKELY
    score = likely(pair.new, pair.old, WEIGHTS.brief, least, same_language=True)
    if score < least or is_template(agreement(pair.new, pair.old), pair.new, pair.old):
        return None
    return Finding(relation=Relation.EDITED, score=score, rule="reworded_brief", evidence=_shared(pair))


def _is_rooted(pair: Pair) -> bool:
    """Whether the article has to do with another text of the story too, not only with what a later face added."""
    root = pair.story.root
    if pair.face == root or pair.new.shingles & pair.texts[root.article].shingles:
        return True
    others = (pair.texts[face.article] for face in pair.story.faces if face != pair.face)
    return any(resembles(pair.new, other, ROOTED) for other in others)


def resembles(new: Comparable, old: Comparable, least: float) -> bool:
    """Whether the two texts are one with this likelihood at least, 0 to 1, furniture left out."""
    same_language = in_one_language(new, old)
    weights = WEIGHTS.same_language if same_language else WEIGHTS.translation
    return likely(new, old, weights, least, same_language=same_language) >= least


def _shared(pair: Pair) -> tuple[str, ...]:
    short, long = sorted((pair.new, pair.old), key=lambda text: len(text.words))
    return (
        "its sentences follow each other in the same order",
        f"{len(short.numbers & long.numbers)} of the shorter text's {len(short.numbers)} figures occur in the other",
        f"{known_names(short, long)} of its {len(short.names)} names",
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
