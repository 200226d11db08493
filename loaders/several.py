"""Words that stand for several actors at once: "spokespeople for A and B", "groups including A, B and C", "both sides".

In: trees and the names found in them. Out: words, names or entities; who they are is resolved by the cast. Rule: only those who are
named; "and 40 others" is nobody (codebook, decision 15).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.lexicon import Lexicon
from loaders.names import Entity, Name
from loaders.trees import Tree

TWO = frozenset({"both", "two", "neither", "each", "pair"})
SIDES = frozenset({"sides", "side", "parties", "party", "camps"})
LOOK_BACK = 6
"""Sentences, this one counted, in which "both" finds its two: as far as a definite noun reaches back (antecedents.LOOK_BACK)."""
TWO_RIGHT = 0.7
"""How often the two last told are meant: a guess, since the gold has too few such words to count."""


DEFINITE = frozenset({"the", "these", "those"})


def spoken_for(tree: Tree, head: int, lexicon: Lexicon) -> list[int]:
    """The bodies of "spokespeople for A and B": each speaks for itself."""
    entry = lexicon.noun(tree.lower[head])
    for c in tree.with_case(head, "for", "from", "of", "at") if entry and entry[0] == "spokesperson" else []:
        members = tree.members(c)
        if len(members) > 1:
            return members
    return []


def listed(tree: Tree, names: Sequence[Name], first: int, last: int) -> list[Name]:
    """The names of "civil rights groups including A, B and C", where the words first..last are of such a list: a claim for each that is
    named, none for the rest."""
    for start in (k for k, w in enumerate(tree.lower) if w in ("including", "namely") and k > 0):
        out: list[Name] = []
        at = start + 1
        for n in names:
            between = tree.lower[at : n.first]
            if n.first >= at and len(between) <= 3 and set(between) <= {",", "and", "the", "or", "&"}:
                out.append(n)
                at = n.last + 1
        heads = not any(n.first <= start - 1 <= n.last for n in names) and tree.pos[start - 1] in ("NOUN", "PUNCT")
        if heads and out and first <= out[-1].last and last >= start - 2:
            return out
    return []


def both(
    trees: Sequence[Tree],
    names: Sequence[Sequence[Name]],
    s: int,
    head: int,
    first: int,
    last: int,
    avoid: set[Entity | None],
    lexicon: Lexicon,
) -> list[Entity]:
    """The two of "both", "the two sides", "neither company": the two last named, in one breath where there are such."""
    tree = trees[s]
    words, noun = set(tree.lower[first : last + 1]), tree.lower[head]
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    entry = (lexicon.noun(singular) or lexicon.noun(noun)) if noun not in TWO | SIDES else None
    if not words & TWO or not words <= TWO | SIDES | DEFINITE | {"of", "them"} | ({noun} if entry else set()):
        return []
    if not words & (DEFINITE | TWO - {"two", "pair"}):
        return []  # "two unions" are two that nobody has told of yet
    found: list[Entity] = []
    for k in range(s, max(-1, s - LOOK_BACK), -1):
        fit = [n for n in names[k] if (k < s or n.last < first) and n.entity.kind not in ("place", "media") and n.entity not in avoid]
        fit = [n for n in fit if entry is None or _called(n.entity, noun, entry)]
        for one, other in pairwise(fit):
            if one.entity is not other.entity and any(other.first <= x <= other.last for x in trees[k].members(one.last)):
                return [one.entity, other.entity]
        for n in reversed(fit):
            if n.entity not in found and (not found or (found[0].kind == "person") == (n.entity.kind == "person")):
                found.append(n.entity)
        if len(found) >= 2:
            return found[:2]
    return []


def _called(entity: Entity, noun: str, entry: tuple[str, str | None]) -> bool:
    """Whether an actor can be one of "the two unions": called so in the text, or of the noun's kind."""
    singular = noun.removesuffix("s")
    names = [*entity.descriptors, *(f[-1].lower() for f in entity.forms)]
    if any(n.removesuffix("s") == singular for n in names):
        return True
    wanted = "person" if entry[0] == "person" else entry[1]
    return entity.kind == wanted or (entity.kind is None and wanted == "organization")
