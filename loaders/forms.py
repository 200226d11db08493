"""Forms of names: which of them are one name, within one document.

In: forms (names as words), how often each stands, short forms in brackets. Out: each form with the longest form of its name.
Rule: a form is joined to a longer one only where it is its unique beginning, end or initials, and never where the longer
name adds people ("Amazon" is no form of "Amazon Employees for Climate Justice").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.trees import Tree

TITLES = frozenset(
    "mr mrs ms miss dr dra prof professor sir dame lord lady rev reverend hon st president prime minister premier "
    "chancellor judge justice senator sen rep representative congressman congresswoman gov governor mayor councillor cllr "
    "gen general col colonel capt captain maj major lt lieutenant sgt sergeant admiral inspector superintendent sheriff "
    "king queen prince princess bishop archbishop cardinal pope father sister brother imam rabbi sheikh ceo cfo coo chief "
    "executive officer chairman chairwoman chair director secretary commissioner prosecutor don doña herr frau madame "
    "monsieur seu dona deputy vice former".split()
)
LEGAL = frozenset(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh ag sa s.a se nv bv spa srl oy ab kk co company as a/s "
    "asa aps pty pte bhd tbk sarl kg holdings holding group".split()
)
PEOPLE = frozenset(
    "employees employee workers staff users customers union unions shareholders investors drivers couriers riders "
    "contractors supporters members critics volunteers engineers".split()
)


def form_of(tree: Tree, first: int, last: int) -> tuple[str, ...]:
    return tuple(w.replace("’", "'").lstrip("@#") for w in tree.words[first : last + 1])


def written(form: Sequence[str]) -> str:
    """A name's words as text again."""
    text = " ".join(form)
    text = re.sub(r" ([.'’,])", r"\1", text)
    return re.sub(r"(?<=\b\w\.) (?=\w\.)", "", text)


def short_forms(
    trees: Sequence[Tree], spans: Sequence[Sequence[tuple[int, int, tuple[str, str] | None]]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short forms in brackets right behind a name: "Retailers' Energy Forum (REF)", "Utilities Commission ("the Commission")"."""
    short: dict[tuple[str, ...], tuple[str, ...]] = {}
    for tree, found in zip(trees, spans, strict=True):
        ends = {last: (first, last) for first, last, _ in found}
        for i, w in enumerate(tree.words):
            if w != "(" or i - 1 not in ends:
                continue
            close = next((k for k in range(i + 1, min(i + 7, len(tree))) if tree.words[k] == ")"), -1)
            inner = (
                [k for k in range(i + 1, close) if tree.words[k][0].isalnum() and tree.lower[k] not in ("the", "or", "hereafter")]
                if close > 0
                else []
            )
            if (
                inner
                and len(inner) <= 3
                and all(tree.words[k][0].isupper() for k in inner)
                and not any(c in tree.words[inner[-1]] for c in ".:")
            ):
                short[tuple(tree.words[k] for k in inner)] = form_of(tree, *ends[i - 1])
    return short


def cluster(
    unknown: Counter[tuple[str, ...]], short: dict[tuple[str, ...], tuple[str, ...]], known: dict[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, ...] | str]:
    """Each unknown form -> the longest form of the same name, or the canonical name of a known one."""
    full: dict[tuple[str, ...], tuple[str, ...] | str] = {}
    forms = sorted(unknown, key=lambda f: (-len(bare(f)), f))
    for form in forms:
        short_one = bare(form)
        if form in short and short[form] != form:
            whole = short[form]
            full[form] = known[whole] if whole in known else full.get(whole, whole)
            continue
        longer = [g for g in forms if g != form and len(bare(g)) > len(short_one) and is_short_for(short_one, bare(g))]
        # The forms that are short for one another count as one: "Rosa Prado" and "Prado" both mean "Rosa Pimentel Prado".
        tops = {full.get(g, g) for g in longer}
        known_tops = {name for g, name in known.items() if len(bare(g)) > len(short_one) and is_short_for(short_one, bare(g))}
        if len(tops) == 1:
            full[form] = tops.pop()
        elif not tops and len(known_tops) == 1:
            full[form] = known_tops.pop()
        else:
            twin = next((g for g in forms if g != form and g in full and bare(g) == short_one), None)
            full[form] = full[twin] if twin is not None else form
    return full


def bare(form: Sequence[str]) -> tuple[str, ...]:
    """A form without legal forms, tickers and dots, in lower case."""
    words = [w.lower().rstrip(".") for w in form if w[0].isalnum() or w == "&"]
    while len(words) > 1 and words[-1] in LEGAL and words[-1] not in ("group", "holdings", "holding"):
        words.pop()
    return tuple(words)


def is_short_for(small: tuple[str, ...], large: tuple[str, ...]) -> bool:
    """A beginning, an end, or the initials of the longer name; people in the excess make it another actor."""
    if not small:
        return False
    n = len(small)
    if large[:n] == small or large[-n:] == small:
        excess = set(large) - set(small)
        if excess & PEOPLE or "for" in excess or (large[:n] == small and n == 1 and "of" in large):
            return False
        return small[0] not in TITLES
    if n == 1 and len(small[0]) >= 2:
        initials = "".join(w[0] for w in large if w not in ("of", "for", "the", "and", "de", "&"))
        return small[0].replace(".", "") == initials and len(initials) >= 3
    return False
