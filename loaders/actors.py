"""Words of a sentence -> Actor: names, unnamed groups, "the company", "its chief executive", pronouns.

`Cast(trees, names, lexicon, publisher, published)` knows who appears in one document; `resolve` answers for a stretch of words.
Rule: a name is never guessed. What the text does not settle is kept as written and flagged, and nothing is joined across
documents but by the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loaders import several
from loaders.antecedents import (
    PERSON_PRONOUNS,
    PRONOUNS,
    RELATIVE,
    SPEAKER_PRONOUNS,
    VAGUE,
    Antecedents,
)
from loaders.lexicon import Lexicon
from loaders.names import Entity, Name
from loaders.trees import NOMINAL, Tree

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "our", "said"})
STAFF = frozenset({"worker", "workers", "employee", "employees", "staff", "staffer", "staffers", "workforce", "personnel"})
WRITINGS = frozenset({"letter", "petition", "statement", "email", "tweet", "post", "memo", "resolution", "motion"})
THING = 0.8
"""Of a noun that no list holds, with its owner beside it: the owner is meant. A guess; the confidence weighs it like any other."""
AUTHOR = 0.85
"""Of a letter that asks: its author asks. A guess, since the gold names too few authors to count."""
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

        self.back = Antecedents(trees, self.names, self.entities, self.groups, lexicon, publisher)
        self.writings = self._find_writings()
        self._register_groups()

    def _find_writings(self) -> list[tuple[int, int, str, Entity]]:
        """Letters, petitions and the like whose author is named: (sentence, word, noun, author)."""
        found = []
        for s, tree in enumerate(self.trees):
            for h, word in enumerate(tree.lower):
                if word in WRITINGS and tree.pos[h] == "NOUN":
                    authors = [*tree.kids(h, "nmod:poss"), *tree.with_case(h, "from", "by", "of")]
                    name = next((n for c in authors if (n := self.name_at(s, c)) and n.entity.kind != "place"), None)
                    if name is not None:
                        found.append((s, h, word, name.entity))
        return found

    def _author(self, s: int, h: int, noun: str) -> Entity | None:
        """Whose "the letter" is, or what stands for it as "It" right behind: its author's."""
        for at, word, written, author in reversed(self.writings):
            if (at, word) >= (s, h):
                continue
            if noun == written:
                return author
            tree = self.trees[at]
            if noun == "it" and at == s - 1 and tree.dep[word] in ("nsubj", "nsubj:pass") and self.trees[s].dep[h] == "nsubj":
                return author
        return None

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
        while last > first and (tree.lower[last] in RELATIVE or (tree.pos[last] == "PUNCT" and tree.words[last] in ",;:")):
            last -= 1
        head = self.head(tree, first, last)
        heads = [h for h in tree.members(head) if first <= h <= last]
        spoken_for = several.spoken_for(tree, head, self.lexicon)
        if spoken_for:
            found = [r for c in spoken_for for r in [self._one(s, c, *tree.phrase(c), set(avoid))] if r]
            return [replace(r, as_written=tree.text(first, last, self.text)) for r in found]
        listed = several.listed(tree, self.names[s], first, last)
        if listed:
            return [
                self._of(n.entity, tree.text(n.first, n.last, self.text), n.last, "listed by name")
                for n in listed
                if n.entity not in set(avoid)
            ]
        both = several.both(self.trees, self.names, s, head, first, last, set(avoid), self.lexicon)
        if both:
            return [self._of(e, tree.text(first, last, self.text), head, "the two", several.TWO_RIGHT) for e in both]
        out: list[Resolved] = []
        taken = set(avoid)
        for h in heads:
            a, b = (first, last) if len(heads) == 1 else self._part(tree, h, first, last, heads)
            one = self._one(s, h, a, b, taken)
            if one and one.name not in {o.name for o in out}:
                out.append(one)
        return out

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
        head = next((i for i in tops if tree.pos[i] in NOMINAL), tops[0] if tops else first)
        if tree.pos[head] in ("NOUN", "PROPN", "PRON") and tree.lower[head] not in DEFINITE:
            return head
        if tree.pos[head] == "NUM" and tree.with_case(head, "of"):
            return head
        # A word that cannot head a phrase was read as its head: the last noun before a preposition does.
        stop = next((i for i in range(first + 1, last + 1) if tree.pos[i] == "ADP"), last + 1)
        return next((i for i in range(stop - 1, first - 1, -1) if tree.pos[i] in ("NOUN", "PROPN")), head)

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
        if name is None:
            stands_alone = self.lexicon.noun_class(word) not in ("group", "spokesperson", "part", "property", "act")
            name = self._apposed(s, h, ("appos", "flat", "nmod:desc") if stands_alone else ("appos",))
        if name is not None and word not in PRONOUNS:
            return self._named(s, h, name, first, last, written, avoid)
        if word in ("it", *WRITINGS) and (author := self._author(s, h, word)) is not None and author not in avoid:
            return self._of(author, written, h, "who wrote it", AUTHOR)
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

    def _apposed(self, s: int, h: int, relations: tuple[str, ...]) -> Name | None:
        """A name that the noun introduces or that stands in apposition: "the messaging app Zumbo", "its director, Ana Sol"."""
        tree = self.trees[s]
        for c in tree.children[h]:
            if tree.dep[c] in relations and (n := self.name_at(s, c)):
                return n
        beside = self.name_at(s, h + 1) if len(relations) > 1 else None
        if beside is not None and beside.first == h + 1 and self.lexicon.noun_class(tree.lower[h]) in ("person", "organization"):
            return beside  # "the baker Tove Almqvist", whatever was hung on what
        if len(relations) > 1 and tree.dep[h] in ("appos", "compound", "flat", "nmod:desc") and tree.pos[h] != "PROPN":
            return self.name_at(s, tree.head[h])
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
        if noun in QUANTITIES or tree.pos[h] == "NUM":
            for c in tree.with_case(h, "of"):
                inner = self.lexicon.noun(tree.lower[c])
                if tree.pos[h] == "NUM" or (inner and inner[0] == "group"):
                    return self._one(s, c, *tree.phrase(c), avoid)
            if noun in QUANTITIES and h + 2 <= last and tree.lower[h + 1] == "of":
                # "A group of Amazon employees", whatever the words behind "of" were hung on.
                c = self.head(tree, h + 2, last)
                inner = self.lexicon.noun(tree.lower[c])
                if inner and inner[0] == "group":
                    return self._one(s, c, h + 2, last, avoid)
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
            antecedent = self.back.best(s, h, noun, "person", avoid) if definite and owner is None else None
            if antecedent:
                return self._of(antecedent[0], written, h, "noun that points back", antecedent[1])
            return self._as_written(s, h, first, last, written, "person", p=UNRESOLVED if definite else 1.0)
        if cls in ("spokesperson", "part", "property", "act") and owner is not None:
            return self._of(owner, written, h, f"its {noun}") if owner not in avoid else None
        if cls in ("spokesperson", "part") and owner is None:
            antecedent = self.back.best(s, h, noun, "organization", avoid)
            if antecedent:
                return self._of(antecedent[0], written, h, "whose it is", antecedent[1])
        kind = entry[1] if entry and cls in ("organization", "group") else None
        if cls is None and owner is not None and owner.kind != "place":
            # "The transmitters of Radio Ndar": what is done to a thing is done to whose it is.
            return self._of(owner, written, h, f"its {noun}", THING) if owner not in avoid else None
        if definite or (noun in VAGUE and first == h):
            antecedent = self.back.best(s, h, noun, kind, avoid)
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
                found = self.back.best(s, c, tree.lower[c], e[1], avoid)
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
            if entry and entry[0] in ("group", "organization", "person"):
                self.groups.append(e)
        e.descriptors[noun] += 1
        e.mentions.append((s, h, 0.6))
        return Resolved(e.name, kind or "organization", False, written, "as written", p, e, h)

    def _pronoun(self, s: int, h: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        word = self.trees[s].lower[h]
        if word in SPEAKER_PRONOUNS:
            e = self.first_person.get(s)
            if e is not None and word not in ("i", "me", "my", "mine") and e.kind == "person" and e.owner is not None:
                e = e.owner
            return self._of(e, written, h, "speaker of the quotation") if e is not None and e not in avoid else None
        found = self.back.best(s, h, word, "person" if word in PERSON_PRONOUNS else None, avoid)
        return self._of(found[0], written, h, "pronoun", found[1]) if found is not None else None

    def _part_of_others(self, s: int, h: int, first: int, last: int, written: str, avoid: set[Entity | None]) -> Resolved | None:
        """ "Both of them", "some of its members": the group behind "of", else as written."""
        tree = self.trees[s]
        for c in tree.with_case(h, "of"):
            return self._one(s, c, *tree.phrase(c), avoid)
        return None
