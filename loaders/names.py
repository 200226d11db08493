"""Trees of a document -> the names in it: where they stand, which are forms of one another, what each is called.

In: trees and the lexicon. Out: `Entity`s, and for each sentence its `Name` spans. A name that the lexicon holds is taken
under its canonical name; any other capitalised name is kept as its longest form in this document. Rule: forms are joined
within one document only, by an alias, a bracketed or quoted short form, initials, or as the unique beginning or end of a longer
name, and never where the longer name adds people ("Amazon" is no form of "Amazon Employees for Climate Justice").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.forms import LEGAL, TITLES, bare, cluster, form_of, short_forms, written
from loaders.lexicon import Lexicon
from loaders.spans import BODIES, Span, opens, spans
from loaders.trees import Tree


@dataclass(slots=True)
class Entity:
    """Somebody or something named in the document (or an unnamed group). `kind` None: the text does not tell."""

    name: str
    kind: str | None
    known: bool
    forms: set[tuple[str, ...]] = field(default_factory=set)
    descriptors: Counter[str] = field(default_factory=Counter)
    owner: Entity | None = None
    mentions: list[tuple[int, int, float]] = field(default_factory=list)
    number: str | None = None
    how: str = "name in the text"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True, slots=True)
class Name:
    """A name span in one sentence: first and last word, and whose name it is; `sense` product: something that belongs to it."""

    first: int
    last: int
    entity: Entity
    sense: str = "name"


def find_names(trees: Sequence[Tree], lexicon: Lexicon) -> tuple[list[Entity], list[list[Name]]]:
    """All entities with a name, in order of first mention, and the name spans of every sentence."""
    lower_seen = {w for t in trees for w in t.words if w.islower()}
    inside = {w for t in trees for i, w in enumerate(t.words) if w[0].isupper() and not opens(t, i)}
    standing: list[list[Span]] = [spans(t, lexicon, lower_seen, inside) for t in trees]
    unknown: Counter[tuple[str, ...]] = Counter()
    kinds: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    known_forms: dict[tuple[str, ...], str] = {}
    for tree, found in zip(trees, standing, strict=True):
        for first, last, known in found:
            form = form_of(tree, first, last)
            if known:
                known_forms[form] = known[0]
                continue
            unknown[form] += 1
            for kind in _kinds(tree, first, last, lexicon):
                kinds[form][kind] += 1
    short = short_forms(trees, standing)
    full = cluster(unknown, short, known_forms)
    entities: dict[str, Entity] = {}
    placed: Counter[str] = Counter()
    names: list[list[Name]] = []
    for s, (tree, found) in enumerate(zip(trees, standing, strict=True)):
        row: list[Name] = []
        for first, last, known in found:
            form = form_of(tree, first, last)
            if known:
                if known[0] not in entities:
                    entities[known[0]] = Entity(known[0], lexicon.kinds[known[0]], True, how="lexicon")
                    entities[known[0]].descriptors.update(lexicon.called.get(known[0], ()))
                entity = entities[known[0]]
            else:
                whole = full[form]
                if isinstance(whole, str):
                    entity = entities.setdefault(whole, Entity(whole, lexicon.kinds[whole], True, how="short form of a lexicon name"))
                else:
                    label = written(whole)
                    entity = entities.setdefault(label, Entity(label, None, False))
            entity.forms.add(form)
            row.append(Name(first, last, entity, known[1] if known else "name"))
            entity.mentions.append((s, last, salience(tree, last)))
            placed[entity.name] += _locative(tree, first, last)
        names.append(row)
    for entity in entities.values():
        if entity.kind is None:
            votes: Counter[str] = Counter()
            if placed[entity.name] >= 0.6 * len(entity.mentions):
                entity.kind = "place"
                continue
            for form in entity.forms:
                votes += kinds[form]
            entity.kind = votes.most_common(1)[0][0] if votes else _guess(entity)
    for tree, row in zip(trees, names, strict=True):
        for name in row:
            _describe(tree, name, row, lexicon)
    for words, form in short.items():
        whole = full.get(form, form)
        label = whole if isinstance(whole, str) else written(whole)
        if label in entities:
            entities[label].descriptors[words[-1].lower()] += 3
    return list(entities.values()), names


def salience(tree: Tree, i: int) -> float:
    """How much a mention is in focus: subjects most."""
    for k in (i, tree.head[i]):
        if 0 <= k < len(tree) and tree.dep[k] in ("nsubj", "nsubj:pass", "nsubj:outer", "root"):
            return 1.0
        if 0 <= k < len(tree) and tree.dep[k] in ("obj", "iobj", "obl:agent"):
            return 0.6
    return 0.3


def _locative(tree: Tree, first: int, last: int) -> bool:
    """True where a name is led by a preposition of place: "in Leeds", "near Long Tepai", "the town of Velm"."""
    k = first - 1
    while k > 0 and (tree.words[k] in (",", "and") or (tree.words[k][0].isupper() and tree.pos[k] == "PROPN")):
        k -= 1
    before = tree.lower[k] if k >= 0 else ""
    return before in ("in", "near", "outside", "across", "around", "throughout") or (
        before == "of"
        and k > 0
        and tree.lower[k - 1]
        in (
            "town",
            "city",
            "village",
            "province",
            "state",
            "region",
            "coast",
            "port",
            "district",
            "valley",
            "island",
            "south",
            "north",
            "east",
            "west",
        )
    )


def _kinds(tree: Tree, first: int, last: int, lexicon: Lexicon) -> list[str]:
    """What the words of a name and those before it tell of its kind (one vote each)."""
    votes: list[str] = []
    words = [tree.lower[k].rstrip(".") for k in range(first, last + 1)]
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if any(w in LEGAL for w in words[1:]) or "&" in words:
        votes += ["organization"] * 3
    noun = lexicon.noun(head)
    if noun and len(words) > 1 and noun[0] in ("organization", "group", "part", "property", "act"):
        votes += [noun[1] if noun[0] in ("organization", "group") else "organization"] * 3
    if any(
        w in BODIES or w in ("ministry", "police", "court", "parliament", "senate", "congress", "tribunal", "inspectorate", "regulator")
        for w in words
    ):
        government = any(
            w
            in (
                "ministry",
                "court",
                "police",
                "parliament",
                "senate",
                "congress",
                "tribunal",
                "inspectorate",
                "authority",
                "commission",
                "government",
            )
            for w in words
        )
        votes += ["government" if government else "organization"] * 2
    if tree.words[first].isupper() and len(tree.words[first]) > 1 and first == last:
        votes.append("organization")
    if first > 0:
        before = tree.lower[first - 1].rstrip(".")
        if tree.words[first - 1] == "." and first > 1:
            before = tree.lower[first - 2]
        noun = lexicon.noun(before)
        if before in TITLES or (noun and noun[0] == "person"):
            votes += ["person"] * 3
        elif noun and noun[0] in ("organization",):
            votes += [noun[1]] * 2
    if (
        last + 2 < len(tree)
        and tree.words[last + 1] == ","
        and tree.words[last + 2].isdigit()
        and len(tree.words[last + 2]) == 2
        and last + 3 < len(tree)
        and tree.words[last + 3] == ","
    ):
        votes += ["person"] * 3
    return votes


def _guess(entity: Entity) -> str | None:
    """The kind of a name by how it is shortened: by its last word a person, by its first an organization."""
    longest = max((bare(f) for f in entity.forms), key=len)
    if len(longest) < 2:
        return None
    ends = {bare(f) for f in entity.forms}
    if (longest[-1],) in ends and longest[-1].isalpha():
        return "person"
    if (longest[0],) in ends or longest[:-1] in ends:
        return "organization"
    return None


def _describe(tree: Tree, name: Name, row: Sequence[Name], lexicon: Lexicon) -> None:
    """Note what the sentence calls the name: nouns before it, in apposition to it, or said of it with "is"; and whose it is."""
    spots = range(name.first, name.last + 1)
    heads = [k for k in spots if tree.head[k] not in spots]
    if not heads:
        return
    head = heads[0]
    noted: list[int] = []
    k = name.first - 1
    while k >= 0 and tree.pos[k] in ("NOUN", "ADJ", "PROPN") and not any(n.first <= k <= n.last for n in row):
        if tree.pos[k] == "NOUN" or lexicon.noun(tree.lower[k]):
            noted.append(k)
            break
        k -= 1
    for i in (head, tree.head[head]):
        if 0 <= i < len(tree):
            noted += [c for c in tree.kids(i, "appos") if c not in spots and tree.pos[c] in ("NOUN", "PROPN")] if i == head else []
            if i != head and tree.dep[head] in ("appos", "flat", "nmod:desc") and tree.pos[i] == "NOUN":
                noted.append(i)
            if i != head and tree.dep[head] in ("nsubj", "nsubj:outer") and tree.pos[i] == "NOUN" and tree.kids(i, "cop"):
                noted.append(i)
    for k in noted:
        noun = tree.lower[k]
        entry = lexicon.noun(noun)
        if entry and entry[0] in ("spokesperson", "act"):
            continue
        name.entity.descriptors[noun] += 1
        if entry and name.entity.kind is None:
            name.entity.kind = "person" if entry[0] == "person" else entry[1]
        if entry and entry[0] == "person" and name.entity.owner is None:
            first, last = tree.phrase(k)
            for other in row:
                if (
                    other.entity is not name.entity
                    and (first <= other.first <= last or any(tree.head[x] == k for x in range(other.first, other.last + 1)))
                    and other.entity.kind != "person"
                ):
                    name.entity.owner = other.entity
