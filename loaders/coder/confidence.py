"""How sure a claim is: from the reader's own probability, how the claim was found, and how its sides were filled.

The factors were set by hand, not fitted: the result orders claims rightly (whom evaluate prints how often each band is right), but it
is no calibrated probability: claims told at 0.65 are right in about half, those at 0.98 in about nine of ten (gold/news check).
"""

from __future__ import annotations

from loaders.coder.proposals import SEEN, Proposal
from loaders.coder.roles import Side

ALONE = 0.9
"""Where no lexicon row says the same the reader is right less often: 0.69 against 0.83 of the counted claims (gold/news train)."""


def confidence(p: Proposal, source: Side, target: Side | None) -> float:
    """Between 0 and 1, three decimals."""
    # A lexicon row that agrees on the type halves what the reader leaves to other types.
    share = (1.0 + p.share) / 2 if p.found == "both" else p.share
    value = p.p * (0.6 + 0.4 * share)
    if p.found == "reader":
        value *= ALONE
    if p.found == "rule" and p.p < SEEN:
        value *= 0.5
    for side in (source, target):
        if side is not None:
            value *= 0.4 + 0.6 * side.actor.p
        if side is not None and side.way == "tree":
            value *= 0.9
    return round(value, 3)
