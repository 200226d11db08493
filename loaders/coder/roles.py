"""A trigger word and its sentence -> who acts and on whom.

The reader proposes stretches of words for source and target; the tree completes them (the rest of a coordination, the subject
that a controlled verb lacks, the agent of a passive); what the sentence lacks is taken from the act told before, where
its source took part in it. Rule: the two sides are never the same actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from loaders.actors import Cast, Resolved
from loaders.antecedents import PRONOUNS, RELATIVE, Hints
from loaders.coder import unsaid
from loaders.coder.quotations import SAYING
from loaders.coder.sides import Side
from loaders.coder.unsaid import Told
from loaders.names import Entity
from loaders.trees import NOMINAL, Tree

ROLE = 0.5
"""Probability over which a word belongs to a role, as the networks were trained."""
FAINT = 0.15
"""The same where nothing reaches ROLE: the best stretch over it is taken before a rule is."""
GLIMPSE = 0.02
"""Below this probability the reader does not see a name in a role at all."""
CERTAIN = 0.5
"""From this on an act without a source in its sentence is given the one that the reader sees by name before it."""
BELOW = 0.1
"""Added to the probability of words that hang on the act's own word, where several stretches compete for a role."""
APART = frozenset({"conj", "parataxis"})
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


def stretches(p: NDArray[np.float32], threshold: float) -> Iterator[tuple[int, int]]:
    """Runs of words over the threshold."""
    first = -1
    for i, x in enumerate([*p.tolist(), 0.0]):
        if x > threshold and first < 0:
            first = i
        if x <= threshold and first >= 0:
            yield first, i - 1
            first = -1


def proposed(tree: Tree, role: int, members: tuple[int, ...], taken: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """The reader's stretches for a role, those of one coordination together; only the strongest, where several compete. `taken`: words
    that fill the other role: who acts is not acted on."""
    p: NDArray[np.float32] = tree.reading.role[role, list(members)].max(axis=0).copy()
    for a, b in taken:
        p[a : b + 1] = 0.0
    found = _joined(tree, p, [ab for ab in stretches(p, ROLE) if _says_something(tree, ab)])
    if not found:
        faint = [ab for ab in stretches(p, FAINT) if _says_something(tree, ab)]
        found = [max(faint, key=lambda ab: float(p[ab[0] : ab[1] + 1].max()))] if faint else []
    if len(found) > 1:
        below = tree.subtree(members[0], APART) if len(members) == 1 else {k for m in members for k in tree.subtree(m, APART)}
        best = max(found, key=lambda ab: float(p[ab[0] : ab[1] + 1].max()) + BELOW * any(k in below for k in range(ab[0], ab[1] + 1)))
        found = [ab for ab in found if ab == best or _coordinated(tree, best, ab)]
    return completed(tree, [_whole(tree, ab, members, taken) for ab in found])


def _says_something(tree: Tree, ab: tuple[int, int]) -> bool:
    return any(tree.words[k].isalnum() or len(tree.words[k]) > 1 for k in range(ab[0], ab[1] + 1))


def _top(tree: Tree, ab: tuple[int, int]) -> int:
    """The word of a stretch on which its others hang."""
    tops = [i for i in range(ab[0], ab[1] + 1) if not ab[0] <= tree.head[i] <= ab[1]]
    return next((i for i in tops if tree.pos[i] in NOMINAL), tops[0] if tops else ab[0])


def _joined(tree: Tree, p: NDArray[np.float32], found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of one noun phrase that a faint word parts: "Talvik ['s] site manager, Osmo Rautell" is one."""
    out: list[tuple[int, int]] = []
    for ab in found:
        if out:
            one, other = _top(tree, out[-1]), _top(tree, ab)
            near = ab[0] - out[-1][1] <= 3 and all(p[k] > GLIMPSE for k in range(out[-1][1] + 1, ab[0]))
            if near and (one in tree.above(other) or other in tree.above(one)) and not _coordinated(tree, out[-1], ab):
                out[-1] = (out[-1][0], ab[1])
                continue
        out.append(ab)
    return out


def _whole(tree: Tree, ab: tuple[int, int], members: Sequence[int], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch with the rest of its noun phrase: of "[the parents] of Year 9" all."""
    top = _top(tree, ab)
    if tree.pos[top] not in ("NOUN", "PROPN"):
        return ab
    first, last = tree.phrase(top)
    whole = (min(ab[0], first), max(ab[1], last))
    clear = not any(whole[0] <= m <= whole[1] for m in members) and not any(a <= whole[1] and whole[0] <= b for a, b in taken)
    return whole if clear else ab


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


def seen_by_name(cast: Cast, s: int, members: tuple[int, ...], role: int) -> Hints:
    """Whom the reader sees by name in a role of the act that the words `members` of sentence s say, there or in the sentences before,
    with its probability."""
    reading = cast.trees[s].reading
    here = reading.role[role, list(members)].max(axis=0)
    seen = {(s, i): float(p) for i, p in enumerate(here) if p > GLIMPSE}
    if reading.back_at:
        before = reading.back[role, list(members)].max(axis=0)
        seen |= {(s - d, i): float(p) for (d, i), p in zip(reading.back_at, before, strict=True) if p > GLIMPSE}
    out: Hints = {}
    for (k, i), p in seen.items():
        name = cast.name_at(k, i)
        who = [name.entity] if name else [e for e in cast.groups if any(m[:2] == (k, i) for m in e.mentions)]
        for e in who:
            out[e] = max(out.get(e, 0.0), p)
    return out


class Roles:
    """Finds both sides of an act. `told` remembers who acted on whom before, for what a sentence leaves unsaid."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.told: list[Told] = []

    def sides(
        self, s: int, t: int, action: str, members: tuple[int, ...], names: Sequence[Hints], slot: str | None = None
    ) -> tuple[list[Side], list[Side]]:
        """Sources and targets of the act that word t of sentence s says; sources empty where nobody can be found. `names`: whom the
        reader sees by name as source, as target. `slot`: where the lexicon's row says that the target stands."""
        tree = self.cast.trees[s]
        source_words = proposed(tree, 0, members)
        target_words = proposed(tree, 1, members, source_words)
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
            targets = self._fill(s, target_words, target_way, set(), names[1])
            sources = self._fill(s, source_words, source_way, {x.actor.entity for x in targets}, names[0])
        else:
            sources = self._fill(s, source_words, source_way, set(), names[0])
            targets = self._fill(s, target_words, target_way, {x.actor.entity for x in sources}, names[1])
        if action in RECIPROCAL and len(sources) > 1 and not [x for x in targets if x.actor.name not in {y.actor.name for y in sources}]:
            return sources[:1], sources[1:]
        overlap = {x.actor.name for x in targets} & {x.actor.name for x in sources}
        if overlap and len(sources) > 1 and action in RECIPROCAL:
            sources = [x for x in sources if x.actor.name not in overlap] or sources
        if not sources:
            sources = self._unsaid_source(names[0], {x.actor.entity for x in targets})
        acting = {x.actor.name for x in sources}
        targets = [x for x in targets if x.actor.name not in acting]
        if sources and not targets and action != "STATEMENT":
            targets = self._unsaid(s, sources, action, names[1])
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

    def _fill(self, s: int, words: list[tuple[int, int]], way: str, avoid: set[Entity | None], hints: Hints) -> list[Side]:
        out: list[Side] = []
        self.cast.back.hints = hints
        for a, b in words:
            for actor in self.cast.resolve(s, a, b, avoid):
                if actor.name not in {x.actor.name for x in out}:
                    out.append(Side((a, b), actor, way))
        self.cast.back.hints = {}
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

    def _unsaid_source(self, hints: Hints, avoid: set[Entity | None]) -> list[Side]:
        """Who did it where the sentence does not say ("was fined on Monday"): only where the reader is sure who is named before."""
        e, p = max(((e, p) for e, p in hints.items() if e not in avoid and e.kind != "place"), key=lambda x: x[1], default=(None, 0.0))
        if e is None or p < CERTAIN:
            return []
        return [Side(None, Resolved(e.name, e.kind or "organization", e.known, "", "left unsaid", p, e, -1), "context")]

    def _unsaid(self, s: int, sources: list[Side], action: str, hints: Hints) -> list[Side]:
        """Whom the act was aimed at where its sentence does not say: the likeliest of those told before."""
        entity = sources[0].actor.entity
        found = unsaid.best(self.cast, self.told, s, entity, action, hints) if entity is not None else None
        if found is None:
            return []
        other, p = found
        return [Side(None, Resolved(other.name, other.kind or "organization", other.known, "", "left unsaid", p, other, -1), "context")]
