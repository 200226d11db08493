"""Names that no lexicon holds -> which of them may be one actor, for a person to decide.

In: the unknown names of a case and those that are known. Out: proposals, the likeliest first. Rule: likeness only proposes; nothing is
joined by it (codebook 5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

ALIKE = 85.0
"""Likeness (rapidfuzz `ratio`, 0 to 100) from which two names are proposed: one letter in seven may differ."""
LONGEST = 4000
"""Names compared at most, the oftenest told first: 16 million pairs take about three seconds."""
_SMALL = frozenset("of the and for in de la du des der und & a an".split())


@dataclass(frozen=True, slots=True)
class Proposal:
    """`alias` may be another name of `name`; `likeness` 0 to 100; `why`: alike, or the abbreviation of it."""

    alias: str
    name: str
    likeness: float
    why: str


def proposals(unknown: Iterable[str], known: Iterable[str] = ()) -> tuple[Proposal, ...]:
    """Pairs of an unknown name with another unknown or a known one. Of two unknown names the shorter is called the alias."""
    strange = list(dict.fromkeys(unknown))[:LONGEST]
    seen = set(strange)
    names = [*strange, *(n for n in dict.fromkeys(known) if n not in seen)]
    if not strange or len(names) < 2:
        return ()
    plain = [_plain(n) for n in names]
    found: dict[frozenset[str], Proposal] = {}
    scores = process.cdist(plain[: len(strange)], plain, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.float32)
    for i, j in zip(*np.nonzero(scores), strict=True):
        if names[i] != names[j] and not _apart(plain[i], plain[j]):
            _add(found, names[i], names[j], j < len(strange), round(float(scores[i, j]), 1), "alike")
    initials: dict[str, list[str]] = {}
    for n in names:
        if len(letters := _initials(n)) > 1:
            initials.setdefault(letters, []).append(n)
    for n in strange:
        short = n.replace(".", "")
        if short.isupper() and 2 <= len(short) <= 8:
            for whole in initials.get(short.casefold(), ()):
                found.setdefault(frozenset((n, whole)), Proposal(n, whole, 100.0, "abbreviation"))
    return tuple(sorted(found.values(), key=lambda p: (-p.likeness, p.alias, p.name)))


def _add(found: dict[frozenset[str], Proposal], one: str, other: str, both_unknown: bool, likeness: float, why: str) -> None:
    if both_unknown and (len(one), one) > (len(other), other):
        one, other = other, one
    found.setdefault(frozenset((one, other)), Proposal(one, other, likeness, why))


def _plain(name: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def _apart(one: str, other: str) -> bool:
    """Numbers tell names apart however alike the rest is: "Local 54" and "Local 57"."""
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)


def _initials(name: str) -> str:
    """The first letters of the words that are not small."""
    return "".join(w[0] for w in re.findall(r"\w+", _plain(name)) if w not in _SMALL)
