"""The mode of an act (codebook 2), from the lexicon row that matched."""

from __future__ import annotations

from loaders.actors import Cast
from loaders.coder.proposals import Proposal
from loaders.trees import Tree


def mode(tree: Tree, p: Proposal, cast: Cast) -> str | None:
    """The mode, or None."""
    return p.mode
