"""How likely two aligned texts are one text: a logistic rule over the measures of their alignment.

Promises 0 for what cannot be told. The weights are trained by `bench/train_sameness.py`, and `weights.json` says from
what; they are read once, when the module is loaded.
"""

from math import exp, log
from pathlib import Path

import msgspec

from newswire.align import Alignment
from newswire.comparable import Comparable

# Longer texts are no surer than this.
SATURATED_WORDS = 600


class Weights(msgspec.Struct, frozen=True):
    """The weights of the two rules by measure, and what they were trained from."""

    provenance: str
    same_language: dict[str, float]
    translation: dict[str, float]


WEIGHTS = msgspec.json.decode(Path(__file__).with_name("weights.json").read_bytes(), type=Weights)


def measures(found: Alignment, new: Comparable, old: Comparable) -> dict[str, float]:
    """What the rule looks at; all but `log_words` are 0 to 1."""
    shorter, longer = sorted((len(new.words), len(old.words)))
    return {
        "anchors": found.anchors,
        "words": found.words,
        "longer": found.longer,
        "lengths": found.lengths,
        "steps": found.steps,
        "rhythm": found.rhythm,
        "order": found.order,
        "numbers": found.numbers,
        "names": found.names,
        "log_words": log(min(shorter, SATURATED_WORDS) / 100 + 1e-3),
        "ratio": shorter / (longer or 1),
    }


def likelihood(values: dict[str, float], weights: dict[str, float]) -> float:
    """The probability that the two texts are one, 0 to 1."""
    logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
