"""Text and gold -> windows: runs of sentences with, for each word, what the network is to say of it.

A window holds consecutive sentences of one text, so that "the company" and the name it stands for are read together. No torch in
here: what is learnt can be looked at, and tested, without it.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loaders.sentences import Sentence, sentences

TYPES = (
    "O REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION COERCE SUPPORT CONCEDE AGREE CONSULT RETREAT AID COOPERATE ASSAULT "
    "MOBILIZE STATEMENT"
).split()
MODALITIES = "actual announced negated hypothetical".split()
ROLES = "source target source_name target_name about date speaker".split()
"""`source`, `target`: the words of the sentence. `source_name`, `target_name`: the nearest name of the same actor, in this sentence
or before it, where the sentence says "it", "the company" or nothing. `date`: the words that date the act."""
GLUE = frozenset(
    "will would shall has have had having is are was were be been being to did does do n't not no longer never up a an the its their his "
    "her won't can't cannot could may might".split()
)
"""Words that stand first in a trigger without saying the act: the word that is labelled is the first other one."""


@dataclass(frozen=True, slots=True)
class Act:
    """One gold act: its trigger word, and for each role the words that fill it (None: not known, so not learnt)."""

    word: int
    type: str
    mode: str | None
    modality: str
    firm: bool
    roles: dict[str, frozenset[int] | None]


@dataclass(slots=True)
class Text:
    """The words of one text, the number of the sentence that each stands in, and what is known of them."""

    words: list[str]
    sentence: list[int]
    acts: list[Act] = field(default_factory=list)
    heads: list[int] | None = None
    deps: list[str] | None = None
    pos: list[str] | None = None

    def cut(self, first: int, last: int) -> Text:
        """The sentences from `first` up to but without `last`, counted anew; roles outside it are lost."""
        at = [i for i, s in enumerate(self.sentence) if first <= s < last]
        a, b = at[0], at[-1] + 1

        def inside(words: frozenset[int] | None) -> frozenset[int] | None:
            kept = frozenset(w - a for w in words if a <= w < b) if words is not None else None
            return None if words and not kept else kept

        acts = [
            Act(x.word - a, x.type, x.mode, x.modality, x.firm, {r: inside(w) for r, w in x.roles.items()})
            for x in self.acts
            if a <= x.word < b
        ]
        return Text(
            self.words[a:b],
            [s - first for s in self.sentence[a:b]],
            acts,
            [h - a if h >= 0 else -1 for h in self.heads[a:b]] if self.heads else None,
            self.deps and self.deps[a:b],
            self.pos and self.pos[a:b],
        )


def windows(text: Text, pieces: Sequence[int], longest: int, rng: random.Random) -> Iterator[Text]:
    """The text in runs of sentences of at most `longest` pieces (a longer sentence stands alone), the bounds drawn anew each time.
    `pieces[i]`: how many pieces word i has."""
    size: Counter[int] = Counter()
    for s, n in zip(text.sentence, pieces, strict=True):
        size[s] += n
    first, total, limit = 0, 0, rng.randint(longest // 3, longest)
    count = max(size) + 1
    for s in range(count):
        if s > first and total + size[s] > limit:
            yield text.cut(first, s)
            first, total, limit = s, 0, rng.randint(longest // 3, longest)
        total += size[s]
    yield text.cut(first, count)


def gold(folders: Iterable[Path], splits: Sequence[str]) -> tuple[list[Text], Counter[str]]:
    """The articles of the splits with their acts, and a count of what could not be placed."""
    out: list[Text] = []
    lost: Counter[str] = Counter()
    for folder in folders:
        by: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            by[row["document"]].append(row)
        for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            if article["split"] in splits:
                out.append(_article(article["text"], by[article["document"]], lost))
    return out, lost


def _article(text: str, claims: list[dict[str, Any]], lost: Counter[str]) -> Text:
    found = sentences(text)
    words = [w for s in found for w in s.words]
    number = [k for k, s in enumerate(found) for _ in s.words]
    names = _names(claims)

    def span(start: int, end: int) -> frozenset[int]:
        return frozenset(i for i, w in enumerate(words) if w.start < end and w.end > start)

    acts: dict[tuple[int, str], Act] = {}
    for c in claims:
        at = text.find(c["trigger"] or "\0", c["start"], c["end"])
        trigger = sorted(span(at, at + len(c["trigger"]))) if at >= 0 else []
        if not trigger:
            lost["trigger"] += 1
            continue
        word = next((i for i in trigger if words[i].text.lower() not in GLUE and words[i].text[0].isalnum()), trigger[0])
        home = found[number[word]]
        roles: dict[str, frozenset[int] | None] = {}
        for role in ("source", "target"):
            said = _said(text, c, c.get(f"{role}_as_written") or c[role], home)
            roles[role] = span(*said) if said else frozenset()
            named = _nearest(text, names[c[role]] if c[role] else (), home, said)
            roles[f"{role}_name"] = span(*named) if named else (None if c[role] else frozenset())
            lost[f"{role} elsewhere"] += bool(c[role] and not said)
        dated = _said(text, c, c["date_words"], home) or (_before(text, c["date_words"], home) if c["date_words"] else None)
        roles["date"] = span(*dated) if dated else (None if c["date_words"] else frozenset())
        about = [_said(text, c, a, home) for a in c["about"]]
        roles["about"] = frozenset().union(*(span(*a) for a in about if a)) if all(about) else None
        speaker = _said(text, c, c["speaker"], home)
        roles["speaker"] = span(*speaker) if speaker else (None if c["speaker"] else frozenset())
        modality = "actual" if c["modality"] == "historical" else c["modality"]
        old = acts.get((word, c["action"]))
        if old is not None:  # one word, several members of a coordination
            both = {
                r: (old.roles[r] or frozenset()) | (w or frozenset()) if old.roles[r] is not None or w is not None else None
                for r, w in roles.items()
            }
            acts[word, c["action"]] = Act(word, c["action"], old.mode or c["mode"], old.modality, old.firm or not c["optional"], both)
        else:
            acts[word, c["action"]] = Act(word, c["action"], c["mode"], modality, not c["optional"], roles)
    return Text([w.text for w in words], number, sorted(acts.values(), key=lambda a: (a.word, a.type)))


def _names(claims: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For each actor of the gold its name and the other names that the claims write for it ("the company" is none), longest first."""
    out: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        for role in ("source", "target"):
            if name := c[role]:
                out[name].add(name)
                written = c.get(f"{role}_as_written")
                if written and any(w[:1].isupper() for w in written.split()[1:] or [written]) and written not in PRONOUNS:
                    out[name].add(written)
    return {k: tuple(sorted(v, key=lambda n: (-len(n), n))) for k, v in out.items()}


PRONOUNS = frozenset("It He She They We I Both That This These Those Who Its His Her Their Our".split())


def _said(text: str, claim: dict[str, Any], name: str | None, home: Sentence) -> tuple[int, int] | None:
    """Where the name stands in the claim's quote, else in its sentence."""
    if not name:
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    hit = pattern.search(text, claim["start"], min(claim["end"], home.end)) or pattern.search(text, home.start, home.end)
    return (hit.start(), hit.end()) if hit else None


def _before(text: str, name: str, home: Sentence) -> tuple[int, int] | None:
    """The last place before the sentence where the words stand."""
    hits = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text[: home.start]))
    return (hits[-1].start(), hits[-1].end()) if hits else None


def _nearest(text: str, names: Sequence[str], home: Sentence, said: tuple[int, int] | None) -> tuple[int, int] | None:
    """The nearest of an actor's names: the words themselves where they are one, else in the sentence, else the last before it."""
    if said and any(text[said[0] : said[1]] == n for n in names):
        return said
    for name in names:
        if hit := re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, home.start, home.end):
            return hit.start(), hit.end()
    spots = [spot for n in names if (spot := _before(text, n, home))]
    return max(spots, key=lambda ab: (ab[1], ab[1] - ab[0])) if spots else None


def treebank(paths: Iterable[Path]) -> list[Text]:
    """Universal Dependencies in spaCy's binary form: texts with heads (-1: root), relations and parts of speech."""
    import spacy
    from spacy.tokens import DocBin

    nlp, out = spacy.blank("en"), []
    for path in paths:
        for d in DocBin().from_disk(path).get_docs(nlp.vocab):
            number, k = [], -1
            for t in d:
                k += bool(t.is_sent_start) or k < 0
                number.append(k)
            heads = [t.head.i if t.head.i != t.i else -1 for t in d]
            out.append(Text([t.text for t in d], number, [], heads, [t.dep_ for t in d], [t.pos_ for t in d]))
    return out


KEEP = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday mr mrs ms dr st english french german chinese god internet".split()
)
ONSETS = "b br c ch d dr f g gr h k kl l m n p pr r s sh st t tr v w z kv".split()
VOWELS = "a e i o u ai ea ou ö é".split()
CODAS = ["", "n", "r", "l", "s", "nd", "ss", "x", "th"]


def invent(text: Text, rng: random.Random) -> Text:
    """The text with most of its proper nouns replaced by invented names of the same case, so that a name is known by its place."""
    known: dict[str, str] = {}
    words = []
    for w, p in zip(text.words, text.pos or [], strict=True):
        if p == "PROPN" and w[:1].isupper() and re.fullmatch(r"[A-Za-zÀ-ž'-]+", w) and w.lower() not in KEEP and rng.random() < 0.85:
            if w not in known:
                if w.isupper() and len(w) > 1:
                    known[w] = "".join(rng.choice("ABCDEFGHIJKLMNOPRSTUVWYZ") for _ in range(rng.choice([2, 3, 3, 4, 5])))
                else:
                    syllables = (rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(rng.choice([1, 2, 2, 3])))
                    known[w] = "".join(syllables).capitalize()
            w = known[w]
        words.append(w)
    return Text(words, text.sentence, text.acts, text.heads, text.deps, text.pos)
