"""Text and trees -> who speaks where: quotations, and who "we" is in each sentence.

Rule: a quotation's speaker is the subject of the verb of saying beside it; a quotation that opens a new paragraph right
after one goes on with the same speaker; a text that says "we" outside every quotation speaks for its publisher.
"""

from __future__ import annotations

import re

from loaders.actors import Cast, Resolved
from loaders.names import Entity
from loaders.trees import Tree

OPEN, CLOSE = '“"„«', '”"“»'
SAYING = frozenset(
    "said says say saying told tells tell telling wrote writes write added adds stated states announced announces declared "
    "declares insisted insists argued argues explained explains noted notes commented tweeted posted reported reports "
    "claimed claims warned warns replied replies answered continued continues read reads confirmed confirms revealed "
    "reveals alleged alleges according maintained maintains stressed stresses observed remarked recalled conceded "
    "complained joked testified vowed pledged promised quipped asked informed informs notified notifies advised assured "
    "learned learnt revealed".split()
)


def quoted(text: str) -> list[tuple[int, int]]:
    """Offsets of quotations in double marks; one left open ends with its paragraph."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        start = -1
        for i in range(line.start(), line.end()):
            c = text[i]
            if start < 0 and (c in "“„«" or (c == '"')):
                start = i
            elif start >= 0 and (c in "”»" or (c == '"') or (c == "“" and text[start] == "„")):
                spans.append((start, i + 1))
                start = -1
        if start >= 0:
            spans.append((start, line.end()))
    return spans


def saying_verb(tree: Tree, skip: set[int] | None = None) -> int:
    """The verb of saying outside quotations that is highest in the tree, or -1."""
    found = [
        i for i, w in enumerate(tree.lower) if w in SAYING and tree.pos[i] in ("VERB", "AUX", "NOUN") and (skip is None or i not in skip)
    ]
    return min(found, key=lambda i: (len(list(tree.above(i))), i), default=-1)


class Quotations:
    """The quotations of a document with their speakers."""

    def __init__(self, cast: Cast) -> None:
        self.spans = quoted(cast.text)
        self.speakers: dict[int, Resolved] = {}
        """Speaker of the quotation words in a sentence, by sentence."""
        last: Resolved | None = None
        last_paragraph = -2
        publisher = _publisher(cast)
        for s, tree in enumerate(cast.trees):
            inside = self.inside(tree)
            speaker = self._speaker(cast, s, tree, inside) if inside else None
            paragraph = tree.sentence.paragraph
            if inside and speaker is None and len(inside) > 0.6 * len(tree):
                following = cast.trees[s + 1] if s + 1 < len(cast.trees) else None
                if last is not None and paragraph - last_paragraph <= 1:
                    speaker = last
                elif following is not None and following.sentence.paragraph == paragraph:
                    speaker = self._speaker(cast, s + 1, following, self.inside(following))
            if speaker is not None:
                self.speakers[s] = speaker
                last, last_paragraph = speaker, paragraph
            told = self.speakers[s].entity if inside and s in self.speakers else None
            if told is not None:
                cast.first_person[s] = told
            elif not inside and publisher is not None:
                cast.first_person[s] = publisher

    def inside(self, tree: Tree) -> set[int]:
        """The words of a sentence that stand in a quotation."""
        spans = [(a, b) for a, b in self.spans if a < tree.sentence.end and b > tree.sentence.start]
        return (
            {i for i, w in enumerate(tree.sentence.words) if any(a <= w.start and w.end <= b for a, b in spans) and w.text not in '“”"'}
            if spans
            else set()
        )

    def _speaker(self, cast: Cast, s: int, tree: Tree, inside: set[int]) -> Resolved | None:
        verb = saying_verb(tree, inside)
        if verb < 0:
            return None
        if tree.lower[verb] == "according":
            heads = tree.with_case(tree.head[verb], "to") if tree.head[verb] >= 0 else []
            found = cast.resolve_word(s, heads[0]) if heads else []
            return found[0] if found else None
        subject = tree.own_subject(verb)
        if subject < 0:
            subject = tree.subject(verb)
        if subject < 0 or subject in inside:
            return None
        found = cast.resolve_word(s, subject)
        return found[0] if found else None


def _publisher(cast: Cast) -> Entity | None:
    """The entity that publishes the text, where the text names it: "Lumen Energy: press office" or "Lumen Energy"."""
    if not cast.publisher:
        return None
    plain = cast.publisher.lower()
    best = [
        e
        for e in cast.entities
        if e.kind not in ("place", "person") and any(" ".join(f).lower() in plain and len(" ".join(f)) > 3 for f in e.forms)
    ]
    return max(best, key=lambda e: len(e.name), default=None)
