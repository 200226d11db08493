"""Words of a sentence -> Actor: names, unnamed groups, "the company", "its chief executive", pronouns.

`Cast(trees, names, lexicon, publisher, published)` knows who appears in one document; `resolve` answers for a stretch of words.
Rule: a name is never guessed. What the text does not settle is kept as written and flagged, and nothing is joined across
documents but by the lexicon.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from loaders.lexicon import Lexicon
from loaders.names import Entity, Name, salience
from loaders.trees import NOMINAL, Tree

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER_PRONOUNS = frozenset({"we", "us", "our", "ours", "i", "me", "my", "mine", "ourselves"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS = PERSON_PRONOUNS | THING_PRONOUNS | PLURAL_PRONOUNS | SPEAKER_PRONOUNS
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "our", "said"})
STAFF = frozenset({"worker", "workers", "employee", "employees", "staff", "staffer", "staffers", "workforce", "personnel"})
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
UNRESOLVED = 0.6
"""Of a definite noun that stands for nobody told before: the reader is right that it acts in about six of ten (train)."""
QUANTITIES = frozenset(
    {
        "group",
        "number",
        "coalition",
        "hundreds",
        "dozens",
        "thousands",
        "majority",
        "handful",
        "scores",
        "tens",
        "lot",
        "couple",
        "pair",
        "series",
        "members",
        "crowd",
        "alliance",
        "half",
        "third",
        "quarter",
        "rest",
        "several",
        "some",
        "many",
        "most",
        "few",
    }
)
HEADS_OF_BODIES = frozenset(
    {"chief executive", "executive", "ceo", "chief", "boss", "president", "chairman", "chairwoman", "head", "founder", "leader"}
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
WEIGHTS: dict[str, tuple[float, ...]] = {
    k: tuple(v)
    for k, v in json.loads((Path(__file__).parent / "model" / "antecedents.json").read_text(encoding="utf-8"))["weights"].items()
}
"""How much each of FEATURES speaks for a candidate; fitted by loaders/model/fit_antecedents.py on gold/news train."""
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
LOOK_BACK = 6
"""Sentences that a definite noun reaches back without a matching word; the codebook's two, loosened for one whose kind fits,
since 9 in 10 of the right antecedents in gold/news train lie within six (pronouns: two)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """One actor that a stretch of words stands for.

    `how` says by which way; `p` is the probability among all whom a word that points back could mean, 1 for a name, and
    UNRESOLVED where it was kept as written though it points back at somebody.
    """

    name: str
    kind: str
    known: bool
    as_written: str
    how: str
    p: float
    entity: Entity | None
    word: int


class Cast:
    """Who appears in one document."""

    def __init__(
        self,
        trees: Sequence[Tree],
        found: tuple[list[Entity], list[list[Name]]],
        text: str,
        lexicon: Lexicon,
        publisher: str | None = None,
        published: date | None = None,
        types: Sequence[str] = (),
    ) -> None:
        self.trees, self.text, self.lexicon, self.published = trees, text, lexicon, published
        self.entities, self.names = list(found[0]), found[1]
        for e in self.entities:
            if e.kind == "group" and e.name.endswith("s") and (entry := lexicon.noun(e.name.split()[-1])) and entry[0] == "group":
                e.number = "plural"
            body = next((t.other for t in lexicon.ties if t.actor == e.name and t.relation == "MEMBER_OF"), None) if e.known else None
            if body is not None:
                e.owner = next((x for x in self.entities if x.name == body), None) or Entity(body, lexicon.kinds[body], True, how="lexicon")
        self.publisher, self.types = publisher, tuple(types)
        self.groups: list[Entity] = []
        self._open: set[tuple[int, int]] = set()
        self.first_person: dict[int, Entity] = {}
        """Who "we" is, by sentence: set by the coder once quotations have their speakers."""

        self._register_groups()

    def _register_groups(self) -> None:
        """Note the unnamed groups told with their body by name ("workers at Harlow Foods"): a later "the workers" finds them."""
        for s, tree in enumerate(self.trees):
            for h, word in enumerate(tree.lower):
                if tree.pos[h] == "NOUN" and self.lexicon.noun_class(word) == "group":
                    beside = [*tree.kids(h, "nmod:poss", "compound"), *tree.with_case(h, "at", "of", "from")]
                    if any(self.name_at(s, c) for c in beside) and not self.name_at(s, h):
                        self._one(s, h, *tree.phrase(h), set())

    # ------------------------------------------------------------------ the door
    def resolve(self, s: int, first: int, last: int, avoid: Iterable[Entity | None] = ()) -> list[Resolved]:
        """Who the words first..last of sentence s stand for: one actor for each member of a coordination; none where
        the words name nobody. `avoid`: who it can't be (the other side of the act)."""
        tree = self.trees[s]
        head = self.head(tree, first, last)
        heads = [h for h in tree.members(head) if first <= h <= last]
        spoken_for = self._spoken_for(tree, head)
        if spoken_for:
            found = [r for c in spoken_for for r in [self._one(s, c, *tree.phrase(c), set(avoid))] if r]
            return [replace(r, as_written=tree.text(first, last, self.text)) for r in found]
        listed = self._listed(s, first, last)
        if listed:
            return [
                self._of(n.entity, tree.text(n.first, n.last, self.text), n.last, "listed by name")
                for n in listed
                if n.entity not in set(avoid)
            ]
        out: list[Resolved] = []
        taken = set(avoid)
        for h in heads:
            a, b = (first, last) if len(heads) == 1 else self._part(tree, h, first, last, heads)
            one = self._one(s, h, a, b, taken)
            if one and one.name not in {o.name for o in out}:
                out.append(one)
        return out

    def _spoken_for(self, tree: Tree, head: int) -> list[int]:
        """The bodies of "spokespeople for A and B": each speaks for itself."""
        entry = self.lexicon.noun(tree.lower[head])
        for c in tree.with_case(head, "for", "from", "of", "at") if entry and entry[0] == "spokesperson" else []:
            members = tree.members(c)
            if len(members) > 1:
                return members
        return []

    def _listed(self, s: int, first: int, last: int) -> list[Name]:
        """The names of "civil rights groups including A, B and C", where the words are of such a list: a claim for each that is named,
        none for the rest."""
        tree = self.trees[s]
        for start in (k for k, w in enumerate(tree.lower) if w in ("including", "namely") and k > 0):
            out: list[Name] = []
            at = start + 1
            for n in self.names[s]:
                between = tree.lower[at : n.first]
                if n.first >= at and len(between) <= 3 and set(between) <= {",", "and", "the", "or", "&"}:
                    out.append(n)
                    at = n.last + 1
            heads = not self.name_at(s, start - 1) and tree.pos[start - 1] in ("NOUN", "PUNCT")
            if heads and out and first <= out[-1].last and last >= start - 2:
                return out
        return []

    def resolve_word(self, s: int, word: int, avoid: Iterable[Entity | None] = ()) -> list[Resolved]:
        """The same for the noun phrase whose head is `word`, with the other members of its coordination."""
        tree = self.trees[s]
        out: list[Resolved] = []
        for h in tree.members(word):
            one = self._one(s, h, *tree.phrase(h), set(avoid))
            if one and one.name not in {o.name for o in out}:
                out.append(one)
        return out

    def name_at(self, s: int, word: int) -> Name | None:
        """The name span that covers a word."""
        return next((n for n in self.names[s] if n.first <= word <= n.last), None)

    # ------------------------------------------------------------------ heads and parts
    def head(self, tree: Tree, first: int, last: int) -> int:
        """The word of the stretch on which the others hang: of several, the first nominal."""
        tops = [i for i in range(first, last + 1) if not first <= tree.head[i] <= last]
        return next((i for i in tops if tree.pos[i] in NOMINAL), tops[0] if tops else first)

    def _part(self, tree: Tree, h: int, first: int, last: int, heads: Sequence[int]) -> tuple[int, int]:
        a, b = tree.phrase(h)
        others = [x for x in heads if x != h]
        a = max([a, first] + [x + 1 for x in others if x < h])
        b = min([b, last] + [x - 1 for x in others if x > h])
        while b > h and tree.lower[b] in (",", "and", "or", "&", "both"):
            b -= 1
        while a < h and tree.lower[a] in (",", "and", "or", "both"):
            a += 1
        return a, b

    # ------------------------------------------------------------------ one phrase
    def _one(self, s: int, h: int, first: int, last: int, avoid: set[Entity | None]) -> Resolved | None:
        """Who one phrase means. A phrase that is reached again while it is being resolved ("the man whose ...") means nobody."""
        if (s, h) in self._open:
            return None
        self._open.add((s, h))
        try:
            return self._phrase(s, h, first, last, avoid)
        finally:
            self._open.discard((s, h))

    def _phrase(self, s: int, h: int, first: int, last: int, avoid: set[Entity | None]) -> Resolved | None:
        tree = self.trees[s]
        written = tree.text(first, last, self.text) if first <= last else tree.words[h]
        word = tree.lower[h]
        if word in RELATIVE and tree.pos[h] in ("PRON", "DET", "SCONJ"):
            target = self._relative_head(tree, h)
            return self._one(s, target, *tree.phrase(target), avoid) if target >= 0 else None
        name = self._closing_name(s, first, last) or self.name_at(s, h)
        if name is None and self.lexicon.noun_class(word) not in ("group", "spokesperson", "part", "property", "act"):
            name = self._apposed(s, h, first, last)
        if name is not None and word not in PRONOUNS:
            return self._named(s, h, name, first, last, written, avoid)
        if word in PRONOUNS and tree.pos[h] in ("PRON", "DET", "PROPN", "NOUN"):
            return self._pronoun(s, h, written, avoid)
        if word in (
            "both",
            "two",
            "sides",
            "others",
            "some",
            "many",
            "all",
            "each",
            "one",
            "another",
            "none",
            "nobody",
            "everyone",
            "anyone",
            "someone",
            "which",
            "those",
            "these",
            "three",
            "latter",
            "former",
        ):
            return self._part_of_others(s, h, first, last, written, avoid)
        return self._nominal(s, h, first, last, written, avoid)

    def _relative_head(self, tree: Tree, pronoun: int) -> int:
        for i in tree.above(pronoun):
            if tree.dep[i] in ("acl:relcl", "acl"):
                h = tree.head[i]
                return h if h != pronoun else -1
        return -1

    def _apposed(self, s: int, h: int, first: int, last: int) -> Name | None:
        """A name that the noun introduces or that stands in apposition: "the messaging app Zumbo", "its director, Ana Sol"."""
        tree = self.trees[s]
        for c in tree.children[h]:
            if tree.dep[c] in ("appos", "flat", "nmod:desc") and (n := self.name_at(s, c)):
                return n
        if tree.dep[h] in ("appos", "compound", "flat", "nmod:desc") and (n := self.name_at(s, tree.head[h])) and tree.pos[h] != "PROPN":
            return n
        return None

    def _closing_name(self, s: int, first: int, last: int) -> Name | None:
        """The name with which a phrase ends: "the city's largest sports shop, Forma Evi", "Defence counsel Leland Voss (38)"."""
        tree = self.trees[s]
        if tree.words[last] in (")", ",") and "(" in tree.words[first:last]:
            last = first + tree.words[first:last].index("(") - 1
        name = next((n for n in self.names[s] if n.first >= first and n.last == last), None)
        if name is None or name.first == first:
            return name
        before = tree.lower[name.first - 1]
        return (
            name
            if (
                tree.pos[name.first - 1] not in ("ADP", "PART", "CCONJ", "SCONJ", "VERB", "AUX")
                and before not in ("'s", "’s", "'", "’", "and", "or", "of", "the", "to")
            )
            or (before == "the" and name.first - 1 == first)
            else None
        )

    def _named(self, s: int, h: int, name: Name, first: int, last: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        """A phrase with a name at its head."""
        e = name.entity
        tree = self.trees[s]
        # A name that ends in a word for people or speakers, or has one beside it: "Amazon employees", "Parler spokeswoman".
        if h > name.last or (not e.known and h == name.last and name.first < h and tree.words[h][0].islower()):
            return self._nominal(s, h, first, last, written, avoid)
        if e in avoid:
            return None
        return self._of(e, written, h, e.how if e.known else "name in the text")

    def _of(self, e: Entity, written: str, word: int, how: str, p: float = 1.0) -> Resolved:
        return Resolved(e.name, e.kind or "organization", e.known, written, how, p, e, word)

    # ------------------------------------------------------------------ nouns
    def _nominal(self, s: int, h: int, first: int, last: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        tree = self.trees[s]
        noun = tree.lower[h]
        entry = self.lexicon.noun(noun)
        cls = entry[0] if entry else None
        if noun in QUANTITIES:
            for c in tree.with_case(h, "of"):
                inner = self.lexicon.noun(tree.lower[c])
                if inner and inner[0] == "group":
                    return self._one(s, c, *tree.phrase(c), avoid)
        owner = self._owner(s, h, first, avoid if cls != "group" else set())
        definite = any(tree.lower[c] in DEFINITE for c in tree.children[h] if tree.dep[c] in ("det", "nmod:poss")) or any(
            tree.lower[i] in ("the", "both") for i in range(first, min(h, first + 2))
        )
        if cls == "group" and owner is not None and owner.kind not in ("place",):
            people = "employees" if noun in STAFF else tree.lower[h]
            return self._group(f"{owner.name} {people}", owner, noun, s, h, written)
        if cls == "person":
            if owner is not None:
                holder = self._holder(owner, tree, h, first, s)
                if holder is not None and holder not in avoid:
                    return self._of(holder, written, h, "role")
            antecedent = self._antecedent(s, h, noun, "person", avoid) if definite and owner is None else None
            if antecedent:
                return self._of(antecedent[0], written, h, "noun that points back", antecedent[1])
            return self._as_written(s, h, first, last, written, "person", p=UNRESOLVED if definite else 1.0)
        if cls in ("spokesperson", "part", "property", "act") and owner is not None:
            return self._of(owner, written, h, f"its {noun}") if owner not in avoid else None
        if cls in ("spokesperson", "part") and owner is None:
            antecedent = self._antecedent(s, h, noun, "organization", avoid)
            if antecedent:
                return self._of(antecedent[0], written, h, "whose it is", antecedent[1])
        kind = entry[1] if entry and cls in ("organization", "group") else None
        if definite or (noun in VAGUE and first == h):
            antecedent = self._antecedent(s, h, noun, kind, avoid)
            if antecedent:
                return self._of(antecedent[0], written, h, "noun that points back", antecedent[1])
            if noun in VAGUE:
                return self._as_written(s, h, first, last, written, kind or "organization", p=UNRESOLVED)
        return self._as_written(
            s, h, first, last, written, kind or ("group" if cls == "group" else None), p=UNRESOLVED if definite else 1.0
        )

    def _owner(self, s: int, h: int, first: int, avoid: set[Entity | None]) -> Entity | None:
        """Whose it is: a possessor, a name or noun before it, or one behind "of", "at", "from", "for". A noun that points back
        ("the company's decision") can't mean one of `avoid`; a name and "its" can."""
        tree = self.trees[s]
        for c in tree.kids(h, "nmod:poss"):
            named = self.name_at(s, c)
            r = self._one(s, c, *tree.phrase(c), set() if named or tree.lower[c] in PRONOUNS else avoid)
            if r and r.entity:
                return r.entity
        for c in [*tree.kids(h, "compound", "amod", "flat", "nmod"), *range(max(first, h - 3), h)]:
            if c < h and (n := self.name_at(s, c)) and not tree.kids(c, "case"):
                return n.entity
            if (
                c < h
                and tree.dep[c] == "compound"
                and tree.head[c] == h
                and (e := self.lexicon.noun(tree.lower[c]))
                and e[0] == "organization"
            ):
                found = self._antecedent(s, c, tree.lower[c], e[1], avoid)
                if found:
                    return found[0]
        for c in tree.with_case(h, "of", "at", "from", "for", "with"):
            if n := self.name_at(s, c):
                return n.entity
            r = self._one(s, c, *tree.phrase(c), avoid) if any(tree.lower[k] in DEFINITE for k in tree.children[c]) else None
            if r and r.entity:
                return r.entity
        return None

    def _holder(self, owner: Entity, tree: Tree, h: int, first: int, s: int) -> Entity | None:
        """Who holds a post in a body: a person whom this document calls so, or the lexicon's leader on the day."""
        noun = tree.lower[h]
        for e in self.entities:
            if e.kind == "person" and e.owner is owner and noun in e.descriptors:
                return e
        role = " ".join(tree.lower[first : h + 1])
        if any(role.endswith(r) for r in HEADS_OF_BODIES):
            leader = self.lexicon.leader_of(owner.name, self.published)
            if leader:
                return next((e for e in self.entities if e.name == leader), None) or Entity(leader, "person", True)
        return None

    def _group(self, name: str, owner: Entity, noun: str, s: int, h: int, written: str) -> Resolved:
        """An unnamed group of an organization, under '<Organization> <noun>' (codebook 5)."""
        e = next((x for x in [*self.entities, *self.groups] if x.name == name), None)
        if e is None:
            e = Entity(name, "group", name in self.lexicon.kinds, owner=owner, number="plural", how="unnamed group")
            self.groups.append(e)
        e.descriptors[noun] += 1
        e.mentions.append((s, h, 0.8))
        return self._of(e, written, h, "unnamed group")

    def _as_written(self, s: int, h: int, first: int, last: int, written: str, kind: str | None, p: float) -> Resolved | None:
        """Somebody without a name: the words, without article and quantity, become the name."""
        tree = self.trees[s]
        a, b = tree.phrase(h)
        a, b = max(a, first), min(b, last)
        while a < h and (
            tree.lower[a]
            in (
                "the",
                "a",
                "an",
                "some",
                "other",
                "many",
                "several",
                "these",
                "those",
                "this",
                "that",
                "all",
                "both",
                "more",
                "dozens",
                "hundreds",
                "thousands",
                "of",
                "scores",
                "about",
                "around",
                "nearly",
                "almost",
                "over",
                "than",
            )
            or tree.pos[a] == "NUM"
        ):
            a += 1
        if a > b or tree.pos[h] not in NOMINAL | {"ADJ", "X"}:
            return None
        noun = tree.lower[h]
        name = tree.text(a, b, self.text)
        if name.islower() or not name[0].isupper() or a == 0:
            name = (
                name
                if self.name_at(s, a) or tree.pos[a] in ("PROPN",) or (tree.pos[a] == "ADJ" and a != 0) or tree.words[a].isupper()
                else name[0].lower() + name[1:]
            )
        e = next((x for x in self.groups if x.name.lower() == name.lower()), None)
        if e is None:
            e = Entity(
                name,
                kind,
                False,
                number="plural" if noun.endswith("s") or noun in ("police", "staff", "people") else None,
                how="as written",
            )
            entry = self.lexicon.noun(noun)
            if entry and entry[0] in ("group", "organization", "person") and name != noun[:0]:
                self.groups.append(e)
        e.descriptors[noun] += 1
        e.mentions.append((s, h, 0.6))
        return Resolved(e.name, kind or "organization", False, written, "as written", p, e, h)

    # ------------------------------------------------------------------ pointing back
    def _antecedent(self, s: int, h: int, noun: str, kind: str | None, avoid: set[Entity | None]) -> tuple[Entity, float] | None:
        """Whom a noun or pronoun points back at, with its probability: the candidate with the highest score, where there is one."""
        employer = next((x.owner for x in avoid if x is not None and x.kind == "group" and x.owner is not None), None)
        if noun in EMPLOYERS and employer is not None and employer not in avoid:
            return employer, 1.0
        rows = self.candidates(s, h, noun, kind, avoid)
        if not rows:
            return None
        scores = [sum(w * x for w, x in zip(WEIGHTS[manner(noun)], seen, strict=True)) for _, seen in rows]
        top = max(range(len(rows)), key=lambda k: (scores[k], -k))
        best = rows[top][0]
        best.mentions.append((s, h, salience(self.trees[s], h)))
        best.mentions.sort()
        return best, 1.0 / sum(math.exp(v - scores[top]) for v in scores)

    def candidates(self, s: int, h: int, noun: str, kind: str | None, avoid: set[Entity | None]) -> list[tuple[Entity, tuple[float, ...]]]:
        """Everybody at whom the word could point back, with what speaks for each (FEATURES)."""
        tree = self.trees[s]
        modifiers = {tree.lower[c] for c in tree.kids(h, "amod", "compound")}
        way = manner(noun)
        entry = self.lexicon.noun(noun)
        plural = noun in PLURAL_PRONOUNS or bool(entry and entry[0] == "group" and noun.endswith("s") and not noun.endswith("ss"))
        subjects, objects = self._above(tree, h)
        owners = {x.owner for x in avoid if x is not None and x.kind != "person"}
        rows: list[tuple[Entity, tuple[float, ...]]] = []
        for e in [*self.entities, *self.groups]:
            before = [m for m in e.mentions if (m[0], m[1]) < (s, h)]
            if e in avoid or not before or e.kind == "place":
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
        clause = next((i for i in tree.above(h) if tree.dep[i] in ("ccomp", "xcomp", "advcl", "conj", "parataxis", "acl")), -1)
        over = tree.head[clause] if clause >= 0 else -1
        if over < 0:
            return set(), set()
        subject = tree.own_subject(over)
        others = [c for c in tree.children[over] if tree.dep[c].split(":")[0] in ("obj", "iobj", "obl") and c != clause]
        return (set(range(tree.phrase(subject)[0], tree.phrase(subject)[1] + 1)) if subject >= 0 else set()), {
            k for c in others for k in range(tree.phrase(c)[0], tree.phrase(c)[1] + 1)
        }

    def is_publisher(self, e: Entity) -> bool:
        """True where the entity is the document's own publisher."""
        return self.publisher is not None and any(" ".join(f).lower() == self.publisher.lower() for f in e.forms)

    def _pronoun(self, s: int, h: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        word = self.trees[s].lower[h]
        if word in SPEAKER_PRONOUNS:
            e = self.first_person.get(s)
            if e is not None and word not in ("i", "me", "my", "mine") and e.kind == "person" and e.owner is not None:
                e = e.owner
            return self._of(e, written, h, "speaker of the quotation") if e is not None and e not in avoid else None
        found = self._antecedent(s, h, word, "person" if word in PERSON_PRONOUNS else None, avoid)
        return self._of(found[0], written, h, "pronoun", found[1]) if found is not None else None

    def _part_of_others(self, s: int, h: int, first: int, last: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        """ "Both of them", "some of its members": the group behind "of", else as written."""
        tree = self.trees[s]
        for c in tree.with_case(h, "of"):
            return self._one(s, c, *tree.phrase(c), avoid)
        return None


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
