"""The gold's articles as the fitting scripts need them: read, cast, and with the claims beside them.

In: a folder with articles.jsonl (with `split`) and claims.jsonl (with source_as_written, target_as_written).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graph.model import Document
from loaders.actors import Cast
from loaders.boilerplate import masks
from loaders.coder.quotations import Quotations
from loaders.lexicon import read_lexicon
from loaders.names import Entity, find_names
from loaders.reader import Reader
from loaders.sentences import sentences
from loaders.trees import Tree


@dataclass(frozen=True)
class Article:
    """One article: its document, cast and hand-coded claims in the order of the text."""

    document: Document
    cast: Cast
    claims: tuple[dict[str, Any], ...]

    def words(self, claim: dict[str, Any], role: str) -> tuple[int, int, int] | None:
        """(sentence, first word, last word) where a role's words stand in the claim's quote; None where they do not."""
        written = claim[f"{role}_as_written"] or claim[role]
        if not isinstance(written, str):
            return None
        at = self.document.text.find(written, claim["start"], claim["end"])
        for s, tree in enumerate(self.cast.trees):
            if at >= 0 and tree.sentence.start <= at < tree.sentence.end:
                spot = [i for i, w in enumerate(tree.sentence.words) if w.start >= at and w.end <= at + len(written)]
                return (s, spot[0], spot[-1]) if spot else None
        return None

    def trigger(self, claim: dict[str, Any]) -> tuple[int, int] | None:
        """(sentence, word) of the claim's trigger, or None."""
        at = self.document.text.find(claim["trigger"] or "\0", claim["start"], claim["end"])
        for s, tree in enumerate(self.cast.trees):
            if at >= 0 and tree.sentence.start <= at < tree.sentence.end:
                return next(((s, i) for i, w in enumerate(tree.sentence.words) if w.start <= at < w.end), None)
        return None

    def sentence(self, claim: dict[str, Any]) -> int:
        """The sentence in which the claim starts, or -1."""
        return next((s for s, t in enumerate(self.cast.trees) if t.sentence.start <= claim["start"] < t.sentence.end), -1)

    def entity(self, claim: dict[str, Any], role: str) -> Entity | None:
        """The entity of the cast that the gold names: by name, else by what its words resolve to."""
        name = claim[role]
        found = next((e for e in [*self.cast.entities, *self.cast.groups] if same(e, name)), None)
        if found is None and name is not None and (at := self.words(claim, role)):
            resolved = self.cast.resolve(*at)
            found = resolved[0].entity if len(resolved) == 1 else None
        return found


def documents(folder: Path, split: str | None) -> Iterator[tuple[Document, tuple[dict[str, Any], ...]]]:
    """The articles of one split (None: all) as documents, each with its claims in the order of the text."""
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        claims[row["document"]].append(row)
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if split is None or row["split"] == split:
            published = date.fromisoformat(row["published"]) if row["published"] else None
            document = Document(
                case="gold",
                document=row["document"],
                title=row["title"],
                text=row["text"],
                publisher=row["publisher"],
                published=published,
                masked=masks(row["text"], row["title"]),
            )
            yield document, tuple(sorted(claims[row["document"]], key=lambda c: (c["start"], c["end"])))


def articles(folder: Path, split: str) -> Iterator[Article]:
    """The articles of one split."""
    reader, lexicon = Reader(threads=2), read_lexicon()
    for document, claims in documents(folder, split):
        found = sentences(document.text, document.masked)
        trees = [Tree(s, r) for s, r in zip(found, reader.read([[w.text for w in s.words] for s in found]), strict=True)]
        cast = Cast(trees, find_names(trees, lexicon), document.text, lexicon, document.publisher, document.published)
        Quotations(cast)
        yield Article(document, cast, claims)


def same(entity: Entity, name: str | None) -> bool:
    """True where a gold name is the entity's name or one of its forms."""
    if name is None:
        return False
    plain = name.lower().replace("’", "'").rstrip(".")
    return entity.name.lower().rstrip(".") == plain or any(" ".join(f).lower() in (plain, plain.removeprefix("the ")) for f in entity.forms)
