"""Fit the weights by which "it", "she", "they" and "the company" find whom they mean (loaders/model/antecedents.json).

    python -m loaders.model.fit_antecedents GOLD_FOLDER

Each role filler of a `train` claim that is a pronoun or a definite noun is one choice among the candidates of loaders/actors.py.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from loaders import antecedents
from loaders.antecedents import FEATURES, FLOOR, PERSON_PRONOUNS, PRONOUNS, SPEAKER_PRONOUNS, manner
from loaders.coder.roles import seen_by_name
from loaders.model.choose import Hinted, fit, fit_hinted, right, right_hinted
from loaders.model.gold import articles, same
from loaders.names import Entity
from loaders.reader import SOURCE_NAME, TARGET_NAME

PRIOR = {
    "employer of the other side": 3.0,
    "a group called so": 2.5,
    "subject of the verb above": 2.0,
    "body of the other side": 1.0,
    "object of the verb above": -0.5,
    "named later in this sentence": -1.0,
}
"""Where the gold is thin, the weights lean to what English says: a workforce faces its employer; who says that "it" will act
speaks of itself; a name does not follow its own pronoun."""


def choices(folder: Path, split: str) -> dict[str, list[Hinted]]:
    """For each manner of pointing back, all choices of one split."""
    rows: dict[str, list[Hinted]] = defaultdict(list)
    for article in articles(folder, split):
        cast, seen = article.cast, set[tuple[int, int]]()
        for claim in article.claims:
            for role, other in (("source", "target"), ("target", "source")):
                at = article.words(claim, role)
                if at is None or not isinstance(claim[f"{role}_as_written"], str):
                    continue
                s, first, last = at
                tree = cast.trees[s]
                h = cast.head(tree, first, last)
                word = tree.lower[h]
                definite = tree.lower[first] in ("the", "this") and not any(w[0].isupper() for w in tree.words[first + 1 : last + 1])
                if (s, h) in seen or word in SPEAKER_PRONOUNS or not (word in PRONOUNS or definite):
                    continue
                seen.add((s, h))
                entry = cast.lexicon.noun(word)
                kind = (
                    "person"
                    if word in PERSON_PRONOUNS
                    else entry[1]
                    if entry and word not in PRONOUNS and entry[0] in ("organization", "group", "person")
                    else None
                )
                beside = article.words(claim, other)
                avoid: set[Entity | None] = {e for e in cast.entities if same(e, claim[other])}
                avoid |= {r.entity for r in cast.resolve(*beside)} if beside else set()
                found = cast.back.candidates(s, h, word, kind, avoid)
                k = next((n for n, (e, _) in enumerate(found) if same(e, claim[role])), -1)
                if k >= 0 and len(found) > 1:
                    said = article.trigger(claim)
                    slot = SOURCE_NAME if role == "source" else TARGET_NAME
                    hints = seen_by_name(cast, said[0], (said[1],), slot) if said and said[0] == s else {}
                    view = np.log([hints.get(e, 0.0) + FLOOR for e, _ in found])
                    rows[manner(word)].append((np.array([x for _, x in found]), view, k))
                if k >= 0:
                    found[k][0].mentions.append((s, h, 0.8))
                    found[k][0].mentions.sort()
    return rows


def main(folder: str) -> None:
    # From neutral weights, not from those of the last fit: the same gold gives the same weights.
    prior = [PRIOR.get(f, 0.0) for f in FEATURES]
    antecedents.WEIGHTS = {way: tuple(prior) for way in antecedents.WEIGHTS}
    antecedents.HINTED = dict.fromkeys(antecedents.HINTED, (1.0, 0.0))
    train, tune, check = (choices(Path(folder), split) for split in ("train", "tune", "check"))
    weights = {way: fit([(x, k) for x, _, k in rows], np.array(prior)) for way, rows in sorted(train.items())}
    # The reader was trained on `train` and is too sure of itself there: how far it is to be trusted is told by text it has not seen.
    hinted = {way: fit_hinted(tune[way], w) for way, w in weights.items()}
    figures = {
        way: {
            "train": len(train[way]),
            "right": round(right([(x, k) for x, _, k in train[way]], w), 3),
            "tune": len(tune[way]),
            "right on tune": round(right_hinted(tune[way], w, hinted[way]), 3),
            "check": len(check[way]),
            "right on check without the reader": round(right([(x, k) for x, _, k in check[way]], w), 3),
            "right on check": round(right_hinted(check[way], w, hinted[way]), 3),
        }
        for way, w in weights.items()
    }
    body = {
        "note": "each choice knows the other side of the act from the gold, and holds the right one: an upper bound for the coder",
        "features": FEATURES,
        "figures": figures,
        "hinted": hinted,
        "weights": {k: [round(float(x), 4) for x in w] for k, w in weights.items()},
    }
    (Path(__file__).parent / "antecedents.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1])
