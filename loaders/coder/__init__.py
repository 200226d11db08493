"""Document -> claims: the reader proposes acts, rules and the lexicon accept, complete, correct or veto them.

`Coder(lexicon).code(document)` is pure: the same document, lexicons and weights give the same claims. Rule: no claim
without `text[start:end] == quote`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from graph.model import Claim, Document, Tie
from loaders import reader as reading
from loaders.actors import HEADS_OF_BODIES, Cast
from loaders.coder.proposals import Proposal, propose
from loaders.coder.quotations import Quotations
from loaders.coder.roles import Roles
from loaders.coder.write import Writer
from loaders.lexicon import Lexicon
from loaders.names import find_names
from loaders.sentences import Sentence, sentences
from loaders.trees import Tree

__all__ = ["Coder", "Coding", "version"]


@dataclass(frozen=True)
class Coding:
    """What came of one document: its claims of all confidences, and what stayed open.

    `unknown`: names that no lexicon holds, with how often; `undated`: date words that stayed unresolved;
    `notes`: for `whom explain`, what was found and what was rejected, by sentence; `seen`: by claim, what its confidence rests on.
    """

    claims: tuple[Claim, ...]
    sentences: tuple[Sentence, ...]
    unknown: dict[str, int]
    kinds: dict[str, str]
    undated: tuple[str, ...]
    ties: tuple[Tie, ...]
    notes: tuple[tuple[int, str], ...] = field(default=())
    seen: dict[str, tuple[float, ...]] = field(default_factory=dict)


class Coder:
    """Codes documents with one lexicon; loads the networks when it first reads."""

    def __init__(self, lexicon: Lexicon, reader: reading.Reader | None = None) -> None:
        self.lexicon, self._reader = lexicon, reader

    @property
    def reader(self) -> reading.Reader:
        if self._reader is None:
            self._reader = reading.Reader()
        return self._reader

    def read(self, document: Document) -> list[Tree]:
        """The sentences of a document with their trees."""
        found = sentences(document.text, document.masked)
        readings = self.reader.read([[w.text for w in s.words] for s in found])
        return [Tree(s, r) for s, r in zip(found, readings, strict=True)]

    def code(self, document: Document, trees: list[Tree] | None = None) -> Coding:
        """All claims of a document, by place in its text; `trees` where they were read already."""
        trees = self.read(document) if trees is None else trees
        cast = Cast(
            trees, find_names(trees, self.lexicon), document.text, self.lexicon, document.publisher, document.published, self.reader.types
        )
        quotations = Quotations(cast)
        writer = Writer(document, cast, quotations, Roles(cast), self.reader.modes)
        for s, tree in enumerate(trees):
            proposals: list[Proposal] = propose(tree, self.lexicon, self.reader.types)
            writer.sentence(s, proposals)
        claims = tuple(sorted(writer.claims.values(), key=lambda c: (c.start, c.end, c.id)))
        unknown = {e.name: len(e.mentions) for e in cast.entities if not e.known}
        return Coding(
            claims,
            tuple(t.sentence for t in trees),
            unknown,
            writer.kinds,
            tuple(writer.undated),
            self._ties(cast),
            tuple(writer.notes),
            writer.seen,
        )

    def _ties(self, cast: Cast) -> tuple[Tie, ...]:
        """What the text itself tells of who belongs to whom: the people of a body, and who leads it."""
        ties: dict[str, Tie] = {}
        for e in [*cast.entities, *cast.groups]:
            if e.owner is None or e.owner.kind in ("person", "place"):
                continue
            leads = e.kind == "person" and any(d in HEADS_OF_BODIES for d in e.descriptors)
            if leads or e.kind == "group":
                tie = Tie(actor=e.name, relation="LEADS" if leads else "MEMBER_OF", other=e.owner.name)
                if not any(t.actor == tie.actor and t.other == tie.other for t in self.lexicon.ties):
                    ties[tie.id] = tie
        return tuple(ties[k] for k in sorted(ties))


ROOMS = (
    *("sentences", "reader", "trees", "forms", "spans", "names", "antecedents", "several", "actors", "lexicon"),
    *("dates", "date_words", "calendar_days", "story_days", "feasts"),
)
"""The files beside this folder on which a coding depends."""
WEIGHTS = ("antecedents.json", "unsaid.json", "confidence.json")


@lru_cache(maxsize=1)
def version() -> str:
    """A hash of the coder: its code and its weights. Claims made by another version are coded again."""
    seen = hashlib.sha256(reading.version().encode())
    room = Path(__file__).parent
    for path in sorted([*room.glob("*.py"), *(room.parent / f"{n}.py" for n in ROOMS), *(room.parent / "model" / n for n in WEIGHTS)]):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:16]
