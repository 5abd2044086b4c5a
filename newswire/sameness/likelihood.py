"""How likely two aligned texts are one text: a logistic rule over the measures of their alignment.

Promises 0 for what cannot be told. The weights are trained by `bench/sameness/train.py`, and `weights.json` says from
what; they are read once, when the module is loaded.
"""

from math import exp, log
from pathlib import Path

import msgspec

from newswire.sameness.align import Alignment, align, best_case
from newswire.sameness.comparable import Comparable

# Longer texts are no surer than this.
SATURATED_WORDS = 600
# Above it two texts are one even with few figures and names in their places.
SURE = 0.95

Measures = dict[str, float]


class Weights(msgspec.Struct, frozen=True):
    """The weights of the three rules by measure, and what they were trained from."""

    provenance: str
    same_language: Measures
    brief: Measures  # in one language, a few lines against a whole text
    translation: Measures


WEIGHTS = msgspec.json.decode(Path(__file__).with_name("weights.json").read_bytes(), type=Weights)


def measures(found: Alignment, new: Comparable, old: Comparable) -> Measures:
    """What the rule looks at; all but `log_words` are 0 to 1."""
    shorter, longer = sorted((len(new.words), len(old.words)))
    return {
        "anchors": found.anchors,
        "anywhere": found.anywhere,
        "words": found.words,
        "longer": found.longer,
        "evenly": found.evenly,
        "holes": found.holes,
        "opening": found.opening,
        "lengths": found.lengths,
        "steps": found.steps,
        "rhythm": found.rhythm,
        "order": found.order,
        "numbers": found.numbers,
        "names": found.names,
        "log_words": log(min(shorter, SATURATED_WORDS) / 100 + 1e-3),
        "ratio": shorter / (longer or 1),
    }


def likelihood(values: Measures, weights: Measures) -> float:
    """The probability that the two texts are one, 0 to 1."""
    logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def likely(
    new: Comparable, old: Comparable, weights: Measures, least: float, *, same_language: bool, anchored: float = 0.0
) -> float:
    """How likely the two are one text, 0 to 1; 0 where it cannot be as likely as `least`: told in a tenth of the time.

    Where less than `anchored` of the shorter text's figures and names stand in the sentence where they belong, it is 0
    unless it is SURE; where any must, also if one text only repeats the other's background. Of the measures that depend
    on the order only `holes` may speak against, and may not speak for: then the best case bounds them.
    """
    at_most = likelihood(measures(best_case(new, old, same_language=same_language), new, old), weights)
    if at_most < least:
        return 0.0
    found = align(new, old, same_language=same_language)
    if anchored and found.is_background:
        return 0.0
    score = likelihood(measures(found, new, old), weights)
    return score if score >= SURE or found.anchors >= anchored else 0.0
