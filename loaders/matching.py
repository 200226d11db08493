"""Two codings of the same documents to pairs of claims: which predicted claim speaks of which gold claim.

In: claims as rows (dicts as the gold files and `whom code` write them). Out: `Pair`s with a credit of 0 to 1 for each field.
Rule: the pairing of a document is the one of largest total similarity, found exactly, never greedily.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

Row = Mapping[str, Any]
UNJUDGED = "*"
"""Stands in gold where a source or target is not judged."""
FORMER_TYPES = {"DEMAND": "REQUEST", "APPEAL": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_LEGAL = frozenset("inc incorporated corp corporation ltd llc llp plc gmbh".split())
_LEGAL_LAST = _LEGAL | frozenset("co company limited ag sa se nv bv spa srl oy ab kk".split())
_ARTICLES = frozenset(["the", "a", "an", "some", "other"])
_LINKS = _ARTICLES | frozenset("of from in at for by its their his her own".split())
_STAFF = frozenset(["employee", "worker", "workers", "staff", "staffer", "staffers"])
_PEOPLE = frozenset(
    "employee employees worker workers staff staffer staffers user users customer customers union unions shareholder "
    "shareholders investor investors driver drivers courier couriers rider riders advertiser advertisers contractor "
    "contractors supporter supporters member members critic critics protester protesters volunteer volunteers engineer "
    "engineers executive executives".split()
)
_TICKER = re.compile(r"(?<=\S)\s*\((?:[A-Za-z]+\s*:\s*)?[A-Z][A-Z.]{0,5}\)|(?<=\S)\s+\$[A-Z.]{1,6}\b")
_TICKERS_AFTER = re.compile(r"\b(Inc|Corp|Ltd|LLC|PLC|plc|Co)\b\.?,?((?:\s+(?!C[A-Z]O\b|US\b|UK\b|EU\b)[A-Z]{1,5}(?:\.[A-Z])?(?![\w.]))+)")


def plain_name(name: str) -> str:
    """A name without case, accents, punctuation, possessive, leading article, legal form and ticker; staff are employees."""
    text = unicodedata.normalize("NFKC", name).translate({0x2018: "'", 0x2019: "'"}).strip()
    text = _TICKERS_AFTER.sub(r"\1", _TICKER.sub(" ", text))
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    text = re.sub(r"\b(?:[a-z]\.){2,}[a-z]?", lambda m: m[0].replace(".", ""), text)
    text = re.sub(r"(?<=\w)'s?(?=\W|$)", " ", re.sub(r"\.com\b", " ", text)).replace("&", " and ")
    words = ["employees" if w in _STAFF else w for w in re.findall(r"[^\W_]+", text)]
    words = [w for w in words if w not in _LEGAL] or words
    while len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    while len(words) > 1 and words[-1] in _LEGAL_LAST:
        del words[-1]
    return " ".join(words)


class Names:
    """When two names are one. `aliases`: (alias, name) pairs. `lenient`: the credit of a name that contains the other."""

    def __init__(self, aliases: Iterable[tuple[str, str]] = (), lenient: float = 0.0) -> None:
        self.lenient = lenient
        self._alias = {self._words(plain_name(a)): plain_name(n) for a, n in aliases}
        self._known: dict[str, frozenset[str]] = {}

    @staticmethod
    def _words(plain: str) -> frozenset[str]:
        words = plain.split()
        return frozenset(w for w in words if w not in _LINKS) or frozenset(words)

    def words(self, name: str) -> frozenset[str]:
        """What a name is compared by: its words without order, after the aliases."""
        if name not in self._known:
            plain, seen = plain_name(name), set()
            while self._words(plain) in self._alias and plain not in seen:
                seen.add(plain)
                plain = self._alias[self._words(plain)]
            self._known[name] = self._words(plain)
        return self._known[name]

    def credit(self, gold: Side, said: Side) -> float:
        """1 where the names are one, the lenient credit where one contains the other, else 0."""
        if UNJUDGED in gold.names:
            return 1.0
        if not gold.names or not said.names:
            return float(not gold.names and not said.names)
        right = {self.words(n) for n in gold.names | gold.written}
        names, written = {self.words(n) for n in said.names}, {self.words(n) for n in said.written}
        if right & names or written & {self.words(n) for n in gold.written}:
            return 1.0
        near = names | (written if gold.written else set())
        return self.lenient if self.lenient and any(_contains(a, b) for a in right for b in near) else 0.0


def _contains(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one name holds all words of the other; "X employees" is people of X and does not hold X."""
    small, large = sorted((one, other), key=len)
    return bool(small) and small < large and (not _PEOPLE & (large - small) or bool(_PEOPLE & small))


class Side:
    """An actor field: the names given, and the words as written in the text."""

    def __init__(self, value: Any, written: Any) -> None:
        self.written = _texts(written)
        if isinstance(value, Mapping):
            for key in ("as_written", "text", "raw", "mention", "surface"):
                self.written |= _texts(value.get(key))
            value = value.get("name")
        self.names = frozenset({value.strip()}) if isinstance(value, str) and value.strip() else frozenset()


def _texts(value: Any) -> frozenset[str]:
    return frozenset(x for x in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(x, str) and x.strip())


def action_type(value: Any) -> str | None:
    """The type of an action ("SANCTION/+delist": SANCTION), None where none is judged."""
    if isinstance(value, Mapping):
        value = value.get("type") or value.get("name")
    if not isinstance(value, str) or not value.strip() or value.strip() == UNJUDGED:
        return None
    name = re.split(r"[\s/:.+]", value.strip())[0].upper()
    return FORMER_TYPES.get(name, name)


def document_key(value: Any) -> str:
    """A document's id without folders and ending, so that files and ids of either coding compare."""
    return re.sub(r"\.(txt|html?|jsonl?|md|xml|pdf)$", "", str(value).replace("\\", "/").rsplit("/", 1)[-1])


def day_of(value: Any, last: bool = False) -> date | None:
    """The first (or last) day of an ISO date, date-time, year-month or year."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(value or ""))
    if not match:
        return None
    year, month, number = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if match[3]:
            return date(year, month, number)
        if not last:
            return date(year, month if match[2] else 1, 1)
        after = date(year + (not match[2] or month == 12), month % 12 + 1 if match[2] else 1, 1)
        return after - timedelta(days=1)
    except ValueError:
        return None


class Coded:
    """One claim of a coding, its fields made comparable; `row` is what was read."""

    def __init__(self, row: Row, source: Any, target: Any) -> None:
        self.row = row
        self.document = document_key(row.get("document"))
        span: Any = row
        if not isinstance(row.get("start"), int):
            evidence = row.get("evidence")
            evidence = evidence[0] if isinstance(evidence, list) and evidence else evidence
            span = evidence if isinstance(evidence, Mapping) else {}
        start, end = span.get("start"), span.get("end")
        self.spanless = not (isinstance(start, int) and isinstance(end, int))
        self.start: int = 0 if self.spanless else start
        self.end: int = 10**9 if self.spanless else end
        self.source, self.target = Side(source, row.get("source_as_written")), Side(target, row.get("target_as_written"))
        self.action = action_type(row.get("action"))
        self.actions_ok = {action_type(a) for a in row.get("actions_ok") or ()} | {self.action}
        modality = row.get("modality")
        self.modality = str(modality).strip().casefold() if modality else None
        self.mode = row.get("mode") or None
        about = row.get("about")
        self.about = None if about is None else [Side(a, None) for a in (about if isinstance(about, (list, tuple)) else [about])]
        self.optional, self.either_way = bool(row.get("optional")), bool(row.get("either_way"))
        self.date_judged = row.get("granularity") is not None
        first, last_day = day_of(row.get("date_start")), day_of(row.get("date_end") or row.get("date_start"), last=True)
        bound = row.get("granularity") == "unknown" or row.get("basis") == "publication"
        self.dates = None if first is None or bound else (first, max(first, last_day or first))

    def overlaps(self, other: Coded, slack: int = 0) -> bool:
        """Whether the two spans share a character, or lie less than `slack` apart."""
        return max(self.start, other.start) < min(self.end, other.end) + slack

    @property
    def confidence(self) -> float | None:
        value = self.row.get("confidence")
        return float(value) if isinstance(value, (int, float)) else None


def coded(rows: Iterable[Row]) -> list[Coded]:
    """The claims of rows; a row with several sources or targets is one claim for each pair of them."""
    found = []
    for row in rows:
        sources, targets = row.get("source"), row.get("target")
        for source in (sources or [None]) if isinstance(sources, list) else [sources]:
            found += [Coded(row, source, t) for t in ((targets or [None]) if isinstance(targets, list) else [targets])]
    return found


class Pair:
    """A gold and a predicted claim with overlapping evidence: the credit of each field, 0 to 1, and their similarity."""

    def __init__(self, gold: Coded, said: Coded, names: Names) -> None:
        self.gold, self.said = gold, said
        ways = [(names.credit(gold.source, said.source), names.credit(gold.target, said.target))]
        if gold.either_way:
            ways.append((names.credit(gold.source, said.target), names.credit(gold.target, said.source)))
        self.source, self.target = max(ways, key=lambda w: (min(w), sum(w)))
        self.dyad = min(self.source, self.target)
        self.type = float(gold.action is None or said.action in gold.actions_ok)
        self.modality = float(gold.modality is None or gold.modality == (said.modality or "actual"))
        self.date = self.date_overlap = 1.0
        if gold.date_judged and (gold.dates is None or said.dates is None):
            self.date = self.date_overlap = float(gold.dates is said.dates)
        elif gold.date_judged and gold.dates and said.dates:
            self.date = float(gold.dates == said.dates)
            self.date_overlap = float(max(gold.dates[0], said.dates[0]) <= min(gold.dates[1], said.dates[1]))
        shared = min(gold.end, said.end) - max(gold.start, said.start)
        overlap = shared / max(1, max(gold.end, said.end) - min(gold.start, said.start))
        equal = self.source + self.target + self.type + self.modality + self.date
        # The weights order what matters; they are those of the independent scorer, so that both pair alike.
        required = 15 * (not gold.optional)
        self.similarity = 100 * self.dyad + 50 * self.dyad * self.type + 10 * equal + required + 5 * max(overlap, 0.001)

    @property
    def typed(self) -> float:
        return self.dyad * self.type

    @property
    def excuses(self) -> bool:
        """Whether this pairing takes the prediction out of every count: an optional row that it meets in two fields of three."""
        return self.gold.optional and (self.source > 0) + (self.target > 0) + (self.type > 0) >= 2


def pairs(gold: Sequence[Coded], said: Sequence[Coded], names: Names, slack: int = 0) -> list[Pair]:
    """The pairs of one document whose total similarity is largest; claims that share no evidence are never paired."""
    near = [(g, s) for g in range(len(gold)) for s in range(len(said)) if gold[g].overlaps(said[s], slack)]
    possible = {(g, s): Pair(gold[g], said[s], names) for g, s in near}
    return [possible[chosen] for chosen in best({places: pair.similarity for places, pair in possible.items()})]


def best(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Of (row, column) pairs with a weight of 0 or more those, each row and column once, whose total weight is largest."""
    chosen = []
    for rows, columns in _parts(weights):
        weight = np.zeros((len(rows), len(columns)))
        for r, g in enumerate(rows):
            for c, s in enumerate(columns):
                weight[r, c] = weights.get((g, s), 0.0)
        chosen += [(rows[r], columns[c]) for r, c in assign(weight) if (rows[r], columns[c]) in weights]
    return chosen


def _parts(possible: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The pairs fall into parts that share no claim; each is solved alone. Out: the rows and columns of each part, sorted."""
    of_gold: dict[int, set[int]] = defaultdict(set)
    of_said: dict[int, set[int]] = defaultdict(set)
    for g, s in possible:
        of_gold[g].add(s)
        of_said[s].add(g)
    parts, left = [], set(of_gold)
    while left:
        rows, columns, new = set[int](), set[int](), {min(left)}
        while new:
            rows |= new
            columns |= {s for g in new for s in of_gold[g]}
            new = {g for s in columns for g in of_said[s]} - rows
        left -= rows
        parts.append((sorted(rows), sorted(columns)))
    return parts


def assign(weight: np.ndarray) -> list[tuple[int, int]]:
    """(row, column) pairs, each row and column once, with the largest total weight (the Hungarian method; weights 0 or more).

    Where totals tie the first column wins, and prices are raised step by step: rounding then breaks ties as the independent scorer's does.
    """
    if weight.shape[0] > weight.shape[1]:
        return [(r, c) for c, r in assign(weight.T)]
    rows, columns = weight.shape
    # Column 0 is a place outside, where each row waits for its column.
    price_row, price_column = np.zeros(rows), np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[0], column = row, 0
        slack, way, taken = np.full(columns + 1, np.inf), np.zeros(columns + 1, int), np.zeros(columns + 1, bool)
        while owner[column] >= 0:
            taken[column] = True
            here, free = owner[column], ~taken
            cost = np.append(np.inf, -weight[here] - price_row[here]) - price_column
            better = free & (cost < slack)
            slack[better], way[better] = cost[better], column
            column = int(np.where(free, slack, np.inf).argmin())
            step = slack[column]
            price_row[owner[taken]] += step
            price_column[taken] -= step
            slack[free] -= step
        while column:
            owner[column] = owner[way[column]]
            column = int(way[column])
    return [(int(r), c - 1) for c, r in enumerate(owner) if c and r >= 0]
