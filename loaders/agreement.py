"""How far two codings of the same articles agree: per cent, Cohen's kappa, Krippendorff's alpha, field by field and sentence by sentence.

In: the values that coders gave to units; or two codings as rows, with their documents. Out: coefficients; an `Agreement`. Rule: neither
coding is the right one, so swapping them changes no figure. What a coder left open is missing, and a missing value is never a
disagreement.

Units of the fields are the acts that both coded: claims of one document whose evidence overlaps or begins in the same sentence, paired
one to one so that the total likeness is as large as can be. The unit of `act` is the sentence: does it tell an act? A claim that either
coding calls optional is in no figure, and a sentence that tells nothing else is missing there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Document
from loaders.evaluate_checks import Homes
from loaders.matching import UNJUDGED, Coded, Names, Pair, Row, Side, best, coded

Value = Hashable | None
NONE = "(none)"
"""The value where a coder says that there is none (no target, no mode, no date): an answer, not a missing one."""


# -- the coefficients
def percent_agreement(units: Iterable[tuple[Value, Value]]) -> float | None:
    """The share (0 to 1) of units to which both gave the same value; None where no unit has two values."""
    both = [u for u in units if None not in u]
    return sum(a == b for a, b in both) / len(both) if both else None


def cohens_kappa(units: Iterable[tuple[Value, Value]]) -> float | None:
    """(observed - expected) / (1 - expected) agreement of two coders; expected from each coder's own shares of the values.

    Units with a missing value (None) are left out. None where nothing is left, or both always gave one and the same value.
    Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960), 37-46.
    """
    both = [u for u in units if None not in u]
    one, other = Counter(a for a, _ in both), Counter(b for _, b in both)
    # Whole numbers, so that perfect agreement is 1 and not 0.9999.
    chance, square = sum(one[v] * other[v] for v in one), len(both) ** 2
    if chance == square:
        return None
    return (sum(a == b for a, b in both) * len(both) - chance) / (square - chance)


def krippendorffs_alpha(units: Iterable[Sequence[Value]]) -> float | None:
    """1 - observed / expected disagreement, for nominal values of any number of coders; None is a missing value.

    Each unit lists what its coders gave. A unit with fewer than two values says nothing and is left out. None where no unit is left, or
    all values are one (alpha has no meaning without variation).
    Source: K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), the coincidence matrix with nominal differences.
    """
    # Within a unit of m values each pair of them counts 1 / (m - 1), so that each value weighs one.
    agreed, held = 0.0, Counter[Value]()
    for unit in units:
        values = Counter(v for v in unit if v is not None)
        m = values.total()
        if m > 1:
            held.update(values)
            agreed += sum(n * (n - 1) for n in values.values()) / (m - 1)
    total = held.total()
    expected = total * (total - 1) - sum(n * (n - 1) for n in held.values())
    return 1.0 - (total - 1) * (total - agreed) / expected if expected else None


# -- two codings
@dataclass(frozen=True, slots=True)
class Field:
    """One field: `units` with two values, how many `equal`, and the coefficients."""

    name: str
    units: int
    equal: int
    percent: float | None
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An act that one coding lacks (the other side is None), or on which the two differ in `fields`."""

    one: Row | None
    other: Row | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`fields`: `act` first (by sentences; absent where the texts are not known). `alone`: claims that only one of the two has."""

    documents: int
    sentences: int | None
    claims: tuple[int, int]
    matched: int
    alone: tuple[int, int]
    optional: tuple[int, int]
    left_out: tuple[int, int]
    """Claims of documents that the other coding does not cover."""
    no_sentence: int
    """Claims that begin in no sentence (in masked text, or without a place), which `act` leaves out."""
    also_right: int
    """Of the pairs that differ in action: those where one coding lists the other's type as right too."""
    fields: tuple[Field, ...]
    differences: tuple[Difference, ...]


def field_of(name: str, units: Iterable[tuple[Value, Value]]) -> Field:
    """A field's figures from its units."""
    both = [u for u in units if None not in u]
    return Field(name, len(both), sum(a == b for a, b in both), percent_agreement(both), cohens_kappa(both), krippendorffs_alpha(both))


def agreement(
    one: Iterable[Row],
    other: Iterable[Row],
    *,
    documents: Mapping[str, Document] | None = None,
    covered: tuple[Iterable[str] | None, Iterable[str] | None] = (None, None),
    aliases: Iterable[tuple[str, str]] = (),
) -> Agreement:
    """The agreement of two codings.

    `documents`: the articles by document_key, where they are known. `covered`: the documents each coding is of (by document_key; None:
    those it has claims of); what only one covers is left out. `aliases`: (alias, name) pairs.
    """
    names, sides = Names(aliases), (coded(one), coded(other))
    known = [{c.document for c in claims} if keys is None else set(keys) for claims, keys in zip(sides, covered, strict=True)]
    shared = known[0] & known[1]
    claims = [[c for c in side if c.document in shared] for side in sides]
    homes = {key: Homes(d) for key, d in (documents or {}).items() if key in shared}
    pairs = _pairs(claims[0], claims[1], homes, names)
    firm = [(a, b) for a, b in pairs if not (a.optional or b.optional)]
    met = {id(c) for pair in pairs for c in pair}
    alone = [[c for c in side if id(c) not in met and not c.optional] for side in claims]
    units = {name: [value(a, b, names) for a, b in firm] for name, value in FIELDS.items()}
    sentences = [u for key in sorted(homes) for u in _acts(homes[key], _of(claims[0], key), _of(claims[1], key))]
    whole = bool(homes) and shared <= homes.keys()
    return Agreement(
        documents=len(shared),
        sentences=len(sentences) if whole else None,
        claims=(len(claims[0]), len(claims[1])),
        matched=len(firm),
        alone=(len(alone[0]), len(alone[1])),
        optional=(sum(c.optional for c in claims[0]), sum(c.optional for c in claims[1])),
        left_out=(len(sides[0]) - len(claims[0]), len(sides[1]) - len(claims[1])),
        no_sentence=sum(c.spanless or homes[c.document].of(c.start) is None for side in claims for c in side) if whole else 0,
        also_right=sum(_also_right(a, b) for a, b in firm),
        fields=(*((field_of("act", sentences),) if whole else ()), *(field_of(name, values) for name, values in units.items())),
        differences=_differences(firm, units, alone),
    )


def _pairs(one: Sequence[Coded], other: Sequence[Coded], homes: Mapping[str, Homes], names: Names) -> list[tuple[Coded, Coded]]:
    """Claims of the same act, in the order of the first coding."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for n, b in enumerate(other):
        by_document[b.document].append(n)
    likeness = {
        (m, n): Pair(a, other[n], names).similarity + Pair(other[n], a, names).similarity
        for m, a in enumerate(one)
        for n in by_document[a.document]
        if a.overlaps(other[n]) or _one_sentence(a, other[n], homes.get(a.document))
    }
    return [(one[m], other[n]) for m, n in sorted(best(likeness))]


def _one_sentence(a: Coded, b: Coded, home: Homes | None) -> bool:
    if a.spanless or b.spanless:
        return True
    if home is not None:
        return home.of(a.start) is not None and home.of(a.start) == home.of(b.start)
    places = a.row.get("sentence_start"), b.row.get("sentence_start")
    return None not in places and places[0] == places[1]


def _of(claims: Iterable[Coded], key: str) -> list[Coded]:
    return [c for c in claims if c.document == key]


def _acts(home: Homes, one: Iterable[Coded], other: Iterable[Coded]) -> list[tuple[Value, Value]]:
    """Whether each sentence tells an act, by each coding; None where it tells optional ones alone."""
    told: list[dict[int, bool]] = []
    for claims in (one, other):
        firm: dict[int, bool] = {}
        for c in claims:
            place = None if c.spanless else home.of(c.start)
            if place is not None:
                firm[place] = firm.get(place, False) or not c.optional
        told.append(firm)
    value = {True: "yes", False: None}
    return [(value[told[0][n]] if n in told[0] else "no", value[told[1][n]] if n in told[1] else "no") for n in range(len(home.spans))]


# -- the values of the fields
def _actor(side: Callable[[Coded], Side]) -> Callable[[Coded, Coded, Names], tuple[Value, Value]]:
    def values(a: Coded, b: Coded, names: Names) -> tuple[Value, Value]:
        one, other = side(a), side(b)
        if UNJUDGED in one.names or UNJUDGED in other.names:
            return None, None
        labels = _label(one, names), _label(other, names)
        # Names that are one as written take one label, the same whichever coding comes first.
        same = names.credit(one, other) == 1 or names.credit(other, one) == 1
        return (min(labels), min(labels)) if same else labels

    return values


def _label(side: Side, names: Names) -> str:
    return " ".join(sorted(w for n in side.names for w in names.words(n))) if side.names else NONE


def _dates(c: Coded) -> Value:
    return None if not c.date_judged else c.dates or NONE


def _mode(c: Coded) -> Value:
    return (c.mode or NONE) if "mode" in c.row else None


FIELDS: dict[str, Callable[[Coded, Coded, Names], tuple[Value, Value]]] = {
    "source": _actor(lambda c: c.source),
    "action": lambda a, b, _: (a.action, b.action),
    "mode": lambda a, b, _: (_mode(a), _mode(b)) if a.action == b.action else (None, None),
    "target": _actor(lambda c: c.target),
    "modality": lambda a, b, _: (a.modality, b.modality),
    "dates": lambda a, b, _: (_dates(a), _dates(b)),
}
"""`mode` is compared where the action is the same, since each type has modes of its own."""


def _also_right(a: Coded, b: Coded) -> bool:
    return a.action is not None and b.action is not None and a.action != b.action and (a.action in b.actions_ok or b.action in a.actions_ok)


def _differences(
    firm: Sequence[tuple[Coded, Coded]], units: Mapping[str, Sequence[tuple[Value, Value]]], alone: Sequence[Sequence[Coded]]
) -> tuple[Difference, ...]:
    found = [(c.document, c.start, Difference(c.row, None, ())) for c in alone[0]]
    found += [(c.document, c.start, Difference(None, c.row, ())) for c in alone[1]]
    for n, (a, b) in enumerate(firm):
        differ = tuple(name for name, values in units.items() if None not in values[n] and values[n][0] != values[n][1])
        if differ:
            found.append((a.document, a.start, Difference(a.row, b.row, differ)))
    return tuple(d for _, _, d in sorted(found, key=lambda x: x[:2]))
