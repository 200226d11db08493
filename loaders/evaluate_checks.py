"""Gold held against the codebook and its articles before anything is scored, and given its places in the text.

In: gold rows with their lines, and the documents where they are known. Out: the rows, or every reason why not. Rule: gold that can't be
right is never scored in silence: a type that does not exist counts as missed by whoever is scored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

from graph import codebook
from graph.errors import BadInput
from graph.model import FIRST_YEAR, LAST_YEAR, Document
from graph.quotes import fold
from loaders.evaluate_files import Row
from loaders.matching import FORMER_TYPES, UNJUDGED, action_type, day_of, document_key
from loaders.sentences import sentences

DAY = re.compile(r"\d{4}(-\d\d(-\d\d([T ].*)?)?)?")
DAYS = ("date_start", "date_end", "announced_date")
TYPES = {*codebook.types(), *FORMER_TYPES, "YIELD"}
"""YIELD: the PLOVER of 15 types; evaluate.py folds it."""
ONE_OF = {"modality": codebook.MODALITIES, "granularity": codebook.GRANULARITIES, "basis": codebook.BASES}


def problems(path: Path, rows: Iterable[tuple[int, Row]], documents: Container[str] | None = None) -> list[BadInput]:
    """What is wrong with gold rows, one error for each, with file and line. `documents`: those there are, by document_key."""
    found = []
    for line, row in rows:
        found += [BadInput(reason, path, line) for reason in _reasons(row, documents)]
    return found


def _reasons(row: Row, documents: Container[str] | None) -> list[str]:
    why = []
    if documents is not None and document_key(row["document"]) not in documents:
        why.append(f"there is no document {row['document']!r} in the case")
    kind = action_type(row["action"])
    if kind is None and row["action"] not in (None, "", UNJUDGED):
        why.append(f"action {row['action']!r} is no text: use one of {', '.join(codebook.types())}, or null where it is not judged")
    also = row.get("actions_ok") or []
    for each in [kind, *(map(action_type, also) if isinstance(also, list) else [str(also)])]:
        if each is not None and each not in TYPES:
            why.append(f"unknown action {each!r}: use one of {', '.join(codebook.types())}")
    for name, values in ONE_OF.items():
        if row.get(name) is not None and str(row[name]).strip().casefold() not in values:
            why.append(f"unknown {name} {row[name]!r}: use one of {', '.join(values)}")
    days = {name: day_of(row[name]) for name in DAYS if row.get(name) is not None}
    for name, day in days.items():
        if day is None or not DAY.fullmatch(str(row[name])) or not FIRST_YEAR <= day.year <= LAST_YEAR:
            why.append(f"{name} {row[name]!r} is no date: write YYYY-MM-DD")
            days[name] = None
    last = day_of(row.get("date_end"), last=True)
    if (first := days.get("date_start")) and days.get("date_end") and last and first > last:
        why.append(f"date_start {row['date_start']} lies after date_end {row['date_end']}")
    if row.get("optional") not in (None, True, False):
        why.append(f"optional {row['optional']!r}: write true or false")
    return why


def placed(path: Path, rows: Iterable[tuple[int, Row]], documents: Mapping[str, Document]) -> tuple[list[Row], list[BadInput]]:
    """The rows with start, end and sentence as their document has them, and an error for each whose quote does not stand where it
    says, or, where it says nothing, not exactly once. Such rows, and those of unknown documents, stay as they are."""
    texts = {key: fold(d.text) for key, d in documents.items()}
    homes: dict[str, Homes] = {}
    found, wrong = [], []
    for line, row in rows:
        key = document_key(row["document"])
        if key not in documents:
            found.append(row)
            continue
        try:
            start, end = _place(row, texts[key])
        except BadInput as error:
            wrong.append(BadInput(error.reason, path, line))
            start = end = None
        if start is None or end is None:
            found.append(row)
            continue
        home = homes.setdefault(key, Homes(documents[key]))
        found.append(row | {"start": start, "end": end} | ({} if row.get("sentence") else {"sentence": home.told(start, end)}))
    return found, wrong


def _place(row: Row, text: str) -> tuple[int | None, int | None]:
    """Where the evidence stands; (None, None) where the row tells neither a place nor a quote."""
    start, end, quote = row.get("start"), row.get("end"), row.get("quote")
    if isinstance(start, int) and isinstance(end, int):
        if not 0 <= start < end <= len(text):
            raise BadInput(f"{start} to {end} is no place in {row['document']!r}, which has {len(text)} characters")
        if isinstance(quote, str) and quote and text[start:end] != fold(quote):
            raise BadInput(f"the quote does not stand at {start} in {row['document']!r}: {quote[:60]!r}")
        return start, end
    if not isinstance(quote, str) or not quote.strip():
        return None, None
    times = text.count(fold(quote))
    if times != 1:
        raise BadInput(f"the quote stands {times} times in {row['document']!r}, not once (give start and end): {quote[:60]!r}")
    start = text.index(fold(quote))
    return start, start + len(quote)


class Homes:
    """The sentences of a document by place."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.spans: Sequence[tuple[int, int]] = [(s.start, s.end) for s in sentences(document.text, document.masked)]
        self._starts = [a for a, _ in self.spans]

    def of(self, place: int) -> int | None:
        """The index of the sentence that holds a place; None in a gap or in masked text."""
        at = bisect_right(self._starts, place) - 1
        return at if at >= 0 and place < self.spans[at][1] else None

    def told(self, start: int, end: int) -> str:
        """From the beginning of the sentence where a span starts to the end of that where it ends."""
        first, last = self.of(start), self.of(end - 1)
        return self.text[start if first is None else self.spans[first][0] : max(end, self.spans[last][1] if last is not None else end)]
