"""How well a coding agrees with a hand-made one: precision, recall, F1, calibration, misses.

In: gold and predicted claims as rows. Out: a `Score`, and it as text or JSON. Rule: every prediction counts, unless it stands on an
optional gold row; nothing is rounded before it is shown.

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

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

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
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Lower ends of the bins of confidence; the last holds 1 alone."""


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
class Bin:
    """Predictions of a confidence in [low, high): how many, their mean confidence, how many right in dyad and type."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A required gold claim not found in dyad and type; `best` is the prediction paired with it, None where none is left."""

    gold: Row
    best: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Agreement of one coding with gold. `levels`: None where gold does not judge a level."""

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
    """Per way found, for dyad+type; gold is all of gold, so that recall is this way's share."""
    calibration: tuple[Bin, ...] = ()
    confusions: tuple[tuple[str, str, int], ...] = ()
    misses: tuple[Miss, ...] = ()
    extras: tuple[Row, ...] = ()


def score(
    gold: Iterable[Row],
    predicted: Iterable[Row],
    *,
    aliases: Iterable[tuple[str, str]] = (),
    lenient: float = 0.0,
    slack: int = 0,
    drop: Iterable[str] = (),
    only_gold_documents: bool = False,
    by: str | None = None,
    styles: Mapping[str, str] | None = None,
) -> Score:
    """Agreement of predicted with gold claims.

    `aliases`: (alias, name) pairs. `lenient`: credit (0 to 1) of a name that contains the other. `slack`: spans up to so many characters
    apart count as overlapping. `drop`: types left out on both sides. `by`: a gold field to group recall by. `styles`: document to style.
    """
    names, dropped = Names(aliases, lenient), {action_type(t) for t in drop}
    golds = [g for g in coded(gold) if g.action not in dropped]
    said = [s for s in coded(predicted) if s.action not in dropped]
    if any(g.action == "YIELD" for g in golds):
        # The PLOVER of 15 types has one root for what became two.
        for s in said:
            s.action = "YIELD" if s.action in ("CONCEDE", "RETREAT") else s.action
    documents = {g.document for g in golds}
    outside = sum(s.document not in documents for s in said)
    if only_gold_documents:
        said = [s for s in said if s.document in documents]
    met = pair_up(golds, said, names, slack)
    excused = {id(p.said) for p in met if p.excuses}
    return _score(golds, [s for s in said if id(s) not in excused], met, len(excused), outside, by, styles or {})


def pair_up(golds: Sequence[Coded], said: Sequence[Coded], names: Names, slack: int) -> list[Pair]:
    by_document: dict[str, tuple[list[Coded], list[Coded]]] = defaultdict(lambda: ([], []))
    for g in golds:
        by_document[g.document][0].append(g)
    for s in said:
        by_document[s.document][1].append(s)
    return [p for g, s in by_document.values() for p in pairs(g, s, names, slack)]


def _score(
    golds: list[Coded], counted: list[Coded], met: list[Pair], excused: int, outside: int, by: str | None, styles: Mapping[str, str]
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
        styles=_styles(required, counted, scored, styles),
        found=_found(required, counted, of_said),
        calibration=_calibration(counted, of_said),
        confusions=_confusions(scored),
        misses=tuple(Miss(g.row, p.said.row if p else None) for p, g in missed),
        extras=tuple(s.row for s in sorted(extras, key=lambda s: (s.document, s.start, s.end))),
    )


def _types(required: list[Coded], counted: list[Coded], scored: list[Pair], of_said: Mapping[int, Pair]) -> dict[str, Figures]:
    """Per type: a right prediction counts for the type of its gold claim, any other for its own."""
    gold: dict[str, int] = defaultdict(int)
    said: dict[str, int] = defaultdict(int)
    right: dict[str, float] = defaultdict(float)
    for g in required:
        gold[g.action or "(not judged)"] += 1
    for s in counted:
        pair = of_said.get(id(s))
        said[((pair.gold.action or "(not judged)") if pair and pair.typed else s.action) or "(none)"] += 1
    for p in scored:
        right[p.gold.action or "(not judged)"] += p.typed
    return {t: Figures(gold[t], said[t], right[t]) for t in sorted({*gold, *said})}


def _groups(required: list[Coded], of_gold: Mapping[int, Pair], by: str) -> dict[str, dict[str, Figures]]:
    groups: dict[str, list[Coded]] = defaultdict(list)
    for g in required:
        groups[str(g.row.get(by))].append(g)
    return {
        value: {name: Figures(len(gs), 0, sum(LEVELS[name](p) for g in gs if (p := of_gold.get(id(g))))) for name in ("dyad", "dyad+type")}
        for value, gs in sorted(groups.items())
    }


def _styles(required: list[Coded], counted: list[Coded], scored: list[Pair], styles: Mapping[str, str]) -> dict[str, Figures]:
    if not styles:
        return {}
    of = {document_key(d): style for d, style in styles.items()}

    def of_style(claims: Iterable[Coded], style: str) -> int:
        return sum(of.get(c.document, "(none)") == style for c in claims)

    known = sorted({of.get(g.document, "(none)") for g in required})
    return {
        s: Figures(of_style(required, s), of_style(counted, s), sum(p.typed for p in scored if of.get(p.gold.document, "(none)") == s))
        for s in known
    }


def _found(required: list[Coded], counted: list[Coded], of_said: Mapping[int, Pair]) -> dict[str, Figures]:
    ways: dict[str, list[Coded]] = defaultdict(list)
    for s in counted:
        ways[str(s.row.get("found") or "(not said)")].append(s)
    return {
        way: Figures(len(required), len(claims), sum(p.typed for s in claims if (p := of_said.get(id(s)))))
        for way, claims in sorted(ways.items())
    }


def _calibration(counted: list[Coded], of_said: Mapping[int, Pair]) -> tuple[Bin, ...]:
    bins = []
    for low, high in zip(BINS, (*BINS[1:], float("inf")), strict=True):
        held = [(s, s.confidence) for s in counted if s.confidence is not None and low <= s.confidence < high]
        if held:
            right = sum(p.typed for s, _ in held if (p := of_said.get(id(s))))
            bins.append(Bin(low, min(high, 1.0), len(held), sum(c for _, c in held if c is not None) / len(held), right))
    return tuple(bins)


def _confusions(scored: list[Pair]) -> tuple[tuple[str, str, int], ...]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for p in scored:
        if p.dyad and not p.type:
            counts[p.gold.action or "-", p.said.action or "-"] += 1
    return tuple((*k, n) for k, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])))[:10]


# -- showing it
def to_json(result: Score) -> dict[str, Any]:
    """The result as plain values; figures with precision, recall and F1."""

    def plain(value: Any) -> Any:
        if isinstance(value, Figures):
            return value.row()
        if isinstance(value, Bin):
            return asdict(value)
        if isinstance(value, Miss):
            return {"gold": dict(value.gold), "best": None if value.best is None else dict(value.best)}
        if isinstance(value, Mapping):
            return {k: plain(v) for k, v in value.items()}
        return [plain(v) for v in value] if isinstance(value, tuple) else value

    return {name: plain(getattr(result, name)) for name in Score.__dataclass_fields__}


def _percent(value: float | None) -> str:
    return f"{'-' if value is None else format(100 * value, '.1f'):>6}"


def line(name: str, figures: Figures | None) -> str:
    if figures is None:
        return f"{name:16} not judged in gold"
    shares = " ".join(_percent(v) for v in (figures.precision, figures.recall, figures.f1))
    return f"{name:16} {figures.gold:>6} {figures.predicted:>6} {figures.right:>7g} {shares}"


def who_what(row: Row) -> str:
    """A claim in one line: source > TYPE > target."""

    def name(value: Any) -> str:
        return str(value.get("name") if isinstance(value, Mapping) else value or "-")

    return f"{name(row.get('source'))} > {action_type(row.get('action')) or '?'} > {name(row.get('target'))}"


def _sentence(row: Row) -> str:
    said = " ".join(str(row.get("sentence") or row.get("quote") or row.get("text") or "").split())
    return f'    "{said[:200]}"'


def text(result: Score, show: int = 0) -> str:
    """The result as tables; `show`: how many misses and extra claims to list with their sentences."""
    main = result.levels["dyad"] or Figures(0, 0, 0)
    head = f"{'':16} {'gold':>6} {'said':>6} {'right':>7} {'prec':>6} {'recall':>6} {'F1':>6}"
    out = [
        f"gold: {main.gold} claims and {result.optional} optional in {result.documents} documents; "
        f"predicted: {main.predicted}, and {result.excused} on optional rows"
    ]
    if result.outside:
        out.append(f"{result.outside} predictions for documents without gold claims")
    if result.without_span:
        out.append(f"{result.without_span} predictions without start and end, matched on the document alone")
    out += ["", head, *(line(name, figures) for name, figures in result.levels.items()), ""]
    per_100 = "-" if result.extra_per_100 is None else f"{result.extra_per_100:.1f}"
    out.append(f"extra claims: {result.extra}, {per_100} per 100 gold; modes equal: {result.modes[0]} of {result.modes[1]}")
    for title, table in (("type", result.types), ("style", result.styles), ("way found", result.found)):
        if table:
            out += ["", f"{title:16}{head[16:]}", *(line(name, figures) for name, figures in table.items())]
    if result.groups:
        out += ["", f"{'recall by':16} {'gold':>6} {'dyad':>6} {'+type':>6}"]
        out += [
            f"{value[:28]:16} {g['dyad'].gold:>6} {_percent(g['dyad'].recall)} {_percent(g['dyad+type'].recall)}"
            for value, g in result.groups.items()
        ]
    if result.calibration:
        out += ["", f"{'confidence':16} {'claims':>6} {'mean':>6} {'right':>6}"]
        out += [
            f"{b.low:.2f} to {b.high:.2f}     {b.claims:>6} {b.confidence:>6.2f} {b.right / b.claims:>6.2f}" for b in result.calibration
        ]
    if result.confusions:
        out += ["", "types confused (gold as predicted): " + ", ".join(f"{a} as {b} {n}" for a, b, n in result.confusions)]
    if show:
        out += ["", f"misses ({min(show, len(result.misses))} of {len(result.misses)})"]
        for miss in result.misses[:show]:
            best = who_what(miss.best) if miss.best else "nothing there"
            out += [f"- {miss.gold.get('document')} {who_what(miss.gold)}   best: {best}", _sentence(miss.gold)]
        out += ["", f"extra claims ({min(show, len(result.extras))} of {len(result.extras)})"]
        for row in result.extras[:show]:
            out += [f"- {row.get('document')} {who_what(row)}", _sentence(row)]
    return "\n".join(out)
