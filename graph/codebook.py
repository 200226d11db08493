"""The codebook as data: action types, modes, quad classes, scale (graph/codebook.csv).

Source of types, quads and scale: PLOVER 2.0 (openeventdata/PLOVER), with the decisions where it contradicts itself
written in the definitions; modes that begin with `+` are this project's own and fold into the PLOVER mode `folds_to`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MODALITIES = ("actual", "announced", "historical", "hypothetical", "negated")
DONE = ("actual", "announced", "historical")
"""The modalities of acts that take place, in this order; negated and hypothetical ones are events apart."""
HISTORICAL_DAYS = 90
"""An act that ended so long before its document's publication is coded historical (codebook 3)."""
GRANULARITIES = ("instant", "day", "week", "month", "season", "year", "unknown")
BASES = ("stated", "relative", "publication", "unknown")
KINDS = ("organization", "unit", "group", "person", "government", "media", "product", "place")
PRESSURE = frozenset({"REQUEST", "THREATEN", "PROTEST"})
"""Types that ask for an answer (codebook 6)."""


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the codebook: a type, or a type with a mode (`mode` None is the type itself)."""

    type: str
    mode: str | None
    quad: int
    scale: float
    folds_to: str | None
    verb: str
    definition: str


@lru_cache(maxsize=1)
def acts() -> dict[tuple[str, str | None], Act]:
    """All rows, by (type, mode)."""
    with (Path(__file__).parent / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Act(r["type"], r["mode"] or None, int(r["quad"]), float(r["scale"]), r["folds_to"] or None, r["verb"], r["definition"])
            for r in csv.DictReader(file)
        ]
    return {(a.type, a.mode): a for a in rows}


@lru_cache(maxsize=1)
def types() -> dict[str, Act]:
    """The 16 PLOVER types and STATEMENT, by name, in the order of the codebook."""
    return {a.type: a for (_, mode), a in acts().items() if mode is None}


@lru_cache(maxsize=1)
def modes() -> dict[str, tuple[str, ...]]:
    """The modes of each type."""
    return {t: tuple(m for (u, m) in acts() if u == t and m) for t in types()}


def quad(action: str) -> int:
    """The quad class of a type: 1 verbal co-operation, 2 material co-operation, 3 verbal conflict, 4 material conflict, 0 none."""
    return types()[action].quad


def verb(action: str, mode: str | None = None) -> str:
    """The words between source and target.

    >>> verb("SANCTION", "+delist"), verb("SANCTION")
    ('delisted', 'acted against')
    """
    return (acts().get((action, mode)) or types()[action]).verb
