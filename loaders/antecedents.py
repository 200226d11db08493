"""A word that points back ("it", "she", "the company") -> whom it means.

In: everybody told in one document, and the place of the word. Out: the likeliest with its probability. The candidates are weighed by
WEIGHTS over FEATURES, fitted on the gold's training part by loaders/model/fit_antecedents.py. Rule: whoever stands on the other side of
the act is no candidate.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from loaders.lexicon import Lexicon
from loaders.names import Entity, Name, salience
from loaders.trees import Tree

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset({"we", "us", "our", "ours", "i", "me", "my", "mine", "ourselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS = PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS | SPEAKER_PRONOUNS
EMPLOYERS = frozenset(
    {
        "company",
        "firm",
        "employer",
        "management",
        "board",
        "leadership",
        "bosses",
        "executives",
        "retailer",
        "giant",
        "operator",
        "business",
    }
)
VAGUE = frozenset(
    {
        "group",
        "company",
        "firm",
        "organisation",
        "organization",
        "body",
        "organizations",
        "agency",
        "side",
        "party",
        "institution",
        "business",
    }
)
Hints = dict[Entity, float]
FLOOR = 0.02
"""Added to the reader's probability before its logarithm is taken: what it does not see at all can still be so."""
_FITTED = json.loads((Path(__file__).parent / "model" / "antecedents.json").read_text(encoding="utf-8"))
WEIGHTS: dict[str, tuple[float, ...]] = {k: tuple(v) for k, v in _FITTED["weights"].items()}
"""How much each of FEATURES speaks for a candidate; fitted by loaders/model/fit_antecedents.py on gold/news train."""
HINTED: dict[str, tuple[float, float]] = {k: (float(v[0]), float(v[1])) for k, v in _FITTED["hinted"].items()}
"""The weight of the sum of all features, and of the reader's own view; fitted on gold that the reader was not trained on."""
FEATURES = (
    "same sentence",
    "sentence before",
    "two before",
    "distance",
    "focus of last mention",
    "subject in this sentence",
    "mentions so far",
    "mentions in all",
    "opens the text",
    "called by this word",
    "name ends so",
    "shared modifier",
    "same kind",
    "kind unknown",
    "same number",
    "same paragraph",
    "publisher",
    "kind does not fit",
    "unnamed",
    "same verb",
    "subject of the verb above",
    "object of the verb above",
    "body of the other side",
    "named later in this sentence",
    "employer of the other side",
    "a group called so",
)
TELLER = 0.9
"""Who says that "it" will do something speaks of itself: taken before the weights, since the gold has few such sentences."""
LOOK_BACK = 6
"""Sentences that a definite noun reaches back without a matching word; the codebook's two, loosened for one whose kind fits,
since 9 in 10 of the right antecedents in gold/news train lie within six (pronouns: two)."""


class Antecedents:
    """Who can be meant, in one document. `entities` and `groups` are shared with the cast, which adds to them."""

    def __init__(
        self,
        trees: Sequence[Tree],
        names: Sequence[Sequence[Name]],
        entities: list[Entity],
        groups: list[Entity],
        lexicon: Lexicon,
        publisher: str | None,
    ) -> None:
        self.trees, self.names, self.entities, self.groups = trees, names, entities, groups
        self.lexicon, self.publisher = lexicon, publisher
        self.hints: Hints = {}
        """Whom the reader itself takes for the actor that is being looked for, with its probability; set while an act is filled."""

    def best(self, s: int, h: int, noun: str, kind: str | None, avoid: set[Entity | None]) -> tuple[Entity, float] | None:
        """Whom a noun or pronoun points back at, with its probability: the candidate with the highest score, where there is one."""
        employer = next((x.owner for x in avoid if x is not None and x.kind == "group" and x.owner is not None), None)
        if noun in EMPLOYERS and employer is not None and employer not in avoid:
            return employer, 1.0
        rows = self.candidates(s, h, noun, kind, avoid)
        if not rows:
            return None
        teller = self._teller(s, h, noun)
        for e, _ in rows:
            if any(m[0] == s and m[1] in teller for m in e.mentions):
                return self._noted(e, s, h), TELLER
        found, p = likeliest(rows, WEIGHTS[manner(noun)], self.hints, HINTED[manner(noun)])
        return self._noted(found, s, h), p

    def _noted(self, entity: Entity, s: int, h: int) -> Entity:
        """The entity, with the place from where it was pointed back at as one more mention."""
        entity.mentions.append((s, h, salience(self.trees[s], h)))
        entity.mentions.sort()
        return entity

    def _teller(self, s: int, h: int, noun: str) -> set[int]:
        """In "A told B that it would ..." the words of A, where the word is the subject of what is told; else nothing."""
        tree = self.trees[s]
        clause = tree.head[h]
        if noun not in PRONOUNS or clause < 0 or tree.dep[h] not in ("nsubj", "nsubj:pass") or tree.dep[clause] != "ccomp":
            return set()
        subject = tree.own_subject(tree.head[clause]) if tree.head[clause] >= 0 and tree.future(clause) else -1
        # Neither a possessor nor a name behind a preposition tells: of "Amazon's unit, AWS" it is AWS.
        return tree.subtree(subject, frozenset({"acl", "acl:relcl", "advcl", "nmod", "nmod:poss"})) if subject >= 0 else set()

    def candidates(self, s: int, h: int, noun: str, kind: str | None, avoid: set[Entity | None]) -> list[tuple[Entity, tuple[float, ...]]]:
        """Everybody at whom the word could point back, with what speaks for each (FEATURES)."""
        tree = self.trees[s]
        modifiers = {tree.lower[c] for c in tree.kids(h, "amod", "compound")}
        way = manner(noun)
        entry = self.lexicon.noun(noun)
        plural = noun in PLURAL_PRONOUNS or bool(entry and entry[0] == "group" and noun.endswith("s") and not noun.endswith("ss"))
        subjects, objects = self._above(tree, h)
        # A unit that acts on "the company" seldom means the one it is part of; named, that one stays possible.
        parents = {
            t.other for t in self.lexicon.ties if t.relation == "PART_OF" and any(x is not None and x.name == t.actor for x in avoid)
        }
        owners = {x.owner for x in avoid if x is not None and x.kind != "person"}
        rows: list[tuple[Entity, tuple[float, ...]]] = []
        for e in [*self.entities, *self.groups]:
            before = [m for m in e.mentions if (m[0], m[1]) < (s, h)]
            if e in avoid or e.name in parents or not before or e.kind == "place":
                continue
            near = before[-1]
            distance = s - near[0]
            tail = any(f and f[-1].lower() == noun for f in e.forms) or any(len(f) > 2 and f[0].lower() == noun for f in e.forms)
            word = noun in e.descriptors
            is_plural = e.number == "plural"
            if way == "person" and e.kind not in ("person", None):
                continue
            if (way in ("thing", "plural") and e.kind == "person") or (way == "thing" and e.number == "plural"):
                continue
            if way == "noun" and kind == "person" and e.kind not in ("person", None):
                continue
            if way == "noun" and kind != "person" and e.kind == "person":
                continue
            if (
                way == "noun"
                and not (word or tail)
                and (
                    distance > LOOK_BACK
                    or plural != is_plural
                    or not (noun in VAGUE or kind in ("person", "organization", "government", None))
                )
            ):
                continue
            if way != "noun" and distance > 4:
                continue
            rows.append(
                (
                    e,
                    (
                        float(distance == 0),
                        float(distance == 1),
                        float(distance == 2),
                        float(min(distance, 8)),
                        max(m[2] for m in before if m[0] == near[0]),
                        float(any(m[0] == s and m[2] >= 1 for m in before)),
                        min(len(before), 10) ** 0.5,
                        float(len(e.mentions)) ** 0.5,
                        float(before[0][0] == 0 or (before[0][0] <= 1)),
                        float(word),
                        float(tail),
                        float(bool(modifiers & ({w.lower() for f in e.forms for w in f} | set(e.descriptors)))),
                        float(kind is not None and e.kind == kind),
                        float(e.kind is None),
                        float(plural == is_plural),
                        float(tree.sentence.paragraph == self.trees[near[0]].sentence.paragraph),
                        float(self.is_publisher(e)),
                        float(kind is not None and e.kind is not None and not _fits(kind, e.kind, noun)),
                        float(e.how == "as written"),
                        float(near[0] == s and tree.head[near[1]] == tree.head[h]),
                        float(any(m[0] == s and m[1] in subjects for m in before)),
                        float(any(m[0] == s and m[1] in objects for m in before)),
                        float(e in owners),
                        float(any(n.entity is e and n.first > h for n in self.names[s])),
                        float(noun in EMPLOYERS and e in owners),
                        float(kind == "group" and e.kind == "group"),
                    ),
                )
            )
        return rows

    def _above(self, tree: Tree, h: int) -> tuple[set[int], set[int]]:
        """The words of the subject, and of the other arguments, of the clause over the one that a word stands in:
        in "A told B that it would ..." those of A and of B."""
        clause = next((i for i in tree.above(h) if tree.dep[i] in ("ccomp", "xcomp", "advcl", "parataxis")), -1)
        over = tree.head[clause] if clause >= 0 else -1
        if over < 0:
            return set(), set()
        subject = tree.own_subject(over)
        others = [c for c in tree.children[over] if tree.dep[c].split(":")[0] in ("obj", "iobj", "obl") and c != clause]
        clauses = frozenset({"acl", "acl:relcl", "advcl"})
        return (tree.subtree(subject, clauses) if subject >= 0 else set()), {k for c in others for k in tree.subtree(c, clauses)}

    def is_publisher(self, e: Entity) -> bool:
        """True where the entity is the document's own publisher."""
        return self.publisher is not None and any(" ".join(f).lower() == self.publisher.lower() for f in e.forms)


def likeliest(
    rows: Sequence[tuple[Entity, Sequence[float]]], weights: Sequence[float], hints: Hints, hinted: Sequence[float]
) -> tuple[Entity, float]:
    """The candidate with the highest score (of equals the first) and its share in the softmax over all. A score is the weighted sum of
    the features, times hinted[0], and the logarithm of the reader's own probability, times hinted[1]."""
    scores = [
        hinted[0] * sum(w * x for w, x in zip(weights, seen, strict=True)) + hinted[1] * math.log(hints.get(e, 0.0) + FLOOR)
        for e, seen in rows
    ]
    top = max(range(len(rows)), key=lambda k: (scores[k], -k))
    return rows[top][0], 1.0 / sum(math.exp(v - scores[top]) for v in scores)


def manner(noun: str) -> str:
    """Which weights apply to a word that points back."""
    if noun in PERSON_PRONOUNS:
        return "person"
    if noun in THING_PRONOUNS:
        return "thing"
    return "plural" if noun in PLURAL_PRONOUNS else "noun"


def _fits(wanted: str, kind: str, noun: str) -> bool:
    """Whether an actor of this kind can be called by a noun of the wanted kind."""
    if wanted == kind:
        return True
    bodies = {"organization", "government", "media", "unit", "product"}
    if noun in ("group", "organisation", "organization", "coalition", "campaign", "movement"):
        return kind in bodies | {"group"}
    if wanted == "group":
        return kind == "group"
    if wanted == "government":
        return kind == "government"
    return wanted in bodies and kind in bodies and kind != "government"
