"""The mode of an act (codebook 2): from the lexicon row that matched, else from words beside the trigger (modes.csv).

Rule: the words of the trigger decide before its objects, its objects before the rest of its clause; a type's last row
without words is its usual mode.
"""

from __future__ import annotations

import re

from loaders.coder.proposals import Proposal
from loaders.lexicon import Lexicon
from loaders.trees import Tree

GENERAL = frozenset({"change", "expel", "+ultimatum", "allege", None})
"""Modes that a row gives where its word alone cannot tell: nearer words may narrow them."""


def mode(tree: Tree, p: Proposal, lexicon: Lexicon) -> str | None:
    """The mode, or None where none fits."""
    if p.mode not in GENERAL:
        return p.mode
    t = p.trigger
    own = " ".join(tree.lower[t : p.last + 1])
    near = " ".join(
        tree.lower[k]
        for c in tree.children[t]
        if tree.dep[c] in ("obj", "xcomp", "compound:prt", "nsubj:pass", "compound", "nmod")
        for k in sorted(tree.subtree(c, frozenset({"acl:relcl", "advcl"})))
    )
    wide = " ".join(tree.lower[k] for k in sorted(tree.subtree(t)))
    rows = lexicon.modes.get(p.action, ())
    for text in (own, near, wide):
        for name, words in rows:
            if (
                words
                and re.search(rf"(?<!\w)(?:{words})(?!\w)", text)
                and not (text is wide and name in ("yield", "meet", "assist", "+dismiss", "convict"))
            ):
                return name
    return p.mode or next((name for name, words in rows if not words), None)
