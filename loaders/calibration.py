"""How far confidences can be trusted as probabilities.

In: points (confidence, how right: 0 to 1), of every confidence there is. Out: a `Calibration`. Rule: a point counts once, in one band;
nothing is smoothed.

Sources: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), in the form for
two outcomes; M. Pakdaman Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI
2015, for the expected calibration error; E. B. Wilson, "Probable inference", JASA 22 (1927), for the interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

Point = tuple[float, float]
BANDS = tuple(n / 10 for n in range(11))
"""Edges of the ten bands; the last holds 1 too."""
Z = 1.96
"""Standard deviations on either side that hold 95 of 100."""


@dataclass(frozen=True, slots=True)
class Band:
    """Claims of a confidence in [low, high): how many, their mean confidence, how many right; 95 % interval of that share."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ece`: expected calibration error over the bands, `brier`: mean squared distance of confidence and truth (both 0 is best);
    `unknowing`: the Brier score of always saying the share that is right."""

    claims: int
    ece: float
    brier: float
    unknowing: float
    bands: tuple[Band, ...]


def calibration(points: Sequence[Point]) -> Calibration | None:
    """None where there is no point. Errors: ValueError where a confidence is no number from 0 to 1."""
    if not points:
        return None
    if odd := [c for c, _ in points if not 0 <= c <= 1]:
        raise ValueError(f"confidence {odd[0]!r} is no number from 0 to 1")
    found = bands(points)
    share = sum(r for _, r in points) / len(points)
    return Calibration(
        claims=len(points),
        ece=sum(abs(b.right - b.confidence * b.claims) for b in found) / len(points),
        brier=brier(points),
        unknowing=brier([(share, r) for _, r in points]),
        bands=found,
    )


def brier(points: Sequence[Point]) -> float:
    """The mean of (confidence - right) squared, 0 to 1; points must not be empty."""
    return sum((c - r) ** 2 for c, r in points) / len(points)


def bands(points: Sequence[Point]) -> tuple[Band, ...]:
    """The bands that hold a point, from the least confidence up."""
    found = []
    for low, high in pairwise(BANDS):
        held = [(c, r) for c, r in points if low <= c < high or c == high == 1.0]
        if held:
            right = sum(r for _, r in held)
            found.append(Band(low, high, len(held), sum(c for c, _ in held) / len(held), right, *interval(right, len(held))))
    return tuple(found)


def interval(right: float, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, widening = right / of, Z * Z / of
    middle = (share + widening / 2) / (1 + widening)
    reach = Z * sqrt(share * (1 - share) / of + widening / (4 * of)) / (1 + widening)
    return max(0.0, middle - reach), min(1.0, middle + reach)
