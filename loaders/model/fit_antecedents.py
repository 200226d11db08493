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

from loaders.antecedents import FEATURES, PERSON_PRONOUNS, PRONOUNS, SPEAKER_PRONOUNS, manner
from loaders.model.choose import Choice, fit, right
from loaders.model.gold import articles, same
from loaders.names import Entity

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


def choices(folder: Path, split: str) -> dict[str, list[Choice]]:
    """For each manner of pointing back, all choices of one split."""
    rows: dict[str, list[Choice]] = defaultdict(list)
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
                    rows[manner(word)].append((np.array([x for _, x in found]), k))
                if k >= 0:
                    found[k][0].mentions.append((s, h, 0.8))
                    found[k][0].mentions.sort()
    return rows


def main(folder: str) -> None:
    train, check = choices(Path(folder), "train"), choices(Path(folder), "check")
    prior = np.array([PRIOR.get(f, 0.0) for f in FEATURES])
    weights = {way: fit(rows, prior) for way, rows in sorted(train.items())}
    figures = {
        way: {
            "train": len(train[way]),
            "right": round(right(train[way], w), 3),
            "check": len(check[way]),
            "right on check": round(right(check[way], w), 3),
        }
        for way, w in weights.items()
    }
    body = {"features": FEATURES, "figures": figures, "weights": {k: [round(float(x), 4) for x in w] for k, w in weights.items()}}
    (Path(__file__).parent / "antecedents.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1])
