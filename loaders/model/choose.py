"""Fit a softmax over candidates: which of several is meant. Plain gradient ascent from a prior; no chance in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Choice = tuple[NDArray[np.float64], int]
"""Features of the candidates (one row each), and the index of the right one."""


def fit(rows: list[Choice], prior: NDArray[np.float64], steps: int = 3000, rate: float = 0.2, l2: float = 0.02) -> NDArray[np.float64]:
    """The weights under which the right candidates are likeliest, held to `prior` by an L2 penalty."""
    w = prior.copy()
    for _ in range(steps):
        slope = -l2 * (w - prior)
        for x, k in rows:
            p = np.exp(x @ w - (x @ w).max())
            slope += (x[k] - (p / p.sum()) @ x) / len(rows)
        w += rate * slope
    return w


def right(rows: list[Choice], w: NDArray[np.float64]) -> float:
    """The share of choices that the weights get right."""
    return sum(int((x @ w).argmax()) == k for x, k in rows) / max(1, len(rows))


Hinted = tuple[NDArray[np.float64], NDArray[np.float64], int]
"""Features of the candidates, the logarithm of the reader's own probability of each, and the index of the right one."""


def fit_hinted(rows: list[Hinted], weights: NDArray[np.float64]) -> tuple[float, float]:
    """How much the weighted features and how much the reader's own view count, beside each other."""
    pairs = [(np.stack([x @ weights, h], axis=1), k) for x, h, k in rows]
    a, b = fit(pairs, np.array([1.0, 1.0]), steps=800, rate=0.1) if pairs else (1.0, 1.0)
    return round(float(a), 4), round(float(b), 4)


def right_hinted(rows: list[Hinted], weights: NDArray[np.float64], hinted: tuple[float, float]) -> float:
    """The share of choices that both together get right."""
    return sum(int((hinted[0] * (x @ weights) + hinted[1] * h).argmax()) == k for x, h, k in rows) / max(1, len(rows))
