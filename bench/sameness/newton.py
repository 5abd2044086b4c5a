"""Logistic regression by Newton's method, in plain Python: a second for ten thousand pairs and a dozen measures."""

from collections.abc import Sequence
from math import exp, fsum, log
from operator import mul

RIDGE = 0.0003
STEPS, CLOSE = 40, 1e-7  # few steps are needed


def newton(
    columns: list[list[float]], targets: Sequence[bool], importance: Sequence[float], start: Sequence[float]
) -> list[float]:
    """The weights of the least logistic loss with an L2 penalty, the bias last and free of it: Newton's method."""
    columns = [*columns, [1.0] * len(targets)]
    penalty = [RIDGE] * (len(columns) - 1) + [1e-9]
    weights, loss = list(start), float("inf")
    step = [0.0] * len(weights)
    for _ in range(STEPS):
        # Half the step as long as it makes things worse.
        for halving in range(20):
            tried = [weight + change / 2**halving for weight, change in zip(weights, step, strict=True)]
            logits = [0.0] * len(targets)
            for weight, column in zip(tried, columns, strict=True):
                if weight:
                    logits = [logit + weight * value for logit, value in zip(logits, column, strict=True)]
            chances = [1 / (1 + exp(-max(-35.0, min(35.0, logit)))) for logit in logits]
            misses = (
                -i * log(max(p if t else 1 - p, 1e-15)) for i, p, t in zip(importance, chances, targets, strict=True)
            )
            now = fsum(misses) + fsum(p * w * w for p, w in zip(penalty, tried, strict=True)) / 2
            if now <= loss:
                break
        weights, loss = tried, now
        errors = [i * (t - p) for i, p, t in zip(importance, chances, targets, strict=True)]
        spread = [i * p * (1 - p) for i, p in zip(importance, chances, strict=True)]
        slope = [sum(map(mul, errors, c)) - p * w for c, p, w in zip(columns, penalty, weights, strict=True)]
        bent = [[0.0] * len(columns) for _ in columns]
        for i, column in enumerate(columns):
            spread_column = list(map(mul, spread, column))
            for j in range(i + 1):
                bent[i][j] = bent[j][i] = sum(map(mul, spread_column, columns[j]))
            bent[i][i] += penalty[i]
        step = solved(bent, slope)
        if max(map(abs, step)) < CLOSE:
            break
    return weights


def solved(matrix: list[list[float]], right: Sequence[float]) -> list[float]:
    """The solution of a system of linear equations, positive definite."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i, line in enumerate(lines):
        for other in lines[i + 1 :]:
            factor = other[i] / line[i]
            for j in range(i, len(other)):
                other[j] -= factor * line[j]
    found = [0.0] * len(lines)
    for i in reversed(range(len(lines))):
        found[i] = (lines[i][-1] - sum(map(mul, lines[i][i + 1 : -1], found[i + 1 :]))) / lines[i][i]
    return found
