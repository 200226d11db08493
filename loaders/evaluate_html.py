"""A Score or an Agreement as one HTML page that stands alone: no network, no script, no file beside it.

In: a result and what it is of. Out: the page as text. Rule: what is shown stands in the result; nothing is
counted here.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from math import sqrt

from graph import codebook
from loaders.agreement import Agreement, Difference
from loaders.agreement_text import action_note, agreement_summary, coefficient, what_differs
from loaders.calibration import Calibration
from loaders.evaluate import EXTRA, MISSED, Figures, Miss, Score
from loaders.evaluate_events import EventScore
from loaders.evaluate_text import calibration_line, confused, confusion_columns, extra_line, sentence, summary, who_what
from loaders.matching import Row, action_type
from loaders.report_page import NAV, grid, h2, kind, page, share, words

LISTED = 100
"""Misses, extra claims and differences on a page unless told otherwise: about 30 kB each list."""


def _figures(title: str, table: Mapping[str, Figures | None], caption: str = "", key: str = "", types: bool = False) -> str:
    def row(name: str, f: Figures | None) -> list[str]:
        label = kind(name) if types else words(name)
        if f is None:
            return [label, "–", "–", "–", "–", "–", "not judged in gold"]
        bar = "" if f.f1 is None else f'<span class="bar" style="--w:{100 * f.f1:.0f}%"></span>'
        shares = [share(v) for v in (f.precision, f.recall, f.f1)]
        return [label, str(f.gold), str(f.predicted), f"{f.right:g}", shares[0], shares[1], f"{shares[2]}{bar}"]

    head = (title, "gold", "predicted", "right", "precision", "recall", "F1")
    return grid(head, (row(n, f) for n, f in table.items()), caption, words(key) if key else "")


def score_page(
    result: Score, *, gold: str, scored: str, line: float | None = None, events: EventScore | None = None, show: int | None = None
) -> str:
    """The page of a score. `gold`, `scored`: what was compared; `line`: the confidence from which on claims were scored; `show`: how
    many misses and extra claims to list (None: LISTED)."""
    most = LISTED if show is None else show
    main = result.levels["dyad+type"] or Figures(0, 0, 0)
    per_100 = "–" if result.extra_per_100 is None else f"{result.extra_per_100:.1f}"
    which = "those that count" if line is None else f"those of confidence {line:g} and more"
    body = [
        f'<p class="lead">{main.right:g} of {main.gold} claims coded by hand were found, with who, what and to whom right (recall '
        f"{share(main.recall)}&nbsp;%). Of {main.predicted} claims predicted {main.right:g} are right (precision {share(main.precision)}"
        f"&nbsp;%); F1 {share(main.f1)}&nbsp;%. Extra claims, whose source and target gold does not have: {per_100} per 100 gold.</p>",
        f"<p>Gold: {words(gold)}. Scored: {words(scored)}, {which}.</p>",
        *(f'<p class="note">{words(s)}</p>' for s in summary(result)),
        NAV,
        h2("levels", "Level by level"),
        _figures("level", result.levels, "Each level asks for more; dyad: source and target.", "dyad+type"),
        f'<p class="note">{words(extra_line(result))}</p>',
        h2("types", "By action type"),
        _figures("type", result.types, "Source, target and type right, as in the tables below.", types=True),
    ]
    parts = [("levels", "levels"), ("types", "types")]
    if result.styles:
        body += [h2("styles", "By style of document"), _figures("style", result.styles)]
        parts.append(("styles", "styles"))
    ways = "Recall is the share of all gold that was found this way."
    body += [h2("found", "By way found"), _figures("way found", result.found, ways)]
    parts.append(("found", "ways found"))
    if result.constructions:
        body.append(h2("constructions", "By construction"))
        sides = (_figures(f"{side} found by", result.constructions[side], ways) for side in ("source", "target"))
        body.append(f'<div class="two">{"".join(sides)}</div>')
        body += ["<h3>Source and target together</h3>", _figures("rule", result.constructions["both"], ways)]
        parts.append(("constructions", "constructions"))
    if result.groups:
        rows = ([words(n), str(g["dyad"].gold), share(g["dyad"].recall), share(g["dyad+type"].recall)] for n, g in result.groups.items())
        body += [h2("groups", "Recall by what gold says"), grid(("value", "gold", "dyad", "dyad+type"), rows)]
        parts.append(("groups", "groups"))
    if result.calibration:
        body += _calibration(result.calibration, line)
        parts.append(("calibration", "calibration"))
    if result.confusion:
        body += [h2("confusion", "Which type for which"), _confusion(result.confusion)]
        parts.append(("confusion", "confusions"))
    if events:
        rows_ = {"same act": events.same_act, "same act, claims of both": events.same_act_shared, "responses": events.responses}
        kinds = f"Kinds of response right: {events.kinds[0]} of {events.kinds[1]} right links."
        body += [h2("events", "Acts and responses"), _figures("link", rows_, kinds)]
        parts.append(("events", "acts and responses"))
    if most:
        body += [h2("misses", f"Worst misses: {min(most, len(result.misses))} of {len(result.misses)}"), _misses(result.misses[:most])]
        body += [h2("extras", f"Worst extra claims: {min(most, len(result.extras))} of {len(result.extras)}")]
        body += ['<p class="note">Source and target that gold does not have, the most confident first.</p>', _extras(result.extras[:most])]
        parts += [("misses", "misses"), ("extras", "extra claims")]
    return page("How well the coding agrees with gold", body, parts)


def _calibration(found: Calibration, line: float | None) -> list[str]:
    rows = (
        [
            f"{b.low:.1f} to {b.high:.1f}",
            str(b.claims),
            f"{b.confidence:.2f}",
            f"{b.right:g}",
            f"{b.right / b.claims:.2f}",
            f"{b.least:.2f} to {b.most:.2f}",
        ]
        for b in found.bands
    )
    head = ("confidence", "claims", "mean", "right", "share right", "95 % between")
    said = calibration_line(found)
    return [
        h2("calibration", "Is a confidence a probability?"),
        f"<p>{html.escape(said[:1].upper() + said[1:])}.</p>",
        f'<div class="two">{_curve(found, line)}{grid(head, rows)}</div>',
    ]


def _curve(found: Calibration, line: float | None) -> str:
    """The reliability curve: mean confidence against the share right of each band, its 95 % interval, and below how many claims."""
    size, left, top, low = 288, 40, 8, 56

    def x(value: float) -> str:
        return f"{left + size * value:.1f}"

    def y(value: float) -> str:
        return f"{top + size * (1 - value):.1f}"

    out = [
        f'<figure><svg width="{left + size + 16}" height="{top + size + low + 48}" role="img" '
        'aria-label="reliability curve: the table beside it holds its figures">'
    ]
    for n in range(6):
        v = n / 5
        out.append(f'<path class="hair" d="M{x(v)} {y(0)}V{y(1)}M{x(0)} {y(v)}H{x(1)}"/>')
        out.append(f'<text x="{x(v)}" y="{top + size + 16}" text-anchor="middle">{v:.1f}</text>')
        out.append(f'<text x="{left - 8}" y="{float(y(v)) + 4:.1f}" text-anchor="end">{v:.1f}</text>')
    out.append(f'<path class="ideal" d="M{x(0)} {y(0)}L{x(1)} {y(1)}"/>')
    if line is not None and 0 <= line <= 1:
        out.append(f'<path class="ideal" d="M{x(line)} {y(0)}V{y(1)}"/>')
    places = [(x(b.confidence), y(b.right / b.claims)) for b in found.bands]
    out += [f'<path class="reach" d="M{px} {y(b.least)}V{y(b.most)}"/>' for (px, _), b in zip(places, found.bands, strict=True)]
    out.append('<polyline class="curve" points="' + " ".join(f"{px},{py}" for px, py in places) + '"/>')
    most = max(b.claims for b in found.bands)
    base = top + size + 24 + low
    for (px, py), b in zip(places, found.bands, strict=True):
        out.append(f'<circle class="dot" cx="{px}" cy="{py}" r="{2.5 + 4 * sqrt(b.claims / most):.1f}"/>')
        height = max(1.0, (low - 16) * b.claims / most)
        out.append(
            f'<rect class="many" x="{x(b.low)}" y="{base - height:.1f}" width="{size * (b.high - b.low) - 2:.1f}" height="{height:.1f}"/>'
            f'<text x="{x((b.low + b.high) / 2)}" y="{base - height - 4:.1f}" text-anchor="middle">{b.claims}</text>'
        )
    out.append(f'<text x="{left + size / 2}" y="{base + 18}" text-anchor="middle">confidence</text>')
    caption = "Share of claims right (dyad and type) in each band, with its 95 % interval; on the dashed line confidence is probability."
    return "".join(out) + f"</svg><figcaption>{caption}<br>Below: how many claims.</figcaption></figure>"


def _confusion(table: Mapping[str, Mapping[str, int]]) -> str:
    columns = confusion_columns(table)
    heads = "".join(f'<th scope="col"><span>{kind(c)}</span></th>' for c in columns)
    lines = []
    for name, row in table.items():
        total = sum(row.values())
        cells = []
        for c in columns:
            n = row.get(c, 0)
            shade = f' style="--a:{0.35 * n / total:.3f}"' if n and name != EXTRA else ""
            cells.append(f"<td{' class=same' if c == name else ''}{shade}>{n or ''}</td>")
        lines.append(f'<tr><th scope="row">{kind(name)}</th>{"".join(cells)}<td>{total}</td></tr>')
    worst = ", ".join(f"{a} as {b} {n}" for a, b, n in confused(table)[:10])
    return (
        f'<div class="scroll"><table class="cells"><caption>Rows: gold; columns: predicted, where source and target are right. {MISSED}: '
        f"gold without such a claim; {EXTRA}: claims without such gold. The darker, the larger the share of the row.</caption>"
        f'<thead><tr><th></th>{heads}<th scope="col"><span>all</span></th></tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
        + (f"<p>Most confused (gold as predicted): {words(worst)}.</p>" if worst else "")
    )


def _claim(row: Row) -> str:
    """Source, action in its class colour, target, and the document."""
    known = codebook.types().get(action_type(row.get("action")) or "")
    quad = known.quad if known else 0
    return f'<span class="act q{quad}">{words(who_what(row))}</span> <span class="note">{words(row.get("document"))}</span>'


def _said(row: Row) -> str:
    """The sentence, with the quote marked where it stands in it once."""
    whole, quote = sentence(row, 600), sentence({"quote": row.get("quote")}, 600)
    if quote and whole.count(quote) == 1:
        before, after = whole.split(quote)
        return f"<p>{words(before)}<mark>{words(quote)}</mark>{words(after)}</p>"
    return f"<p>{words(whole)}</p>" if whole else ""


def _misses(misses: Iterable[Miss]) -> str:
    items = (
        f"<li><p>{_claim(m.gold)}</p>{_said(m.gold)}"
        + (f'<p class="note">said instead: {words(who_what(m.best))}</p>' if m.best else '<p class="note">nothing said there</p>')
        + "</li>"
        for m in misses
    )
    return f"<ol>{''.join(items)}</ol>"


def _extras(rows: Iterable[Row]) -> str:
    def about(row: Row) -> str:
        told = {"confidence": row.get("confidence"), "found": row.get("found"), "rule": row.get("rule")}
        return "; ".join(f"{k} {v}" for k, v in told.items() if v is not None)

    return "<ol>" + "".join(f'<li><p>{_claim(r)}</p>{_said(r)}<p class="note">{words(about(r))}</p></li>' for r in rows) + "</ol>"


# -- an agreement
def agreement_page(result: Agreement, names: tuple[str, str], show: int | None = None) -> str:
    """The page of two codings compared; `show`: how many differences to list (None: LISTED)."""
    most = LISTED if show is None else show
    rows = (
        [words(f.name), str(f.units), str(f.equal), share(f.percent), coefficient(f.kappa), coefficient(f.alpha)] for f in result.fields
    )
    body = [
        *(f"<p>{words(s)}</p>" for s in agreement_summary(result, names)),
        NAV,
        h2("fields", "Field by field"),
        grid(
            ("field", "units", "equal", "per cent", "Cohen's kappa", "Krippendorff's alpha"),
            rows,
            "act: sentences that tell an act or none; the others: acts that both code. A dash: no ground for the figure.",
        ),
        f'<p class="note">{words(action_note(result))}</p>',
    ]
    parts = [("fields", "fields")]
    if most:
        body.append(h2("differences", f"Differences: {min(most, len(result.differences))} of {len(result.differences)}"))
        body.append("<ol>" + "".join(_difference(d) for d in result.differences[:most]) + "</ol>")
        parts.append(("differences", "differences"))
    return page("How far two codings agree", body, parts)


def _difference(d: Difference) -> str:
    sides = "".join(f"<p>{letter} {_claim(row)}</p>" for letter, row in (("A", d.one), ("B", d.other)) if row)
    return f'<li><p class="note">{words(what_differs(d))}</p>{sides}{_said(d.one or d.other or {})}</li>'
