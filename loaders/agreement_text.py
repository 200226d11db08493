"""An Agreement as text for a terminal, or as JSON.

In: an `Agreement` and the names of the two codings. Out: text, or plain values. Rule: a coefficient without ground is "-", never 0.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from loaders.agreement import Agreement, Difference, Field
from loaders.evaluate_text import one_line, percent, sentence, who_what


def agreement_json(result: Agreement) -> dict[str, Any]:
    """The result as plain values."""
    return asdict(result)


def agreement_summary(result: Agreement, names: tuple[str, str]) -> list[str]:
    """What was compared with what, a line each."""
    one, other = names
    sentences = "" if result.sentences is None else f", {result.sentences} sentences"
    out = [
        f"{result.documents} documents{sentences}",
        *(
            f"{letter} {name}: {count} claims, {optional} of them optional; {alone} that the other has not"
            for letter, name, count, optional, alone in zip("AB", (one, other), result.claims, result.optional, result.alone, strict=True)
        ),
        f"acts that both code: {result.matched}",
    ]
    if any(result.left_out):
        out.append(f"left out: {result.left_out[0]} claims of A and {result.left_out[1]} of B, of documents that only one of them covers")
    if result.sentences is None:
        out.append("whether a sentence tells an act is not compared: the articles are not known (put articles.jsonl beside A or B)")
    if result.no_sentence:
        out.append(
            f"{result.no_sentence} claims begin in no sentence (in masked text, or their place is not told) and are left out of `act`"
        )
    return out


def action_note(result: Agreement) -> str:
    """How many differing actions one coding allows; "" where none."""
    field = next(f for f in result.fields if f.name == "action")
    differing = field.units - field.equal
    return (
        f"of {differing} actions that differ {result.also_right} are types that the other coding takes for right too" if differing else ""
    )


def agreement_text(result: Agreement, names: tuple[str, str], show: int = 0) -> str:
    """The result as a table; `show`: how many differences to list with their sentences."""
    out = [*agreement_summary(result, names), "", f"{'':10} {'units':>6} {'equal':>6} {'%':>6} {'kappa':>7} {'alpha':>7}"]
    out += [_line(f) for f in result.fields]
    if note := action_note(result):
        out += ["", note]
    if show:
        out += ["", f"differences ({min(show, len(result.differences))} of {len(result.differences)})"]
        for d in result.differences[:show]:
            row = d.one or d.other or {}
            out += [f"- {one_line(str(row.get('document')))} {what_differs(d)}"]
            out += [f"    {letter} {who_what(r)}" for letter, r in (("A", d.one), ("B", d.other)) if r]
            out.append(f'    "{sentence(row)}"')
    return "\n".join(out)


def what_differs(difference: Difference) -> str:
    if difference.other is None:
        return "only A"
    return "only B" if difference.one is None else ", ".join(difference.fields)


def coefficient(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _line(f: Field) -> str:
    return f"{f.name:10} {f.units:>6} {f.equal:>6} {percent(f.percent)} {coefficient(f.kappa):>7} {coefficient(f.alpha):>7}"
