"""Sentence + Reading -> Tree: who hangs on whom, phrases, subjects, objects, tense; the rules' view of a sentence.

Pure look-ups over one dependency tree (Universal Dependencies). Rule: nothing here knows an act, an actor or a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from loaders.reader import Reading
from loaders.sentences import Sentence

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECT = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
LOOSE = frozenset({"acl:relcl", "acl", "advcl", "appos", "parataxis", "conj", "cc", "punct", "dep", "list", "dislocated"})
"""Relations that end a bare noun phrase: what hangs on its head by one of these is not part of the name."""
FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
NEGATION = frozenset({"not", "never", "no", "nor", "neither", "n't", "without", "hardly", "none", "nobody", "nothing", "cannot"})


class Tree:
    """One sentence with its dependency tree. Word indices everywhere; -1 stands for none."""

    def __init__(self, sentence: Sentence, reading: Reading) -> None:
        self.sentence, self.reading = sentence, reading
        self.words = tuple(w.text for w in sentence.words)
        self.lower = tuple(w.text.lower().replace("’", "'") for w in sentence.words)
        self.pos, self.head, self.dep = reading.pos, *_one_root(reading)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The words that hang on each word, in order."""
        below: list[list[int]] = [[] for _ in self.words]
        for i, h in enumerate(self.head):
            if 0 <= h < len(self.words) and h != i:
                below[h].append(i)
        return tuple(tuple(b) for b in below)

    def kids(self, i: int, *relations: str) -> list[int]:
        """Children of `i` by one of the relations (a bare "obl" also takes "obl:agent" and so on); all where none is named."""
        return [c for c in self.children[i] if not relations or self.dep[c] in relations or self.dep[c].split(":")[0] in relations]

    def subtree(self, i: int, stop: frozenset[str] = frozenset()) -> set[int]:
        """`i` and all below it, without branches whose relation is in `stop`."""
        seen, todo = {i}, [i]
        while todo:
            for c in self.children[todo.pop()]:
                if c not in seen and self.dep[c] not in stop:
                    seen.add(c)
                    todo.append(c)
        return seen

    def above(self, i: int) -> Iterator[int]:
        """The words over `i`, the nearest first."""
        seen = {i}
        while 0 <= (i := self.head[i]) < len(self.words) and i not in seen:
            seen.add(i)
            yield i

    def phrase(self, i: int) -> tuple[int, int]:
        """First and last word of the noun phrase whose head is `i`: a run of words round it, without clauses,
        appositions, other members of a coordination or a case marker at its front."""
        inside = {i} | {
            x
            for c in self.children[i]
            if self.dep[c] not in LOOSE
            and self.dep[c] not in ("case", "mark", "cop")
            and not self.dep[c].startswith(("nsubj", "aux", "advmod", "obl"))
            for x in self.subtree(c, frozenset({"acl:relcl", "acl", "advcl", "appos", "parataxis"}))
        }
        first = last = i
        while first - 1 in inside or (first - 2 in inside and self.lower[first - 1] in ("-", "&", "'", ".")):
            first -= 1
        while last + 1 in inside or (last + 2 in inside and self.lower[last + 1] in ("-", "&", "'", ".")):
            last += 1
        while last > i and (self.pos[last] in ("PUNCT", "CCONJ")):
            last -= 1
        while first < i and self.pos[first] in ("PUNCT", "CCONJ"):
            first += 1
        return first, last

    def members(self, i: int) -> list[int]:
        """`i` and the other members of the coordination that it heads."""
        return [i] + [m for c in self.kids(i, "conj") for m in self.members(c) if self.pos[m] in NOMINAL]

    def subject(self, verb: int) -> int:
        """The subject of a verb: its own, that of the verb it is coordinated with, or that of the verb that controls it."""
        seen: set[int] = set()
        while verb >= 0 and verb not in seen:
            seen.add(verb)
            for c in self.children[verb]:
                if self.dep[c] in SUBJECT and self.pos[c] in NOMINAL | {"DET", "ADJ"}:
                    return c
            if self.dep[verb] in ("conj", "xcomp", "advcl", "ccomp") and self.head[verb] >= 0:
                verb = self.head[verb]
            elif self.dep[verb] in ("acl", "acl:relcl") and self.head[verb] >= 0 and not self.passive(verb):
                return self.head[verb]
            else:
                return -1
        return -1

    def own_subject(self, verb: int) -> int:
        """The subject that hangs on the verb itself, or -1."""
        return next((c for c in self.children[verb] if self.dep[c] in SUBJECT), -1)

    def passive(self, verb: int) -> bool:
        """True for a passive form: a passive subject or auxiliary, or a bare participle behind its noun with an agent."""
        return any(self.dep[c] in ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") for c in self.children[verb])

    def agent(self, verb: int) -> int:
        """The "by" phrase of a passive or nominal act, or -1."""
        for c in self.kids(verb, "obl", "nmod"):
            if self.dep[c] == "obl:agent" or any(self.lower[k] == "by" for k in self.kids(c, "case")):
                return c
        return -1

    def with_case(self, i: int, *prepositions: str) -> list[int]:
        """Nominal dependents of `i` that a preposition in the list leads."""
        return [c for c in self.kids(i, "obl", "nmod") if any(self.lower[k] in prepositions for k in self.kids(c, "case"))]

    def auxiliaries(self, verb: int) -> list[str]:
        """Auxiliaries and particles of a verb, lower case."""
        return [self.lower[c] for c in self.children[verb] if self.dep[c] in ("aux", "aux:pass", "cop") or self.lower[c] == "to"]

    def negated(self, i: int) -> bool:
        """True where a negation hangs on the word, or an auxiliary of it is negated."""
        for c in self.children[i]:
            w = self.lower[c]
            if (w in NEGATION or w.endswith("n't")) and self.dep[c] in (
                "advmod",
                "aux",
                "aux:pass",
                "det",
                "cop",
                "cc:preconj",
                "mark",
                "case",
            ):
                return True
            if self.dep[c] in SUBJECT and (
                w in ("nobody", "none", "nothing") or any(self.lower[k] in ("no", "neither") for k in self.children[c])
            ):
                return True
        return False

    def future(self, verb: int) -> bool:
        """True for will and shall, and for "would" in what somebody said ("said it would end the contract")."""
        aux = self.auxiliaries(verb)
        if any(a in ("would", "'d") for a in aux) and any(self.dep[i] in ("ccomp", "parataxis") for i in [verb, *self.above(verb)]):
            return True
        return any(a in FUTURE or a in ("won't", "we'll", "they'll", "it'll") or a.endswith("'ll") for a in aux)

    def past(self, verb: int) -> bool:
        """True for a past form: had, was, did, or a word in -ed / an irregular past without an auxiliary that says otherwise."""
        aux = self.auxiliaries(verb)
        if any(
            a in ("had", "was", "were", "did", "didn't", "wasn't", "weren't", "hadn't", "has", "have", "hasn't", "haven't") for a in aux
        ):
            return True
        return not aux and (self.lower[verb].endswith("ed") or self.pos[verb] != "VERB")

    def text(self, first: int, last: int, source: str) -> str:
        """The words from first to last as they stand in the document's text."""
        a, b = self.sentence.span(first, last)
        return source[a:b]


def _one_root(reading: Reading) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Heads and relations as one tree. Each word finds its head by itself, so that a sentence can come out in pieces, the later ones are
    hung on the first as parataxis ("..., it said in a tweet"), or with two words that hang on each other: the first of such a ring is
    hung on the root likewise."""
    head, dep = list(reading.head), list(reading.dep)
    whole: set[int] = set()
    for i in range(len(head)):
        path: list[int] = []
        while i >= 0 and i not in whole and i not in path:
            path.append(i)
            i = head[i]
        if i in path:
            head[min(path[path.index(i) :])] = -1
        whole.update(path)
    roots = [i for i, h in enumerate(head) if h < 0]
    told = next((r for r in roots if reading.head[r] < 0), roots[0] if roots else -1)
    for r in roots:
        if r != told:
            head[r], dep[r] = told, "parataxis"
    return tuple(head), tuple(dep)
