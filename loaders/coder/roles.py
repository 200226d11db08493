"""A trigger word and its sentence -> who acts and on whom.

The reader proposes stretches of words for source and target; the tree completes them (the rest of a coordination, the subject
that a controlled verb lacks, the agent of a passive); what the sentence lacks is taken from the act told before, where
its source took part in it. Rule: the two sides are never the same actor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loaders.actors import Cast, Resolved
from loaders.antecedents import PRONOUNS, RELATIVE
from loaders.coder import unsaid
from loaders.coder.quotations import SAYING
from loaders.coder.unsaid import Told
from loaders.names import Entity
from loaders.trees import NOMINAL, Tree

ROLE = 0.5
"""Probability over which a word belongs to a role, as the networks were trained."""
FAINT = 0.15
"""The same where nothing reaches ROLE: the best stretch over it is taken before a rule is."""
COMPLAINING = frozenset(
    "complained protested fumed thundered conceded admitted claimed charged demanded urged countered retorted objected "
    "lamented grumbled pleaded".split()
)
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts that two do together: "X and Y met" is X's act on Y (its mirror is optional, codebook decision 15)."""
TARGET_PREPOSITIONS = {
    "PROTEST": ("against", "at", "over", "outside", "with", "on"),
    "REQUEST": ("on", "to", "from", "with", "for", "of"),
    "THREATEN": ("against", "to"),
    "SUPPORT": ("for", "to", "behind", "with"),
    "ACCUSE": ("against", "of", "at", "on", "about", "with", "into"),
    "AGREE": ("with", "to"),
    "CONSULT": ("with", "to", "before"),
    "COOPERATE": ("with", "to", "for"),
    "AID": ("to", "for"),
    "CONCEDE": ("to", "with"),
    "REJECT": ("to", "from", "by", "of"),
    "SANCTION": ("on", "from", "with", "against", "of", "to"),
    "COERCE": ("on", "from", "against", "of"),
    "RETREAT": ("from", "to", "on", "against", "as"),
    "ASSAULT": ("on", "against", "at"),
    "MOBILIZE": ("to", "against", "into"),
    "STATEMENT": ("to",),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One role: the words that fill it (None: not in this sentence), who that is, and by which way it was found."""

    words: tuple[int, int] | None
    actor: Resolved
    way: str


def stretches(p: NDArray[np.float32], threshold: float) -> Iterator[tuple[int, int]]:
    """Runs of words over the threshold."""
    first = -1
    for i, x in enumerate([*p.tolist(), 0.0]):
        if x > threshold and first < 0:
            first = i
        if x <= threshold and first >= 0:
            yield first, i - 1
            first = -1


def proposed(tree: Tree, role: int, members: tuple[int, ...]) -> list[tuple[int, int]]:
    """The reader's stretches for a role, those of one coordination together; only the strongest, where several compete."""
    p: NDArray[np.float32] = tree.reading.role[role, list(members)].max(axis=0)
    found = list(stretches(p, ROLE))
    if len(found) == 1:
        return completed(tree, found)
    if not found:
        faint = [(a, b) for a, b in stretches(p, FAINT)]
        return [max(faint, key=lambda ab: float(p[ab[0] : ab[1] + 1].max()))] if faint else []
    found = [(a, b) for a, b in found if any(tree.words[k].isalnum() or len(tree.words[k]) > 1 for k in range(a, b + 1))]
    if len(found) <= 1:
        return found
    best = max(found, key=lambda ab: float(p[ab[0] : ab[1] + 1].mean()))
    return [ab for ab in found if ab == best or _coordinated(tree, best, ab)]


def completed(tree: Tree, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches with the earlier members of a coordination of which the reader took only a later one."""
    out = list(found)
    for a, b in found:
        top = next((i for i in range(a, b + 1) if not a <= tree.head[i] <= b), a)
        while tree.dep[top] == "conj" and tree.pos[top] in NOMINAL and 0 <= tree.head[top] < len(tree):
            top = tree.head[top]
            first, last = tree.phrase(top)
            if tree.pos[top] in NOMINAL and not any(first <= y and x <= last for x, y in out):
                out.insert(0, (first, last))
    return out


def _coordinated(tree: Tree, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True where two stretches are members of one coordination."""

    def top(ab: tuple[int, int]) -> int:
        return next((i for i in range(ab[0], ab[1] + 1) if not ab[0] <= tree.head[i] <= ab[1]), ab[0])

    a, b = sorted((top(one), top(other)))
    between = [tree.lower[k] for k in range(min(one[1], other[1]) + 1, max(one[0], other[0]))]
    linked = tree.dep[b] == "conj" and (tree.head[b] == a or tree.head[b] == tree.head[a] or tree.dep[a] == "conj")
    return linked or (
        0 < len(between) <= 3 and set(between) <= {",", "and", "or", "&", "with", "as", "well", "the", "a", "both", "then", "also"}
    )


class Roles:
    """Finds both sides of an act. `told` remembers who acted on whom before, for what a sentence leaves unsaid."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.told: list[Told] = []

    def sides(self, s: int, t: int, action: str, members: tuple[int, ...], slot: str | None = None) -> tuple[list[Side], list[Side]]:
        """Sources and targets of the act that word t of sentence s says; sources empty where nobody can be found. `slot`: where
        the lexicon's row says that the target stands."""
        tree = self.cast.trees[s]
        source_words = proposed(tree, 0, members)
        target_words = [ab for ab in proposed(tree, 1, members) if ab not in source_words]
        source_way = target_way = "reader"
        relative = self._relative(tree, t, source_words)
        if relative is not None:
            source_words, source_way = [relative], "relative clause"
            target_words = [ab for ab in target_words if ab != relative]
        inverted = self._inverted(tree, t, source_words)
        if inverted is not None:
            target_words = [ab for ab in target_words if ab != inverted]
            source_words, source_way = [inverted], "inverted quotation"
        if not source_words:
            source_words, source_way = self._source_by_tree(tree, t), "tree"
        if not target_words:
            target_words, target_way = self._target_by_tree(tree, t, action, source_words, slot), "tree"
        # The side that is a name settles first, so that "it" and "the company" on the other side can't mean the same one.
        if self._vague(s, source_words) and not self._vague(s, target_words):
            targets = self._fill(s, target_words, target_way, set())
            sources = self._fill(s, source_words, source_way, {x.actor.entity for x in targets})
        else:
            sources = self._fill(s, source_words, source_way, set())
            targets = self._fill(s, target_words, target_way, {x.actor.entity for x in sources})
        if action in RECIPROCAL and len(sources) > 1 and not [x for x in targets if x.actor.name not in {y.actor.name for y in sources}]:
            return sources[:1], sources[1:]
        overlap = {x.actor.name for x in targets} & {x.actor.name for x in sources}
        if overlap and len(sources) > 1 and action in RECIPROCAL:
            sources = [x for x in sources if x.actor.name not in overlap] or sources
        names = {x.actor.name for x in sources}
        targets = [x for x in targets if x.actor.name not in names]
        if sources and not targets and action != "STATEMENT":
            targets = self._unsaid(s, sources, action)
        return sources, targets

    def remember(self, s: int, source: Entity | None, action: str, target: Entity | None) -> None:
        """Note an act that was coded, for the next."""
        self.told.append(Told(s, source, action, target))

    def _relative(self, tree: Tree, t: int, source: list[tuple[int, int]]) -> tuple[int, int] | None:
        """ "Ana Sol, who had criticised ...": the source of an active relative clause is what its pronoun stands for."""
        if tree.dep[t] != "acl:relcl" or tree.passive(t) or tree.head[t] < 0:
            return None
        pronoun = tree.own_subject(t)
        if pronoun < 0 or tree.lower[pronoun] not in RELATIVE:
            return None
        first, last = tree.phrase(tree.head[t])
        if any(a <= pronoun <= b or (a <= last and first <= b) for a, b in source):
            return None
        return pronoun, pronoun

    def _inverted(self, tree: Tree, t: int, source: list[tuple[int, int]]) -> tuple[int, int] | None:
        """ "..., complained Ana Sol": the speaker stands behind the verb, what the reader took for the source within what is said."""
        subject = tree.own_subject(t) if tree.pos[t] == "VERB" else -1
        if (
            subject < 0
            and t > 0
            and (tree.lower[t] in SAYING or tree.lower[t] in COMPLAINING)
            and tree.words[t - 1] in (",", "”", '"', "’", "'")
        ):
            # Parsers take the speaker behind the verb for its object.
            subject = next((c for c in tree.kids(t, "obj") if tree.phrase(c)[0] == t + 1 and not tree.kids(t, "ccomp")), -1)
        if subject <= t or any(a <= subject <= b for a, b in source) or tree.passive(t):
            return None
        return tree.phrase(subject) if all(b < t for _, b in source) else None

    def _vague(self, s: int, words: list[tuple[int, int]]) -> bool:
        tree = self.cast.trees[s]
        return (
            bool(words)
            and not any(self.cast.name_at(s, k) for a, b in words for k in range(a, b + 1))
            and any(tree.lower[a] in PRONOUNS | {"the", "this", "that"} for a, _ in words)
        )

    def _fill(self, s: int, words: list[tuple[int, int]], way: str, avoid: set[Entity | None]) -> list[Side]:
        out: list[Side] = []
        for a, b in words:
            for actor in self.cast.resolve(s, a, b, avoid):
                if actor.name not in {x.actor.name for x in out}:
                    out.append(Side((a, b), actor, way))
        return out

    def _source_by_tree(self, tree: Tree, t: int) -> list[tuple[int, int]]:
        """Subject, agent or possessor."""
        if tree.pos[t] in ("NOUN", "PROPN"):
            for c in tree.kids(t, "nmod:poss") + tree.with_case(t, "by"):
                return [tree.phrase(c)]
            return []
        i = tree.agent(t) if tree.passive(t) else tree.subject(t)
        return [tree.phrase(i)] if i >= 0 and (tree.pos[i] in NOMINAL or tree.lower[i] in ("who", "which", "that")) else []

    def _target_by_tree(self, tree: Tree, t: int, action: str, source: list[tuple[int, int]], slot: str | None) -> list[tuple[int, int]]:
        """Object, subject of the passive, or the nominal behind the preposition that the type takes."""
        taken = {k for a, b in source for k in range(a, b + 1)}
        if slot is not None and slot.startswith("prep:"):
            for c in tree.with_case(t, *slot.removeprefix("prep:").split("|")):
                if c not in taken and self._actor_like(tree, c):
                    return [tree.phrase(c)]
        if tree.pos[t] == "VERB" and tree.passive(t):
            c = next(
                (c for c in tree.children[t] if tree.dep[c] == "nsubj:pass"), tree.head[t] if tree.dep[t] in ("acl", "acl:relcl") else -1
            )
            if c >= 0 and c not in taken:
                return [tree.phrase(c)]
        for c in [*tree.kids(t, "iobj"), *tree.kids(t, "obj")]:
            if c not in taken and tree.pos[c] in NOMINAL and self._actor_like(tree, c):
                return [tree.phrase(c)]
        for c in tree.with_case(t, *TARGET_PREPOSITIONS.get(action, ())):
            if c not in taken and self._actor_like(tree, c):
                return [tree.phrase(c)]
        return []

    def _actor_like(self, tree: Tree, i: int) -> bool:
        """A word that can stand for an actor: a name, a pronoun, or a noun that the lexicon has among actors."""
        s = tree.sentence.index
        cls = self.cast.lexicon.noun_class(tree.lower[i])
        a, b = tree.phrase(i)
        if self.cast.name_at(s, i) or tree.lower[i] in PRONOUNS:
            return True
        owned = any(self.cast.name_at(s, k) or tree.dep[k] == "nmod:poss" for k in range(a, b + 1))
        return cls in ("organization", "person", "group") or (owned and cls != "")

    def _unsaid(self, s: int, sources: list[Side], action: str) -> list[Side]:
        """Whom the act was aimed at where its sentence does not say: the likeliest of those told before."""
        entity = sources[0].actor.entity
        found = unsaid.best(self.cast, self.told, s, entity, action) if entity is not None else None
        if found is None:
            return []
        other, p = found
        return [Side(None, Resolved(other.name, other.kind or "organization", other.known, "", "left unsaid", p, other, -1), "context")]
