"""Fits one decision: logistic regression over named features, each author weighing the same."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

Row = tuple[str, dict[str, float], int]
"""Author, features, label."""


class Fit:
    """Weights by feature, and a bias."""

    def __init__(self, names: Sequence[str], weights: Sequence[float], bias: float) -> None:
        self.weights = dict(zip(names, weights, strict=True))
        self.bias = bias

    def probability(self, features: dict[str, float]) -> float:
        """How likely the answer is yes."""
        score = self.bias + sum(self.weights.get(k, 0.0) * v for k, v in features.items())
        return float(1 / (1 + np.exp(-score)))


def fit(rows: Sequence[Row], names: Sequence[str], strength: float = 1.0) -> Fit:
    """Learn from `rows`. strength: the inverse of the regularisation."""
    order = {name: n for n, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for n, (_, features, _) in enumerate(rows):
        for name, value in features.items():
            matrix[n, order[name]] = value
    target = np.array([label for _, _, label in rows])
    sizes = Counter(author for author, _, label in rows if label)
    weight = np.array([1 / np.sqrt(max(sizes[a], 4)) for a, _, _ in rows])
    weight *= len(rows) / weight.sum()
    model = LogisticRegression(C=strength, max_iter=2000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, target, sample_weight=weight)
    return Fit(
        names, [round(float(w), 3) for w in model.coef_[0]], round(float(model.intercept_[0]), 3)
    )


def left_out(rows: Sequence[Row], names: Sequence[str], strength: float = 1.0) -> list[float]:
    """For each row its probability by the weights of all other authors."""
    found = [0.0] * len(rows)
    for author in sorted({a for a, _, _ in rows}):
        inside = [row for row in rows if row[0] != author]
        if not any(label for _, _, label in inside):
            continue
        model = fit(inside, names, strength)
        for n, (a, features, _) in enumerate(rows):
            if a == author:
                found[n] = model.probability(features)
    return found
