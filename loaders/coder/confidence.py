"""How likely a claim is right in source, type and target: a linear model over how it was found and how its sides were filled.

In: a proposal with its sides. Out: a probability. Weights: loaders/model/confidence.json, fitted by loaders/model/fit_confidence.py on
gold that the reader was not trained on; `whom evaluate` prints how often each band is right.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from loaders.antecedents import FLOOR, Hints
from loaders.coder.proposals import Proposal
from loaders.coder.sides import Side
from loaders.reader import SOURCE, TARGET
from loaders.trees import Tree

ENDS = frozenset('.!?…”"')
"""A first sentence that ends in none of these is a headline."""
HOW = ("named", "pointing back", "kept as written", "unsaid")
"""How the words of a side became an actor, in four kinds."""
FEATURES = (
    "sure of an act",
    "sure of the type",
    "sure of the modality",
    "the lexicon agrees",
    "the lexicon alone",
    "a noun",
    "the headline",
    "inside a quotation",
    "length of the sentence",
    "not actual",
    "no target",
    "not an act of PLOVER",
    *(f"{side} {what}" for side in ("source", "target") for what in ("words", "by the tree", "likelihood", "by name", *HOW)),
)
_FITTED = json.loads((Path(__file__).parents[1] / "model" / "confidence.json").read_text(encoding="utf-8"))
WEIGHTS: tuple[float, ...] = tuple(_FITTED["weights"])
BIAS: float = _FITTED["bias"]
LINE: float = _FITTED["line"]
"""Claims below this confidence are kept as `low`: off the map until a reviewer accepts them. Chosen by fit_confidence on `tune`."""


def features(
    tree: Tree, p: Proposal, source: Side, target: Side | None, hints: Sequence[Hints], modality: str, quoted: bool
) -> tuple[float, ...]:
    """What speaks for and against a claim, in the order of FEATURES. `hints`: whom the reader sees by name as source, as target."""
    seen = tree.reading.modality[p.trigger]
    return (
        _logit(p.p),
        _logit(p.share),
        _logit(float(seen.max())),
        float(p.found == "both"),
        float(p.found == "rule"),
        float(tree.pos[p.trigger] in ("NOUN", "PROPN", "ADJ")),
        float(tree.sentence.index == 0 and tree.words[-1] not in ENDS),
        float(quoted),
        math.log(len(tree) / 20.0),
        float(modality != "actual"),
        float(target is None),
        float(p.action == "STATEMENT"),
        *_side(tree, p, source, hints[0], SOURCE),
        *_side(tree, p, target, hints[1], TARGET),
    )


def confidence(seen: Sequence[float]) -> float:
    """Between 0 and 1, three decimals."""
    return round(1.0 / (1.0 + math.exp(-BIAS - sum(w * x for w, x in zip(WEIGHTS, seen, strict=True)))), 3)


def _side(tree: Tree, p: Proposal, side: Side | None, hints: Hints, role: int) -> tuple[float, ...]:
    if side is None:
        return (0.0,) * (4 + len(HOW))
    words = tree.reading.role[role, list(p.members)].max(axis=0)
    told = float(words[side.words[0] : side.words[1] + 1].max()) if side.words else 0.0
    by_name = hints.get(side.actor.entity, 0.0) if side.actor.entity is not None else 0.0
    how = _how(side)
    return (
        told,
        float(side.way not in ("reader", "context")),
        math.log(max(side.actor.p, 0.02)),
        math.log(by_name + FLOOR),
        *(float(how == k) for k in HOW),
    )


def _how(side: Side) -> str:
    if side.way == "context":
        return "unsaid"
    if side.actor.how in (
        "pronoun",
        "noun that points back",
        "whose it is",
        "role",
        "who wrote it",
        "the two",
    ) or side.actor.how.startswith("its "):
        return "pointing back"
    return "named" if side.actor.how != "as written" else "kept as written"


def _logit(p: float) -> float:
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1.0 - p))
