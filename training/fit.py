"""Fits one decision: logistic regression over named features, each author weighing the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Row = tuple[str, Mapping[str, float], int]
"""Author, features, label."""
_STEPS = 40
_STILL = 1e-7
"""Change of the largest weight below which the fit has converged."""


class Fit:
    """Weights by feature, and a bias."""

    def __init__(self, names: Sequence[str], weights: Sequence[float], bias: float) -> None:
        self.weights = dict(zip(names, weights, strict=True))
        self.bias = bias

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely the answer is yes."""
        score = self.bias + sum(self.weights.get(k, 0.0) * v for k, v in features.items())
        return float(1 / (1 + np.exp(-score)))


class Table:
    """Rows as a matrix, made once: each fold is fitted on a part of them."""

    def __init__(
        self, rows: Sequence[Row], names: Sequence[str], prior: Mapping[str, float] | None = None
    ) -> None:
        """prior: what a weight is before any row is seen; 0 where nothing is said."""
        self.names = list(names)
        self.prior = np.array([*((prior or {}).get(name, 0.0) for name in names), 0.0])
        self.rows = rows
        order = {name: n for n, name in enumerate(names)}
        self.matrix = np.zeros((len(rows), len(names) + 1))
        self.matrix[:, -1] = 1.0
        for n, (_, features, _) in enumerate(rows):
            for name, value in features.items():
                if name in order:
                    self.matrix[n, order[name]] = value
        self.target = np.array([float(label) for _, _, label in rows])
        self.author = np.array([author for author, _, _ in rows])
        sizes = Counter(author for author, _, label in rows if label)
        self.weight = np.array([1 / np.sqrt(max(sizes[a], 4)) for a, _, _ in rows])

    def fit(self, strength: float, without: Collection[str] = ()) -> Fit:
        """Learn from the rows of all authors but some. strength: the inverse of the
        regularisation."""
        found = self.solve(strength, without)
        return Fit(self.names, [round(float(w), 3) for w in found[:-1]], round(float(found[-1]), 3))

    def solve(self, strength: float, without: Collection[str] = ()) -> NDArray[np.float64]:
        """The weights, the bias last: Newton's method on the penalised likelihood, each step
        shortened until it betters that."""
        inside = ~np.isin(self.author, sorted(without))
        matrix, target, weight = self.matrix[inside], self.target[inside], self.weight[inside]
        weight = weight * (len(weight) / weight.sum()) * strength
        penalty = np.full(matrix.shape[1], 1.0)
        penalty[-1] = 1e-6  # the bias is free
        found = self.prior.copy()

        def cost(at: NDArray[np.float64]) -> float:
            score = matrix @ at
            loss = np.logaddexp(0.0, score) - target * score
            return float(weight @ loss + 0.5 * penalty @ (at - self.prior) ** 2)

        now = cost(found)
        for _ in range(_STEPS):
            sure = 1 / (1 + np.exp(-np.clip(matrix @ found, -30, 30)))
            slope = matrix.T @ (weight * (sure - target)) + penalty * (found - self.prior)
            curve = (matrix * (weight * sure * (1 - sure))[:, None]).T @ matrix
            step = np.linalg.solve(curve + np.diag(penalty), slope)
            share = 1.0
            while share > _STILL and cost(found - share * step) > now:
                share /= 2
            found = found - share * step
            now = cost(found)
            if float(np.abs(step).max()) < _STILL:
                break
        return found

    def left_out(self, strength: float, without: Collection[str] = ()) -> NDArray[np.float64]:
        """For each row its probability by the weights of all others; `without`: never seen."""
        sure = np.zeros(len(self.rows))
        for author in sorted(set(self.author) - set(without)):
            own = self.author == author
            if not self.target[~own & ~np.isin(self.author, sorted(without))].any():
                continue
            weights = self.solve(strength, {author, *without})
            sure[own] = 1 / (1 + np.exp(-self.matrix[own] @ weights))
        return sure
