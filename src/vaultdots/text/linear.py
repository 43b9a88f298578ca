"""A decision as a dot product: named features, their weights, and how sure the sum is.

The weights are data, one readable file a decision, written by `make train`:

    threshold = 0.5          # of the confidence, from which the answer is given
    bias = -1.2
    [[feature]]
    name = "under-goals"
    weight = 2.31
    means = "stands under a heading of goals"

`DOTS_WEIGHTS` names another folder to read them from (the fold of an author who is left out).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from pathlib import Path

Features = Mapping[str, float]
"""Feature → its value, mostly 0 or 1; a feature that is not there is 0."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One learned decision. threshold: the confidence (0–1) from which the answer is given."""

    name: str
    bias: float
    threshold: float
    weights: Mapping[str, float]
    meanings: Mapping[str, str]

    def score(self, features: Features) -> float:
        """The weighted sum; 0 is as likely as not."""
        weights = self.weights
        return self.bias + sum(weights.get(name, 0.0) * value for name, value in features.items())

    def confidence(self, features: Features) -> float:
        """How sure the answer is, 0–1."""
        return logistic(self.score(features))

    def reasons(self, features: Features, most: int = 4) -> tuple[str, ...]:
        """What decided, in words, the strongest first; what speaks against it begins with `not`."""
        parts = sorted(
            ((self.weights.get(name, 0.0) * value, name) for name, value in features.items()),
            key=lambda part: (-abs(part[0]), part[1]),
        )
        return tuple(
            ("" if part > 0 else "against it: ") + self.meanings.get(name, name)
            for part, name in parts[:most]
            if part
        )


def logistic(score: float) -> float:
    """A score as a probability."""
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, score))))


def decision(package: str, name: str) -> Decision:
    """The decision `name` of `package`, by its shipped weights or those in DOTS_WEIGHTS."""
    return _read(package, name, os.environ.get("DOTS_WEIGHTS", ""))


@cache
def _read(package: str, name: str, folder: str) -> Decision:
    own = Path(folder, f"{name}.toml") if folder else None
    if own is not None and own.is_file():
        text = own.read_text(encoding="utf-8")
    else:
        file = resources.files(package).joinpath("weights", f"{name}.toml")
        text = file.read_text(encoding="utf-8")
    table = tomllib.loads(text)
    entries = table.get("feature", [])
    return Decision(
        name,
        float(table["bias"]),
        float(table["threshold"]),
        {entry["name"]: float(entry["weight"]) for entry in entries},
        {entry["name"]: str(entry["means"]) for entry in entries},
    )
