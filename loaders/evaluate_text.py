"""A Score as text for a terminal, or as JSON.

In: a `Score`. Out: text, or plain values. Rule: shares are per cent with one digit; confidences and errors are parts of 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from loaders.calibration import Calibration
from loaders.evaluate import EXTRA, MISSED, NOT_JUDGED, Figures, Miss, Score, in_order
from loaders.matching import Row, action_type

FEW = 10
"""Constructions shown on a terminal; the JSON and the page hold all."""


def to_json(result: Score) -> dict[str, Any]:
    """The result as plain values; figures with precision, recall and F1."""

    def plain(value: Any) -> Any:
        if isinstance(value, Figures):
            return value.row()
        if isinstance(value, Miss):
            return {"gold": dict(value.gold), "best": None if value.best is None else dict(value.best)}
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        if isinstance(value, Mapping):
            return {k: plain(v) for k, v in value.items()}
        return [plain(v) for v in value] if isinstance(value, tuple) else value

    return {name: plain(getattr(result, name)) for name in Score.__dataclass_fields__}


def percent(value: float | None) -> str:
    return f"{'-' if value is None else format(100 * value, '.1f'):>6}"


def line(name: str, figures: Figures | None, width: int = 16) -> str:
    if figures is None:
        return f"{name:{width}} not judged in gold"
    shares = " ".join(percent(v) for v in (figures.precision, figures.recall, figures.f1))
    return f"{name[:width]:{width}} {figures.gold:>6} {figures.predicted:>6} {figures.right:>7g} {shares}"


def head(name: str = "", width: int = 16) -> str:
    return f"{name:{width}} {'gold':>6} {'said':>6} {'right':>7} {'prec':>6} {'recall':>6} {'F1':>6}"


def who_what(row: Row) -> str:
    """A claim in one line: source > TYPE > target."""

    def name(value: Any) -> str:
        several = value if isinstance(value, list) else [value]
        return " and ".join(str(v.get("name") if isinstance(v, Mapping) else v or "-") for v in several)

    return one_line(f"{name(row.get('source'))} > {action_type(row.get('action')) or '?'} > {name(row.get('target'))}")


def sentence(row: Row, most: int = 200) -> str:
    """The words that tell a claim, on one line; "" where the row holds none."""
    return one_line(str(row.get("sentence") or row.get("quote") or row.get("text") or ""))[:most]


def one_line(words: str) -> str:
    """Text of a document, which may hold codes that steer a terminal, as one line of what can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def summary(result: Score) -> list[str]:
    """What was compared with what, a line each."""
    main = result.levels["dyad"] or Figures(0, 0, 0)
    out = [
        f"gold: {main.gold} claims and {result.optional} optional in {result.documents} documents; "
        f"predicted: {main.predicted}, and {result.excused} on optional rows"
    ]
    if result.outside:
        out.append(f"{result.outside} predictions for documents without gold claims")
    if result.without_span:
        out.append(f"{result.without_span} predictions without start and end, matched on the document alone")
    return out


def extra_line(result: Score) -> str:
    per_100 = "-" if result.extra_per_100 is None else f"{result.extra_per_100:.1f}"
    return f"extra claims: {result.extra}, {per_100} per 100 gold; modes equal: {result.modes[0]} of {result.modes[1]}"


def text(result: Score, show: int = 0) -> str:
    """The result as tables; `show`: how many misses and extra claims to list with their sentences."""
    out = [*summary(result), "", head(), *(line(name, figures) for name, figures in result.levels.items()), "", extra_line(result)]
    for title, table in (("type", result.types), ("style", result.styles), ("way found", result.found)):
        out += _table(title, table)
    for side in ("source", "target"):
        out += _table(f"{side} found by", result.constructions.get(side, {}), 34, FEW)
    if result.groups:
        out += ["", f"{'recall by':16} {'gold':>6} {'dyad':>6} {'+type':>6}"]
        out += [
            f"{value[:28]:16} {g['dyad'].gold:>6} {percent(g['dyad'].recall)} {percent(g['dyad+type'].recall)}"
            for value, g in result.groups.items()
        ]
    if result.calibration:
        out += _calibration(result.calibration)
    if result.confusion:
        out += _confusion(result.confusion)
    if show:
        out += _lists(result, show)
    return "\n".join(out)


def _table(title: str, table: Mapping[str, Figures], width: int = 16, most: int | None = None) -> list[str]:
    if not table:
        return []
    rows = list(table.items())[:most]
    left = len(table) - len(rows)
    more = [f"  and {left} more (--html or --json holds all)"] if left else []
    return ["", head(title, width), *(line(name, figures, width) for name, figures in rows), *more]


def _calibration(found: Calibration) -> list[str]:
    out = ["", f"{'confidence':16} {'claims':>6} {'mean':>6} {'right':>6}   95 % between"]
    out += [
        f"{b.low:.1f} to {b.high:.1f}       {b.claims:>6} {b.confidence:>6.2f} {b.right / b.claims:>6.2f}   {b.least:.2f} and {b.most:.2f}"
        for b in found.bands
    ]
    return [*out, calibration_line(found)]


def calibration_line(found: Calibration) -> str:
    return (
        f"calibration over {found.claims} claims of every confidence: expected calibration error {found.ece:.3f}, "
        f"Brier score {found.brier:.3f} (always saying how many are right: {found.unknowing:.3f})"
    )


def _confusion(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    columns = [c for c in confusion_columns(table) if c != MISSED]
    out = ["", "types where source and target are right (rows: gold; columns: predicted, by their first letters; . none)"]
    out.append(f"{'':13} " + " ".join(f"{c.strip('(')[:4]:>4}" for c in columns) + f" {MISSED:>6}")
    for name, row in table.items():
        cells = " ".join(f"{row.get(c) or '.':>4}" for c in columns)
        last = "" if name == EXTRA else f" {row.get(MISSED) or '.':>6}"
        out.append(f"{name[:13]:13} {cells}{last}")
    worst = confused(table)[:10]
    if worst:
        out.append("most confused (gold as predicted): " + ", ".join(f"{a} as {b} {n}" for a, b, n in worst))
    return out


def confusion_columns(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The columns of a confusion table in the order of its rows, MISSED last."""
    return in_order(t for t in [*table, *(c for row in table.values() for c in row)] if t not in (EXTRA, NOT_JUDGED))


def confused(table: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str, int]]:
    """(gold type, predicted type, how many) where they differ, the most frequent first."""
    pairs: Iterable[tuple[str, str, int]] = ((g, s, n) for g, row in table.items() for s, n in row.items() if g not in (s, EXTRA))
    return sorted((p for p in pairs if p[1] != MISSED and p[0][:1] != "("), key=lambda p: (-p[2], p[0], p[1]))


def _lists(result: Score, show: int) -> list[str]:
    out = ["", f"misses ({min(show, len(result.misses))} of {len(result.misses)}), the worst first"]
    for miss in result.misses[:show]:
        best = who_what(miss.best) if miss.best else "nothing there"
        out += [f"- {one_line(str(miss.gold.get('document')))} {who_what(miss.gold)}   best: {best}", f'    "{sentence(miss.gold)}"']
    out += ["", f"extra claims ({min(show, len(result.extras))} of {len(result.extras)}), the most confident first"]
    for row in result.extras[:show]:
        sure = row.get("confidence")
        out += [
            f"- {one_line(str(row.get('document')))} {who_what(row)}" + (f"   {sure:.2f}" if isinstance(sure, (int, float)) else ""),
            f'    "{sentence(row)}"',
        ]
    return out
