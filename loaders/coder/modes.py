"""The mode of an act (codebook 2): from the lexicon row that matched, else from words beside the trigger (modes.csv).

Rule: the words of the trigger decide before its objects, its objects before the rest of its clause; a type's last row
without words is its usual mode.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.coder.proposals import Proposal
from loaders.lexicon import Lexicon
from loaders.trees import Tree

GENERAL = frozenset({"change", "expel", "+ultimatum", "allege", None})
"""Modes that a row gives where its word alone cannot tell: nearer words may narrow them."""


READ = 0.5
"""Probability over which the reader's own mode is taken where the lexicon's row names none or a general one."""


def mode(tree: Tree, p: Proposal, lexicon: Lexicon, labels: Sequence[str]) -> str | None:
    """The mode, or None where none fits. `labels`: TYPE/mode in the order of the reader's output."""
    if p.mode not in GENERAL:
        return p.mode
    seen = tree.reading.mode[list(p.members)].mean(axis=0)
    of_type = [(float(seen[k]), label.partition("/")[2]) for k, label in enumerate(labels) if label.partition("/")[0] == p.action]
    if of_type and max(of_type)[0] > READ:
        return max(of_type)[1]
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
