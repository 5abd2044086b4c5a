"""A later version of a text already known: an update or a correction, or the older version that comes late.

Promises to name no revision without a sign of it: what the printing says of itself, the same hand with other figures or
more text, new facts set under the lead of a text that is otherwise kept, or one figure changed in a sentence that is
otherwise kept. An older version is never taken for a revision, unless it says that it is one.
"""

from datetime import timedelta

from msgspec.structs import replace

from newswire.dateline import read_dateline
from newswire.decision import Relation
from newswire.sameness import markers
from newswire.sameness.comparable import Comparable
from newswire.sameness.finding import Finding, Pair, figures, percent
from newswire.sameness.twins import NAMES_AGREE, Agreement, twin_sentences
from newswire.text import words

UPDATE_KEPT = 0.4
# Two pages of one site share its furniture: of 31 labelled pairs of unrelated pages one has more than .53.
AT_HOME = 0.6
SHORT_WORDS = 60  # of a shorter text a list of a site's notices holds all
UPDATE_WINDOW = timedelta(hours=24)
ADDED = 0.9  # of the new text that much stood in the earlier one: less, and it brings something
OLD_KEPT = 0.5
# A publisher's own paragraphs stand at the end; what is new to the story stands under its lead. On the dev stream 25
# of 67 pairs of an update show it, whichever came first, 5 of 67 of a correction, 3 of 1,376 others of one text.
TOP_KEPT = 0.85
TOP_SENTENCES = 6
SENTENCE_WORDS = 5
FRESH, STALE = 0.3, 0.6  # of a sentence's word pairs in the earlier text
AFTER = 3  # sentences that must follow the news, four in five of them from the earlier text
AFTER_KEPT = 0.8
# One figure for another in a sentence that else stands: a toll. Past three times it is another unit, or a slip. Of 13
# other pairs of one text on the dev stream with a changed figure (8 days in datelines, 5 units) none passes; it has no
# update that shows nothing else.
FIGURE_TWIN = 0.8
FIGURE_RATIO = 3
FIGURE_KEPT = 0.6
SILENT = ("kept_mostly", "kept_whole", "extended")


def revision(pair: Pair, agreed: Agreement, *, is_other: bool) -> Finding | None:
    """What the article is as a version of the face, by what it says or by who prints it; None when it is none.

    `is_other` says that the figures or names do not agree: whoever does not say so must then be of the same day.
    """
    corrects, updates = _says(pair)
    same_publisher = pair.same_publisher
    same_agency = {mention.agency for mention in pair.story.agencies} & set(pair.article.credit.agencies)
    says_so = corrects or updates
    if not (same_publisher or same_agency or says_so):
        return None
    if same_publisher and not says_so and pair.kept < AT_HOME:
        return None
    is_late = abs(pair.now - pair.face.seen) > UPDATE_WINDOW
    if agreed.names < NAMES_AGREE or pair.theirs < UPDATE_KEPT / 2 or (is_late and (is_other or not says_so)):
        return None
    why = "the same publisher" if same_publisher else f"the same agency ({', '.join(sorted(same_agency))})"
    if says_so:
        why = "it says that it corrects" if corrects else "it says that it is an update"
    evidence = (why, f"{percent(pair.theirs)} of the earlier text stands", *figures(agreed))
    if not says_so and _is_older(pair):
        evidence = ("an older version", *evidence)
        return Finding(relation=Relation.EDITED, score=pair.kept, rule="older", evidence=evidence) if is_other else None
    relation, rule, score = Relation.UPDATE, "says_so", pair.kept
    if corrects or (agreed.numbers_changed and min(pair.mine, pair.theirs) >= 2 * UPDATE_KEPT):
        relation, rule = Relation.CORRECTION, "figures_corrected"
    elif agreed.numbers_changed:
        rule = "figures_changed"
    elif not updates:
        if not same_publisher or pair.mine >= ADDED or pair.theirs < OLD_KEPT or pair.lengths[0] < SHORT_WORDS:
            return None
        rule, score = "text_added", pair.theirs
    return Finding(relation=relation, score=score, rule=rule, evidence=evidence)


def announced(pair: Pair, found: Finding, *, only_corrections: bool = False) -> Finding:
    """The same finding as a correction or an update where the article says that it is one."""
    if found.relation not in (Relation.COPY, Relation.EDITED):
        return found
    corrects, updates = _says(pair)
    if corrects:
        return replace(found, relation=Relation.CORRECTION, evidence=("it says that it corrects", *found.evidence))
    if updates and not only_corrections:
        return replace(found, relation=Relation.UPDATE, evidence=("it says that it is an update", *found.evidence))
    return found


def silent_revision(pair: Pair, found: Finding) -> Finding | None:
    """An update that does not say so, by any hand: news under a lead that is kept, or another figure in its place."""
    if found.rule not in SILENT or abs(pair.now - pair.face.seen) > UPDATE_WINDOW or _is_older(pair):
        return None
    if pair.theirs >= TOP_KEPT and is_news_on_top(pair.new, pair.old):
        evidence = ("news under the lead of the earlier text", *found.evidence)
        return Finding(relation=Relation.UPDATE, score=found.score, rule="news_on_top", evidence=evidence)
    if min(pair.mine, pair.theirs) >= FIGURE_KEPT and (counted := changed_counts(pair.new, pair.old)):
        evidence = (f"another figure in the same sentence: {', '.join(counted[:5])}", *found.evidence)
        return Finding(relation=Relation.UPDATE, score=found.score, rule="figures_changed", evidence=evidence)
    return None


def is_news_on_top(new: Comparable, old: Comparable) -> bool:
    """Whether sentences of the new text stand together near its beginning, and the rest is the old text's."""
    shares = [
        sum(two in old.pairs for two in sentence.pairs) / len(sentence.pairs)
        for sentence in new.sentences
        if len(sentence.words) >= SENTENCE_WORDS
    ]
    fresh = [at for at, share in enumerate(shares) if share < FRESH]
    if not fresh or not 0 < fresh[0] <= TOP_SENTENCES:
        return False
    between = [share for share in shares[fresh[0] : fresh[-1] + 1] if share >= STALE]
    after = shares[fresh[-1] + 1 :]
    kept = sum(share >= STALE for share in after)
    return len(between) <= 1 and len(after) >= AFTER and kept >= AFTER_KEPT * len(after)


def changed_counts(new: Comparable, old: Comparable) -> tuple[str, ...]:
    """Whole numbers that changed alone in a sentence that is otherwise kept: "17 → 19". A dateline's day is none."""
    changed = []
    day = words(read_dateline(new.body)[0].date)
    for sentence, twin in twin_sentences(new, old):
        mine, theirs = sentence.numbers - old.numbers, twin.numbers - new.numbers
        if not len(mine) == len(theirs) == 1:
            continue
        now, before = next(iter(mine)), next(iter(theirs))
        if not (now.isdigit() and before.isdigit()) or now in day:
            continue
        one, other = set(sentence.words), set(twin.words)
        alike = 2 * len(one & other) / (len(one) + len(other))
        less, more = sorted((int(now), int(before)))
        if alike >= FIGURE_TWIN and more <= FIGURE_RATIO * less:
            changed.append(f"{before} → {now}")
    return tuple(changed)


def _says(pair: Pair) -> tuple[bool, bool]:
    """Whether the article says that it corrects, and that it is an update, in words that no face of the story bears."""
    corrections = markers.corrections(pair.article.title, pair.article.text)
    updates = markers.updates(pair.article.title, pair.article.text)
    if not (corrections or updates):
        return False, False
    said = {
        mark
        for face in pair.story.faces
        if (old := pair.texts.get(face.article))
        for mark in (*markers.corrections(old.title, old.text), *markers.updates(old.title, old.text))
    }
    return bool(corrections - said), bool(updates - said)


def _is_older(pair: Pair) -> bool:
    """Whether the article is of an earlier version than the face: by its date, or since only the face bears a mark."""
    published, before = pair.article.published, pair.face.published
    if published and before and published < before:
        return True
    if pair.same_publisher:
        return False
    marked = markers.is_correction(pair.old.title, pair.old.text) or markers.is_update(pair.old.title, pair.old.text)
    return marked and not (
        markers.is_correction(pair.article.title, pair.article.text)
        or markers.is_update(pair.article.title, pair.article.text)
    )
