"""A claim's trigger and sentence -> its date, modality, speaker, channel and deadline.

Each function looks at one tree and answers for one trigger word. Rule: what the text does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.codebook import HISTORICAL_DAYS
from loaders.coder.quotations import SAYING
from loaders.dates import Order, Phrase, Tense, When, phrases, resolve
from loaders.reader import DATE
from loaders.trees import Tree

ONSET = frozenset({"beginning", "starting", "effective", "commencing"})
"""Words that lead the day on which an act takes effect; what hangs on them belongs to the act."""
CHANNELS = {
    "letter": "letter",
    "petition": "petition",
    "tweet": "tweet",
    "tweeted": "tweet",
    "email": "email",
    "e-mail": "email",
    "statement": "statement",
    "filing": "filing",
    "filings": "filing",
    "interview": "interview",
    "post": "post",
    "blog": "post",
    "posted": "post",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """The date words of a sentence, each with the word that governs it and the word range it covers."""

    phrase: Phrase
    first: int
    last: int
    governor: int


def dated(tree: Tree, text: str) -> list[Dated]:
    """The date phrases of a sentence, tied into its tree."""
    sentence = tree.sentence
    found: list[Dated] = []
    for p in phrases(text[sentence.start : sentence.end]):
        a, b = p.start + sentence.start, p.end + sentence.start
        inside = [i for i, w in enumerate(sentence.words) if w.start < b and w.end > a]
        if not inside:
            continue
        top = next((i for i in inside if tree.head[i] not in inside), inside[0])
        found.append(Dated(p, inside[0], inside[-1], tree.head[top]))
    return found


def tense(tree: Tree, t: int, phrase: Phrase | None = None) -> str:
    """past or future, by the verb and by words such as "effective" and "by" at the date."""
    if phrase is not None and re.match(r"(by|until|effective|next|tomorrow)\b", phrase.words, re.IGNORECASE):
        return "future"
    if tree.future(t):
        return "future"
    for i in [t, *tree.above(t)]:
        if tree.pos[i] in ("VERB", "AUX"):
            if tree.future(i):
                return "future"
            aux = tree.auxiliaries(i)
            if i == t and "to" in aux and not any(a in ("have", "had") for a in aux):
                continue
            return "past"
    return "past"


DATED = 0.5
"""Probability over which the reader takes a word to date an act."""
UNDATED = 0.01
"""Below it the reader is sure that a word does not date the act: the tree alone is not believed."""


def pick(
    tree: Tree, t: int, found: Sequence[Dated], triggers: Sequence[int], members: Sequence[int] = ()
) -> tuple[Dated | None, Dated | None]:
    """(date of the act, date on which it was announced) among the sentence's date words.

    A date belongs to the verb on which it hangs. Hanging on a verb of saying above a "will" clause, it is the announcement.
    One that opens the sentence holds for all its coordinated verbs; one that hangs on another act's word is that act's own. Where the
    reader is sure which words date the act said by `members`, it decides.
    """
    usable = [d for d in found if d.phrase.kind != "deadline"]
    if not usable:
        return None, None
    chain = [t, *tree.above(t)]
    others = {x for x in triggers if x != t}
    act: Dated | None = None
    announced: Dated | None = None
    best = 99
    for d in usable:
        up = [d.governor, *tree.above(d.governor)] if d.governor >= 0 else []
        meet = next((i for i in up if i in chain), -1)
        if meet < 0:
            continue
        steps = chain.index(meet) + up.index(meet)
        below = up[: up.index(meet)]
        if d.phrase.kind == "gap" and any(tree.dep[k] in ("advcl", "acl:relcl", "acl") and tree.pos[k] == "VERB" for k in below):
            continue  # "two days after K struck" dates the striking
        if any(x in others and x not in chain for x in below):
            continue
        if meet != t and meet in others and not (d.first < min(t, meet) and tree.dep[t] == "conj"):
            if tree.lower[meet] not in SAYING and d.last >= min(t, meet):
                continue
            steps += 2
        path = chain[: chain.index(meet)]
        speech = tree.lower[meet] in SAYING and meet != t and any(tree.dep[k] in ("ccomp", "xcomp", "parataxis") for k in path)
        if speech:
            if tree.future(t) or tense(tree, t) == "future" or any(tree.future(k) for k in path if tree.pos[k] == "VERB"):
                announced = d
                continue
            steps += 1
        if any(tree.dep[k] in ("advcl", "acl:relcl", "acl") for k in path) and meet != t:
            steps += 2
        if any(tree.dep[k] in ("acl:relcl", "advcl", "acl") and tree.pos[k] == "VERB" and tree.lower[k] not in ONSET for k in below):
            steps += 2
        if steps < best:
            act, best = d, steps
    seen = {id(d): float(tree.reading.role[DATE][list(members), d.first : d.last + 1].max()) for d in usable} if members else {}
    surest = max((d for d in usable if d is not announced), key=lambda d: seen.get(id(d), 0.0), default=None)
    if surest is not None and seen.get(id(surest), 0.0) > DATED:
        return surest, announced
    if act is not None and seen.get(id(act), 1.0) < UNDATED:
        act = None
    return act, announced


def modality(tree: Tree, t: int, when: When | None, published: date | None, action: str) -> str:
    """One value, the first that fits (codebook 3): the reader's view, checked against negation, "will" and the 90 days."""
    labels = ("actual", "announced", "negated", "hypothetical")
    p = dict(zip(labels, tree.reading.modality[t].tolist(), strict=True))
    said = max(p, key=lambda k: p[k])
    if said == "negated" and any(tree.lower[k] == "longer" for k in range(max(0, t - 3), t + 3) if k < len(tree)):
        # "Will no longer host" is an end, not a negation.
        said = "announced" if tree.future(t) else max((k for k in p if k != "negated"), key=lambda k: p[k])
        return said
    if tree.negated(t) and action not in ("REJECT", "STATEMENT") and p["negated"] > 0.2:
        said = "negated"
    if said in ("negated", "hypothetical"):
        return said
    if when is not None and when.end is not None and published is not None and (published - when.end) > timedelta(HISTORICAL_DAYS):
        return "historical"
    return said


def speaker_word(tree: Tree, t: int, inside: set[int]) -> int:
    """The subject of the verb of saying in whose complement the act stands; -1 where the sentence itself says it. An act that is only
    coordinated with the saying ("A warned B and C removed B") is nobody's report."""
    below = t
    reported = False
    for i in tree.above(t):
        reported = reported or tree.dep[below] in ("ccomp", "parataxis")
        if tree.lower[i] in SAYING and i not in inside and reported:
            subject = tree.own_subject(i)
            if subject >= 0 and subject != tree.subject(t):
                return subject
        below = i
    for i, w in enumerate(tree.lower):
        if w == "according" and i + 1 < len(tree):
            heads = tree.with_case(i, "to") or tree.with_case(tree.head[i], "to") if tree.head[i] >= 0 else []
            if heads:
                return heads[0]
    return -1


def channel(tree: Tree, t: int, action: str) -> str | None:
    """By which means words were said, where the sentence tells."""
    near = set(tree.subtree(t)) | set(tree.above(t))
    for i, w in enumerate(tree.lower):
        if (
            w in CHANNELS
            and (i in near or tree.head[i] in near)
            and action in ("REQUEST", "ACCUSE", "SUPPORT", "THREATEN", "REJECT", "CONCEDE", "STATEMENT", "SANCTION", "AGREE")
        ):
            return CHANNELS[w]
    return None


def deadline(found: Sequence[Dated], tree: Tree, t: int, action: str) -> str | None:
    """By when, for what is asked, threatened or promised: "within 24 hours", "by Sunday", "until Friday"."""
    if action not in ("REQUEST", "THREATEN"):
        return None
    for d in found:
        if d.phrase.kind == "deadline" or re.match(r"(by|until|before)\b", d.phrase.words, re.IGNORECASE):
            return d.phrase.words
        before = tree.lower[d.first - 1] if d.first else ""
        if before in ("by", "until", "before") and d.first > t:
            return f"{tree.words[d.first - 1]} {d.phrase.words}"
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells of dates besides the sentence at hand: its publication, the years of months, the order of numeric dates."""

    published: date | None
    years: Mapping[int, int]
    order: Order | None


def when(d: Dated | None, tree: Tree, t: int, told: Told, before: When | None) -> When | None:
    """The days of an act from the date words picked for it; `before`: those of the act told before, for "two days later"."""
    if d is None:
        return None
    onset = d.governor >= 0 and (tree.lower[d.governor] in ONSET or (d.first > 0 and tree.lower[d.first - 1] in ONSET))
    side: Tense = "future" if onset or tense(tree, t, d.phrase) == "future" else "past"
    # Of "idle since Tuesday, when members stopped work" the stopping has a day, the idling a stretch.
    under = any(d.first <= i <= d.last for i in tree.above(t))
    return resolve(d.phrase.without_lead() if under else d.phrase, side, told.published, before, told.years, order=told.order)
