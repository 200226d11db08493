"""An act whose sentence leaves its target unsaid -> whom it was aimed at.

Every actor told so far is a candidate; what speaks for each (who dealt with whom before, who asked what of whom, who is in
focus) is weighed by `WEIGHTS`, fitted by loaders/model/fit_unsaid.py on the gold's training part. In 2,655 of its 2,704
claims there is a target, and in a quarter of them it stands outside the sentence, so leaving it empty is the rarer truth.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from graph.codebook import PRESSURE
from loaders.actors import Cast
from loaders.antecedents import Hints, likeliest
from loaders.names import Entity

ANSWERS = frozenset({"REJECT", "CONCEDE", "AGREE", "RETREAT", "AID", "CONSULT"})
FEATURES = (
    "in this sentence",
    "sentence before",
    "two before",
    "distance",
    "focus of last mention",
    "mentions so far",
    "mentions in all",
    "opens the text",
    "source acted on it",
    "it acted on source",
    "how lately",
    "it pressed source and this answers",
    "target of the last act",
    "source of the last act",
    "times target",
    "times source",
    "body of the source",
    "of the source's people",
    "person",
    "group",
    "kind unknown",
    "media",
    "place",
    "unnamed",
    "same act on it before",
    "source of last and answer",
    "publisher",
)
_FITTED = json.loads((Path(__file__).parents[1] / "model" / "unsaid.json").read_text(encoding="utf-8"))
WEIGHTS: tuple[float, ...] = tuple(_FITTED["weights"])
HINTED: tuple[float, float] = (float(_FITTED["hinted"][0]), float(_FITTED["hinted"][1]))


@dataclass(frozen=True, slots=True)
class Told:
    """An act told before: sentence, source, type, target."""

    sentence: int
    source: Entity | None
    action: str
    target: Entity | None


def candidates(cast: Cast, history: list[Told], s: int, source: Entity, action: str) -> list[tuple[Entity, tuple[float, ...]]]:
    """Everybody at whom the act of `source` in sentence s could be aimed, with what speaks for each (FEATURES)."""
    rows: list[tuple[Entity, tuple[float, ...]]] = []
    last = history[-1] if history else None
    for e in [*cast.entities, *cast.groups]:
        before = [m for m in e.mentions if m[0] <= s]
        if e is source or not before:
            continue
        near = before[-1]
        distance = s - near[0]
        gave = [k for k, h in enumerate(reversed(history)) if h.source is source and h.target is e]
        got = [k for k, h in enumerate(reversed(history)) if h.source is e and h.target is source]
        pressed = any(h.source is e and h.target is source and h.action in PRESSURE | {"ACCUSE"} for h in history)
        lately = max([1.0 / (1 + k) for k in gave + got], default=0.0)
        rows.append(
            (
                e,
                (
                    float(distance == 0),
                    float(distance == 1),
                    float(distance == 2),
                    float(min(distance, 8)),
                    max(m[2] for m in before if m[0] == near[0]),
                    min(len(before), 10) ** 0.5,
                    len(e.mentions) ** 0.5,
                    float(before[0][0] <= 1),
                    float(bool(gave)),
                    float(bool(got)),
                    lately,
                    float(pressed and action in ANSWERS),
                    float(last is not None and last.target is e),
                    float(last is not None and last.source is e),
                    math.log1p(sum(h.target is e for h in history)),
                    math.log1p(sum(h.source is e for h in history)),
                    float(source.owner is e),
                    float(e.owner is source),
                    float(e.kind == "person"),
                    float(e.kind == "group"),
                    float(e.kind is None),
                    float(e.kind == "media"),
                    float(e.kind == "place"),
                    float(e.how == "as written"),
                    float(any(h.target is e and h.action == action for h in history)),
                    float(last is not None and last.source is e and action in ANSWERS),
                    float(cast.back.is_publisher(e)),
                ),
            )
        )
    return rows


def best(cast: Cast, history: list[Told], s: int, source: Entity, action: str, hints: Hints) -> tuple[Entity, float] | None:
    """The likeliest target with its probability among the candidates, or None where nobody else was told yet."""
    rows = candidates(cast, history, s, source, action)
    return likeliest(rows, WEIGHTS, hints, HINTED) if rows else None
