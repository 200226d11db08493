"""Claims to claims with their occasion: whose act a sentence gives as the ground of this one.

In: claims and documents. Out: the same claims, `occasion` set where it was not and the sentence says "after", "following", "in response
to" and the like. Rule: the words after the tie, up to the end of their clause, must hold another claim's evidence or the name of
somebody who presses in this case; nothing is guessed from order in time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.codebook import PRESSURE
from graph.model import Claim, Document
from graph.quotes import fold
from loaders.sentences import sentences

_TIE = re.compile(
    r"\b(?:in (?:response|answer|reaction|reply) to|in the (?:wake|face) of|(?:bowing|responding|reacting|yielding) to|under pressure from"
    r"|following|after|prompted by|at the (?:request|urging|demand) of)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[,;:.!?](?=[\s\"')]|$)|\s-\s|\n")


def with_occasions(claims: Iterable[Claim], documents: Iterable[Document]) -> tuple[Claim, ...]:
    """The claims in their order, `occasion` set to the canonical name of the source of the act that each is tied to."""
    claims = tuple(claims)
    texts = {d.document: d for d in documents}
    by_document: dict[str, list[Claim]] = defaultdict(list)
    pressing: dict[str, str] = {}
    for claim in claims:
        by_document[claim.document].append(claim)
        if claim.action in PRESSURE and len(claim.source) > 2:
            pressing[fold(claim.source)] = claim.source
    found: dict[str, str] = {}
    for name, told in by_document.items():
        if name in texts:
            found |= dict(_in_document(texts[name], told, pressing))
    return tuple(c if c.occasion or c.id not in found else replace(c, occasion=found[c.id]) for c in claims)


def _in_document(document: Document, claims: list[Claim], pressing: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(claim id, source of its occasion) for each tie of the document that joins a claim to one."""
    folded = fold(document.text)
    by_start = sorted(claims, key=lambda c: (c.start, c.end, c.id))
    starts = [c.start for c in by_start]
    for sentence in sentences(document.text, document.masked):
        here = by_start[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        for match in _TIE.finditer(folded, sentence.start, sentence.end) if here else ():
            stop = _END.search(folded, match.end(), sentence.end)
            end = stop.start() if stop else sentence.end
            for claim in _tied(here, match.start(), end):
                if source := _source(claim, folded, match.end(), end, here, pressing):
                    yield claim.id, source


def _tied(here: list[Claim], tie: int, end: int) -> list[Claim]:
    """The claims that a tie belongs to: the last ones told before it, else the first ones told after its clause."""
    before = [c.start for c in here if c.start < tie]
    after = [c.start for c in here if c.start >= end]
    place = max(before) if before else min(after, default=None)
    return [c for c in here if c.start == place]


def _source(claim: Claim, folded: str, start: int, end: int, claims: list[Claim], pressing: dict[str, str]) -> str | None:
    """Who acts in the clause: the source of a claim told in it, else the first named of those who press."""
    inside = [c for c in claims if start <= c.start and c.start < end and c.source != claim.source]
    if inside:
        return min(inside, key=lambda c: (c.start, c.end, c.id)).source
    named = [
        (match.start(), name)
        for plain, name in pressing.items()
        if name != claim.source and (match := re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", folded[start:end]))
    ]
    return min(named)[1] if named else None
