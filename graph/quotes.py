"""Quotes and texts: where does a quote stand, to the character.

In: a text and a quote. Out: offsets in code points, or None.
Rule: quote marks, dashes and no-break spaces are folded one to one, then the search is exact; nothing is ever matched by likeness.
"""

from __future__ import annotations

_FOLD = str.maketrans(
    dict.fromkeys("‘’‚‛`´ʼ′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
)


def fold(text: str) -> str:
    """The text with typographic quote marks, dashes and spaces as plain ones; offsets stay (the length is the same)."""
    return text.translate(_FOLD)


def find_quote(text: str, quote: str, near: int = 0) -> tuple[int, int] | None:
    """(start, end) of the quote in the text, the occurrence that starts closest to `near`; None where it does not stand there."""
    plain, wanted = fold(text), fold(quote)
    if not wanted.strip():
        return None
    best: int | None = None
    at = plain.find(wanted)
    while at >= 0:
        if best is None or abs(at - near) < abs(best - near):
            best = at
        if at >= near:
            break
        at = plain.find(wanted, at + 1)
    return None if best is None else (best, best + len(wanted))
