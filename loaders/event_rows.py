"""Rows of an event table -> papers: texts of one readable line a row, and the acts that they tell, to the character.

In: rows as a table's reader tells them. Out: `TableRead`. Rule: the row is the evidence, so that a claim's quote is the whole line;
every row is told, left out with a reason that is counted, or refused with its line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph.codebook import HISTORICAL_DAYS
from graph.model import Claim, Document, digest
from loaders.action_codes import Code

MOST_REFUSED = 20
"""Bad rows of one table that are listed one by one; the others are counted by reason."""
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Told:
    """One act that a line tells; [start:end] is the line in its paper. `code` has a type; `granularity` unknown: undated."""

    start: int
    end: int
    source: str
    target: str | None
    code: Code
    first: date | None
    last: date | None
    granularity: str
    rule: str


@dataclass(slots=True)
class Paper:
    """A document to be: the lines that one publisher, address or file tells, and what is known of it (keys of formats.META)."""

    meta: dict[str, str]
    lines: dict[str, int] = field(default_factory=dict)
    """Each line once, with its offset."""
    length: int = 0
    told: dict[tuple[int, str, str | None, str | None, str], Told] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def place(self, line: str) -> int:
        """The offset of a line, which is added where it does not stand yet."""
        start = self.lines.get(line)
        if start is None:
            start = self.lines[line] = self.length
            self.length += len(line) + 1
        return start


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """What came of one table. `left_out` and `noted`: (what, how many rows), the most first; `refused`: rows that are wrong."""

    file: str
    layout: str
    rows: int
    loaded: int
    left_out: tuple[tuple[str, int], ...] = ()
    refused: int = 0
    noted: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class TableRead:
    """Collects what one table holds while its rows are read one by one."""

    file: str
    layout: str
    papers: dict[str, Paper] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    """Kinds of actors, where the table tells them; the first row that does wins."""
    rows: int = 0
    loaded: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)
    _names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def paper(self, key: tuple[str, ...], name: str, title: str, **meta: str | None) -> Paper:
        """The paper of this key, made with this name, title and metadata where it is new."""
        full = self._names.get(key)
        if full is None:
            full = f"{self.file}/{name.replace('/', ' ')[:NAME_LENGTH].strip()}" if name else self.file
            if full in self.papers:
                full = f"{full} {digest(*key)[:10]}"
            self._names[key] = full
            known = {k: v for k, v in meta.items() if v}
            self.papers[full] = Paper({"title": f"{title} ({self.file})", "kind": "table"} | known)
        return self.papers[full]

    def tell(
        self,
        paper: Paper,
        line: str,
        pairs: Iterable[tuple[str, str | None]],
        code: Code,
        when: tuple[date | None, date | None, str],
        rule: str,
    ) -> None:
        """Enter a row's acts; `pairs` are its sources and targets, `when` its first and last day and how exact they are."""
        wanted = [(source, target) for source, target in pairs if source != target]
        if not wanted:
            self.left_out["source and target are one actor"] += 1
            return
        start, new = paper.place(line), 0
        for source, target in wanted:
            key = (start, source, code.type, target, code.modality)
            if key not in paper.told:
                paper.told[key] = Told(start, start + len(line), source, target, code, *when, rule)
                new += 1
        if new:
            self.loaded += 1
        else:
            self.left_out["the same act in the same words as an earlier row"] += 1

    def is_a(self, name: str, kind: str | None) -> None:
        """What an actor is, where the table tells."""
        if kind is not None:
            self.kinds.setdefault(name, kind)

    def wrong(self, line: int, reason: str) -> None:
        """A row that cannot be taken."""
        self.refused.append((line, reason))

    def refusals(self) -> list[tuple[int | None, str]]:
        """The bad rows with their lines, the many after the first MOST_REFUSED as one."""
        more = Counter(reason.partition(":")[0] for _, reason in self.refused[MOST_REFUSED:])
        rest = "; ".join(f"{reason} ({n})" for reason, n in more.most_common())
        listed: list[tuple[int | None, str]] = [*self.refused[:MOST_REFUSED]]
        return listed + ([(None, f"{sum(more.values())} more rows: {rest}")] if more else [])

    def report(self) -> TableReport:
        """The counts."""
        return TableReport(
            file=self.file,
            layout=self.layout,
            rows=self.rows,
            loaded=self.loaded,
            left_out=tuple(self.left_out.most_common()),
            refused=len(self.refused),
            noted=tuple(self.noted.most_common()),
        )


def clean(cell: str) -> str:
    """A cell on one line: every run of white space, line and paragraph separators included, is one space; other controls go."""
    if cell.isprintable():
        if "  " not in cell and cell[:1] != " " and cell[-1:] != " ":
            return cell
    else:
        cell = "".join(c if c.isprintable() or c.isspace() else " " for c in cell)
    return " ".join(cell.split())


def sentence(source: str, said: str, target: str | None, *more: str) -> str:
    """The readable line of a row: who, what, to whom, then its other fields.

    >>> sentence("Dynamo", "Reject (120)", "Lamp Union", "2021-01-09", "")
    'Dynamo > Reject (120) > Lamp Union; 2021-01-09'
    """
    return "; ".join([" > ".join([source, said, *([target] if target else [])]), *(m for m in more if m)])


def claims_of(document: Document, told: Iterable[Told]) -> list[Claim]:
    """The claims of a table's document: each quotes its whole line. A past act is historical only where publication is known."""
    published = document.published
    undated = "publication" if published else "unknown"
    claims = []
    for one in told:
        code, line = one.code, document.text[one.start : one.end]
        assert code.type is not None
        old = bool(published and one.last and (published - one.last).days > HISTORICAL_DAYS)
        claims.append(
            Claim(
                case=document.case,
                document=document.document,
                start=one.start,
                end=one.end,
                quote=line,
                sentence=line,
                sentence_start=one.start,
                source=one.source,
                action=code.type,
                target=one.target,
                mode=code.mode,
                modality="historical" if old and code.modality in ("actual", "announced") else code.modality,
                demand_action=code.demand,
                date_start=one.first,
                date_end=one.last,
                granularity=one.granularity,
                basis="stated" if one.first else undated,
                found="table",
                rule=one.rule,
            )
        )
    return claims
