from math import exp

from bench.sameness.newton import RIDGE, newton

ONE, OTHER = [0.0, 1.0, 2.0, 3.0], [1.0, -1.0, 1.0, -1.0]
TARGETS, IMPORTANCE = [False, True, False, True], [0.1, 0.4, 0.2, 0.3]


def test_at_the_weights_found_the_loss_has_no_slope():
    *weights, bias = newton([ONE, OTHER], TARGETS, IMPORTANCE, [0.0, 0.0, 0.0])
    logits = [weights[0] * a + weights[1] * b + bias for a, b in zip(ONE, OTHER, strict=True)]
    errors = [
        i * (1 / (1 + exp(-logit)) - target) for i, logit, target in zip(IMPORTANCE, logits, TARGETS, strict=True)
    ]
    for column, weight in ((ONE, weights[0]), (OTHER, weights[1])):
        assert abs(sum(e * v for e, v in zip(errors, column, strict=True)) + RIDGE * weight) < 1e-6
    assert abs(sum(errors)) < 1e-6
