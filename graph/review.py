"""Judgements to claims: what the reviewers' rows make of a coding.

In: claims as coded, judgements, documents. Out: `Applied`. Rule: the latest row on a thing wins, an undo is a row, and a row that
changes nothing is handed back with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.checks import check_ends
from graph.codebook import types
from graph.errors import BadInput
from graph.judgements import AS_FOUND, Judgement, as_found, value_of
from graph.model import Claim, Document, from_row, to_row
from graph.quotes import find_quote, fold

Key = tuple[str, str, str]
"""How a row knows a claim: (document, folded quote, source|type|target)."""
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+|[\r\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What judgements make of claims. `unmatched`: (row, why it changed nothing).

    `same_act`: pairs of claim ids, True the same act, False not. `responses`: (claim of the response, claim of the pressure) to the
    kind of the link, None where there is none. `aliases`: name to canonical name. `retracted`: documents.
    """

    claims: tuple[Claim, ...]
    unmatched: tuple[tuple[Judgement, str], ...] = ()
    same_act: Mapping[frozenset[str], bool]
    responses: Mapping[tuple[str, str], str | None]
    aliases: Mapping[str, str]
    retracted: frozenset[str] = frozenset()


def apply(claims: Iterable[Claim], judgements: Iterable[Judgement], documents: Iterable[Document]) -> Applied:
    """Claims as reviewers left them. Rejected ones stay with status `rejected`; accepted, mended and added ones are `found=review`.

    A claim that was accepted or mended stands even where the coder no longer finds it, as long as its quote stands in the text.
    """
    return _Review(claims, documents).run(_latest(judgements))


def _latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The last row on each thing, in the order of time; undone ones left out."""
    last: dict[tuple[Any, ...], Judgement] = {}
    for row in sorted(judgements, key=lambda j: (j.moment, j.line)):
        if row.kind == "document":
            key: tuple[Any, ...] = (row.document,)
        elif row.kind == "alias":
            key = (row.as_found,)
        elif row.kind in ("claim", "add"):
            key = (row.document, fold(row.quote), row.as_found or _found_by(row))
        else:
            key = _pair(row)
        last.pop((row.kind, *key), None)
        last[(row.kind, *key)] = row
    return [row for row in last.values() if row.verdict != "undo"]


def _found_by(row: Judgement) -> str:
    """source|type|target of an added claim, from its value; '' for an undo without one."""
    value = value_of(row)
    return f"{value.get('source', '')}|{value.get('action', '')}|{value.get('target') or ''}" if value else ""


def _pair(row: Judgement) -> tuple[Any, ...]:
    """What a row about two claims is about; the order of the two matters for a response only."""
    value = value_of(row)
    one = (row.document, fold(row.quote), row.as_found)
    other = (str(value.get("document")), fold(str(value.get("quote"))), str(value.get("as_found")))
    return (one, other) if row.kind == "response" else (frozenset((one, other)),)


class _Review:
    """The claims of a case while rows are applied to them, found by every name that a row may know them by."""

    def __init__(self, claims: Iterable[Claim], documents: Iterable[Document]) -> None:
        self.claims: list[Claim] = list(claims)
        self.documents = {d.document: d for d in documents}
        self.at: dict[Key, list[int]] = defaultdict(list)
        self.unmatched: list[tuple[Judgement, str]] = []
        self.aliases: dict[str, str] = {}
        self.by_document: dict[str, list[int]] = defaultdict(list)
        for index in range(len(self.claims)):
            self._enter(index)

    def _enter(self, index: int) -> None:
        claim = self.claims[index]
        known = self.at[claim.document, fold(claim.quote), as_found(claim)]
        if index not in known:
            known.append(index)
        if index not in self.by_document[claim.document]:
            self.by_document[claim.document].append(index)

    def run(self, rows: list[Judgement]) -> Applied:
        retracted = frozenset(r.document for r in rows if r.kind == "document")
        self.unmatched += [(r, "there is no such document") for r in rows if r.kind == "document" and r.document not in self.documents]
        self.aliases = {r.as_found: r.value.strip() for r in rows if r.kind == "alias" and r.verdict == "accept"}
        self._alias([r for r in rows if r.kind == "alias" and r.verdict == "accept"])
        for row in rows:
            if row.kind in ("claim", "add"):
                self._claim(row)
        same: dict[frozenset[str], bool] = {}
        links: dict[tuple[str, str], str | None] = {}
        for row in rows:
            if row.kind == "same_act":
                same |= {frozenset(pair): row.verdict == "same" for pair in self._pairs(row)}
            elif row.kind == "response":
                links |= {pair: value_of(row).get("kind") if row.verdict == "accept" else None for pair in self._pairs(row)}
        kept = tuple(c for c in self.claims if c.document not in retracted)
        unmatched = tuple(sorted(self.unmatched, key=lambda u: (u[0].line, u[0].moment)))
        return Applied(claims=kept, unmatched=unmatched, same_act=same, responses=links, aliases=self.aliases, retracted=retracted)

    # -- names
    def _alias(self, rows: list[Judgement]) -> None:
        """Every name in its canonical form; rows still find a claim by the name that it was found under."""
        named = {n for c in self.claims for n in (c.source, c.target, c.speaker, c.demand_target, c.occasion, *c.about)}
        named |= set(self.aliases.values())
        self.unmatched += [(r, f"nobody is named {r.as_found!r}") for r in rows if r.as_found not in named]
        for index, claim in enumerate(self.claims):
            self.claims[index] = self._renamed(claim)
            self._enter(index)

    def _canonical(self, name: str | None) -> str | None:
        seen: set[str] = set()
        while name in self.aliases and name not in seen:
            seen.add(name)
            name = self.aliases[name]
        return name

    def _renamed(self, claim: Claim) -> Claim:
        renamed = replace(
            claim,
            source=self._canonical(claim.source) or claim.source,
            target=self._canonical(claim.target),
            about=tuple(dict.fromkeys(self._canonical(a) or a for a in claim.about)),
            speaker=self._canonical(claim.speaker),
            demand_target=self._canonical(claim.demand_target),
            occasion=self._canonical(claim.occasion),
        )
        # An actor acts on itself never: two names of one actor leave no act.
        return replace(renamed, status="rejected") if renamed.source == renamed.target else renamed

    # -- claims
    def _claim(self, row: Judgement) -> None:
        found = self._find(row.document, row.quote, row.as_found or _found_by(row))
        if not found and row.verdict in ("accept", "mend", "add"):
            self._make(row)
        elif not found:
            self.unmatched.append((row, self._why_not(row)))
        for index in found:
            claim = self.claims[index]
            if row.verdict == "reject":
                self.claims[index] = replace(claim, status="rejected")
            elif row.verdict in ("mend", "add"):
                try:
                    self.claims[index] = self._renamed(_reviewed(claim, value_of(row)))
                except BadInput as error:
                    self.unmatched.append((row, error.reason))
            elif row.verdict == "accept":
                self.claims[index] = _reviewed(claim, {})
            self._enter(index)

    def _find(self, document: str, quote: str, found: str) -> list[int]:
        """Claims of this key; where the coder now quotes more or less of the sentence, those of this dyad and type that overlap."""
        exact = self.at.get((document, fold(quote), found), [])
        if exact:
            return list(exact)
        source = self.documents.get(document)
        span = find_quote(source.text, quote) if source else None
        if not span:
            return []
        near = [i for i in self.by_document[document] if self.claims[i].start < span[1] and span[0] < self.claims[i].end]
        return [i for i in near if as_found(self.claims[i]) == found]

    def _why_not(self, row: Judgement) -> str:
        document = self.documents.get(row.document)
        if document is None:
            return "there is no such document"
        if find_quote(document.text, row.quote) is None:
            return "the quote no longer stands in the document"
        return "no claim is coded so there"

    def _make(self, row: Judgement) -> None:
        """A claim from the row alone; its quote must stand in the text."""
        document = self.documents.get(row.document)
        span = find_quote(document.text, row.quote) if document else None
        parts = AS_FOUND.fullmatch(row.as_found or _found_by(row))
        if not document or not span or not parts or parts[2] not in types():
            self.unmatched.append((row, self._why_not(row)))
            return
        start, end = span
        opens = max((m.end() for m in _STOP.finditer(document.text, 0, start)), default=0)
        closes = next((m.start() + len(m[0].rstrip()) for m in _STOP.finditer(document.text, max(start, end - 1))), len(document.text))
        base = Claim(
            case=document.case,
            document=document.document,
            start=start,
            end=end,
            quote=document.text[start:end],
            source=parts[1],
            action=parts[2],
            target=parts[3] or None,
            basis="publication" if document.published else "unknown",
            sentence=document.text[opens : max(closes, end)],
            sentence_start=opens,
        )
        try:
            made = self._renamed(_reviewed(base, value_of(row)))
        except BadInput as error:
            self.unmatched.append((row, error.reason))
            return
        self.claims.append(base)
        self._enter(len(self.claims) - 1)
        self.claims[-1] = made
        self._enter(len(self.claims) - 1)

    # -- pairs
    def _pairs(self, row: Judgement) -> list[tuple[str, str]]:
        """Ids of (the row's claim, the other claim); none, and the row unmatched, where one of them is not there."""
        value = value_of(row)
        ones = self._find(row.document, row.quote, row.as_found)
        others = self._find(value["document"], value["quote"], value["as_found"])
        pairs = [(self.claims[a].id, self.claims[b].id) for a in ones for b in others if a != b]
        if not pairs:
            self.unmatched.append((row, self._why_not(row) if not ones else "the other claim is not there"))
        return pairs


def _reviewed(claim: Claim, value: Mapping[str, Any]) -> Claim:
    """The claim with a reviewer's fields; it counts, whatever the coder thought of it. Errors: BadInput where they do not fit together."""
    row = to_row(claim) | dict(value)
    check_ends(row["source"], row["target"], row["date_start"], row["date_end"])
    changed = from_row(Claim, row)
    if "demand" in value and value["demand"] is None:
        changed = replace(changed, demand_action=None, demand_target=None)
    result: Claim = replace(changed, status="counted", found="review", confidence=1.0)
    return result
