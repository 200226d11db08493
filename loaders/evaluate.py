"""How well a coding agrees with a hand-made one: precision, recall, F1, by kind of text and of claim; calibration, confusions, misses.

In: gold and predicted claims as rows. Out: a `Score` (evaluate_text.py and evaluate_html.py show it). Rule: every prediction counts,
unless it stands on an optional gold row; nothing is rounded before it is shown.

Matching. Within a document gold and predicted claims are paired one to one, so that the total similarity is as large as can be. A pair
needs overlapping evidence; its similarity is: the same source and target 100, the same type beside that 50, each equal field of source,
target, type, modality, date 10, a required gold claim rather than an optional one 15, the share of the spans that overlaps 0 to 5.
Names are one whatever their case, accents, punctuation, article, legal form, ticker and word order; `aliases` adds to that, and `lenient`
gives credit to a name that contains the other. A prediction without start and end speaks of its whole document. In gold, null is not
judged; `*` as source or target neither; `actions_ok` lists further right types; an `optional` row costs nothing when missed, and a
prediction that meets it in two of source, target and type is left out of every count. A date that is only a bound (granularity unknown
or basis publication) is no date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from graph import codebook
from loaders.calibration import Calibration, calibration
from loaders.matching import Coded, Names, Pair, Row, action_type, coded, document_key, pairs

LEVELS: dict[str, Callable[[Pair], float]] = {
    "source": lambda p: p.source,
    "target": lambda p: p.target,
    "type": lambda p: p.type,
    "dyad": lambda p: p.dyad,
    "dyad+type": lambda p: p.typed,
    "+modality": lambda p: p.typed * p.modality,
    "+date equal": lambda p: p.typed * p.date,
    "+date overlap": lambda p: p.typed * p.date_overlap,
}
NOT_JUDGED, NO_TYPE, NOT_SAID = "(not judged)", "(none)", "(not said)"
MISSED, EXTRA = "missed", "extra"
"""The column of gold claims without a prediction of their source and target; the row of predictions without such a gold claim."""
SIDES = re.compile(r"source: (?P<source>.*?); target: (?P<target>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of gold, predicted and right claims, and what follows; a ratio without ground is None."""

    gold: int
    predicted: int
    right: float

    @property
    def precision(self) -> float | None:
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> dict[str, float | None]:
        return asdict(self) | {"precision": self.precision, "recall": self.recall, "f1": self.f1}


@dataclass(frozen=True, slots=True)
class Miss:
    """A required gold claim not found in dyad and type; `best` is the prediction paired with it, None where none is left."""

    gold: Row
    best: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Agreement of one coding with gold. `levels`: None where gold does not judge a level. The tables `types`, `styles`, `found` and
    `constructions` are for dyad and type; in the last two gold is all of gold, so that recall is this way's share of it."""

    levels: dict[str, Figures | None]
    optional: int
    excused: int
    documents: int
    outside: int
    """Predictions for documents without gold claims."""
    without_span: int
    types: dict[str, Figures]
    modes: tuple[int, int]
    """Of the claims right in dyad and type whose gold names a mode: with that mode, all."""
    extra: int
    extra_per_100: float | None
    groups: dict[str, dict[str, Figures]]
    """Per value of a gold field (the `by` asked for): the levels dyad and dyad+type, recall only."""
    styles: dict[str, Figures] = field(default_factory=dict)
    found: dict[str, Figures] = field(default_factory=dict)
    constructions: dict[str, dict[str, Figures]] = field(default_factory=dict)
    """How the `source` was found, how the `target`, and `both` (the claim's whole rule)."""
    calibration: Calibration | None = None
    """Of all claims of every confidence; None where no claim has one."""
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)
    """Gold type to predicted type to claims whose dyad is right; with the column MISSED and the row EXTRA."""
    misses: tuple[Miss, ...] = ()
    """The worst first: nothing said there, then by how little is right."""
    extras: tuple[Row, ...] = ()
    """Predictions whose dyad is wrong, the most confident first."""


def score(
    gold: Iterable[Row],
    predicted: Iterable[Row],
    *,
    everything: Iterable[Row] | None = None,
    aliases: Iterable[tuple[str, str]] = (),
    lenient: float = 0.0,
    slack: int = 0,
    drop: Iterable[str] = (),
    only_gold_documents: bool = False,
    by: str | None = None,
    styles: Mapping[str, str] | None = None,
) -> Score:
    """Agreement of predicted with gold claims.

    `everything`: the predicted claims of every confidence, for the calibration alone (otherwise those predicted). `aliases`: (alias,
    name) pairs. `lenient`: credit (0 to 1) of a name that contains the other. `slack`: spans up to so many characters apart count as
    overlapping. `drop`: types left out on both sides. `by`: a gold field to group recall by. `styles`: document to style.
    """
    names, dropped = Names(aliases, lenient), {action_type(t) for t in drop}
    golds = [g for g in coded(gold) if g.action not in dropped]
    documents = {g.document for g in golds}
    # The PLOVER of 15 types has one root for what became two.
    folded = any(g.action == "YIELD" for g in golds)

    def ready(rows: Iterable[Row]) -> list[Coded]:
        said = [s for s in coded(rows) if s.action not in dropped]
        for s in said:
            s.action = "YIELD" if folded and s.action in ("CONCEDE", "RETREAT") else s.action
        return said

    said = ready(predicted)
    outside = sum(s.document not in documents for s in said)
    told = said if everything is None else ready(everything)
    if only_gold_documents:
        said, told = ([s for s in claims if s.document in documents] for claims in (said, told))
    met = pair_up(golds, said, names, slack)
    excused = {id(p.said) for p in met if p.excuses}
    met_all = met if everything is None else pair_up(golds, told, names, slack)
    return _score(golds, [s for s in said if id(s) not in excused], met, len(excused), outside, by, styles or {}, _points(told, met_all))


def pair_up(golds: Sequence[Coded], said: Sequence[Coded], names: Names, slack: int) -> list[Pair]:
    by_document: dict[str, tuple[list[Coded], list[Coded]]] = defaultdict(lambda: ([], []))
    for g in golds:
        by_document[g.document][0].append(g)
    for s in said:
        by_document[s.document][1].append(s)
    return [p for g, s in by_document.values() for p in pairs(g, s, names, slack)]


def _points(told: Iterable[Coded], met: Iterable[Pair]) -> list[tuple[float, float]]:
    """(confidence, right in dyad and type) of the claims that say how sure they are and stand on no optional gold row."""
    pair = {id(p.said): p for p in met}
    points = []
    for s in told:
        p = pair.get(id(s))
        if s.confidence is not None and not (p and p.excuses):
            points.append((s.confidence, p.typed if p and not p.gold.optional else 0.0))
    return points


def _score(
    golds: list[Coded],
    counted: list[Coded],
    met: list[Pair],
    excused: int,
    outside: int,
    by: str | None,
    styles: Mapping[str, str],
    points: list[tuple[float, float]],
) -> Score:
    required = [g for g in golds if not g.optional]
    scored = [p for p in met if not p.gold.optional]
    of_gold, of_said = {id(p.gold): p for p in met}, {id(p.said): p for p in scored}
    judged = {
        "type": any(g.action for g in required),
        "+modality": any(g.modality for g in required),
        "+date equal": any(g.date_judged for g in required),
        "+date overlap": any(g.date_judged for g in required),
    }
    levels = {
        name: Figures(len(required), len(counted), sum(credit(p) for p in scored)) if judged.get(name, True) else None
        for name, credit in LEVELS.items()
    }
    right = {id(p.said) for p in scored if p.dyad}
    extras = [s for s in counted if id(s) not in right]
    moded = [p for p in scored if p.typed and p.gold.mode]
    missed = [(of_gold.get(id(g)), g) for g in required]
    missed = sorted(((p, g) for p, g in missed if not (p and p.typed == 1)), key=lambda m: m[0].similarity if m[0] else -1.0)
    of_style = {document_key(d): style for d, style in styles.items()}
    return Score(
        levels=levels,
        optional=len(golds) - len(required),
        excused=excused,
        documents=len({g.document for g in golds}),
        outside=outside,
        without_span=sum(s.spanless for s in counted),
        types=_types(required, counted, scored, of_said),
        modes=(sum(p.gold.mode == p.said.mode for p in moded), len(moded)),
        extra=len(extras),
        extra_per_100=100 * len(extras) / len(required) if required else None,
        groups=_groups(required, of_gold, by) if by else {},
        styles=_styles(required, counted, scored, of_style) if of_style else {},
        found=_ways(required, counted, of_said, lambda s: str(s.row.get("found") or NOT_SAID)),
        constructions={side: _ways(required, counted, of_said, _construction(side)) for side in ("source", "target", "both")}
        if any(s.row.get("rule") for s in counted)
        else {},
        calibration=calibration(points),
        confusion=_confusion(required, counted, scored),
        misses=tuple(Miss(g.row, p.said.row if p else None) for p, g in missed),
        extras=tuple(s.row for s in sorted(extras, key=lambda s: (-(s.confidence or 0.0), s.document, s.start, s.end))),
    )


def construction(rule: object, side: str) -> str:
    """How the `source` or `target` of a claim was found, as its rule tells ("source: ...; target: ..."); the whole rule for `both`."""
    whole = str(rule or NOT_SAID)
    told = SIDES.fullmatch(whole)
    return told[side] if told and side != "both" else whole


def _construction(side: str) -> Callable[[Coded], str]:
    return lambda s: construction(s.row.get("rule"), side)


def _types(required: list[Coded], counted: list[Coded], scored: list[Pair], of_said: Mapping[int, Pair]) -> dict[str, Figures]:
    """Per type: a right prediction counts for the type of its gold claim, any other for its own."""
    gold: dict[str, int] = defaultdict(int)
    said: dict[str, int] = defaultdict(int)
    right: dict[str, float] = defaultdict(float)
    for g in required:
        gold[g.action or NOT_JUDGED] += 1
    for s in counted:
        pair = of_said.get(id(s))
        said[((pair.gold.action or NOT_JUDGED) if pair and pair.typed else s.action) or NO_TYPE] += 1
    for p in scored:
        right[p.gold.action or NOT_JUDGED] += p.typed
    return {t: Figures(gold[t], said[t], right[t]) for t in sorted({*gold, *said})}


def _groups(required: list[Coded], of_gold: Mapping[int, Pair], by: str) -> dict[str, dict[str, Figures]]:
    groups: dict[str, list[Coded]] = defaultdict(list)
    for g in required:
        groups[str(g.row.get(by))].append(g)
    return {
        value: {name: Figures(len(gs), 0, sum(LEVELS[name](p) for g in gs if (p := of_gold.get(id(g))))) for name in ("dyad", "dyad+type")}
        for value, gs in sorted(groups.items())
    }


def _styles(required: list[Coded], counted: list[Coded], scored: list[Pair], of_style: Mapping[str, str]) -> dict[str, Figures]:
    table: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0])
    for place, claims in enumerate((required, counted)):
        for c in claims:
            table[of_style.get(c.document, NO_TYPE)][place] += 1
    for p in scored:
        table[of_style.get(p.gold.document, NO_TYPE)][2] += p.typed
    return {style: Figures(int(g), int(s), r) for style, (g, s, r) in sorted(table.items())}


def _ways(required: list[Coded], counted: list[Coded], of_said: Mapping[int, Pair], way: Callable[[Coded], str]) -> dict[str, Figures]:
    ways: dict[str, list[Coded]] = defaultdict(list)
    for s in counted:
        ways[way(s)].append(s)
    return {
        name: Figures(len(required), len(claims), sum(p.typed for s in claims if (p := of_said.get(id(s)))))
        for name, claims in sorted(ways.items(), key=lambda x: (-len(x[1]), x[0]))
    }


def _confusion(required: list[Coded], counted: list[Coded], scored: list[Pair]) -> dict[str, dict[str, int]]:
    """A type that gold takes for right too stands in its gold type's column, as it does in the table of types."""
    table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    right = [p for p in scored if p.dyad]
    of_gold, of_said = {id(p.gold): p for p in right}, {id(p.said): p for p in right}
    for g in required:
        met = of_gold.get(id(g))
        said = MISSED if met is None else (g.action if met.type and g.action else met.said.action) or NO_TYPE
        table[g.action or NOT_JUDGED][said] += 1
    for s in counted:
        if id(s) not in of_said:
            table[EXTRA][s.action or NO_TYPE] += 1
    order = in_order([*table, *(t for row in table.values() for t in row)])
    return {t: {u: table[t][u] for u in order if table[t].get(u)} for t in order if t in table}


def in_order(names: Iterable[str]) -> list[str]:
    """Types in the order of the codebook, then what is none, the margins last."""
    known = [*codebook.types(), NOT_JUDGED, NO_TYPE]
    return sorted(set(names), key=lambda t: (t in (MISSED, EXTRA), known.index(t) if t in known else len(known), t))
