"""Fit the weights by which "it", "she", "they" and "the company" find whom they mean (loaders/model/antecedents.json).

    python -m loaders.model.fit_antecedents GOLD_FOLDER

GOLD_FOLDER holds articles.jsonl (with `split`) and claims.jsonl (with source_as_written). For each role filler of a `train` claim
that is a pronoun or a definite noun, the candidates of loaders/actors.py are ranked; the weights maximise the likelihood that the
gold actor is chosen (a softmax over candidates, L2 0.02, plain gradient ascent from zero: no chance in it).
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loaders.actors import FEATURES, PERSON_PRONOUNS, PRONOUNS, SPEAKER_PRONOUNS, Cast, manner
from loaders.lexicon import read_lexicon
from loaders.names import Entity, find_names
from loaders.reader import Reader
from loaders.sentences import Sentence, sentences
from loaders.trees import Tree

Choice = tuple[NDArray[np.float64], int]


def choices(folder: Path, split: str) -> dict[str, list[Choice]]:
    """For each manner of pointing back: (features of the candidates, index of the right one)."""
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        claims[row["document"]].append(row)
    reader, lexicon = Reader(threads=2), read_lexicon()
    out: dict[str, list[Choice]] = defaultdict(list)
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        if article["split"] != split:
            continue
        text = article["text"]
        found = sentences(text)
        trees = [Tree(s, r) for s, r in zip(found, reader.read([[w.text for w in s.words] for s in found]), strict=True)]
        cast = Cast(trees, find_names(trees, lexicon), text, lexicon, article["publisher"])
        seen: set[tuple[int, int]] = set()
        for claim in claims[article["document"]]:
            for role, other in (("source", "target"), ("target", "source")):
                written = claim[role + "_as_written"]
                if not isinstance(written, str) or claim[role] is None:
                    continue
                at = text.find(written, claim["start"], claim["end"])
                s = next((i for i, x in enumerate(found) if x.start <= at < x.end), -1)
                spot = [i for i, w in enumerate(found[s].words) if w.start >= at and w.end <= at + len(written)] if at >= 0 and s >= 0 else []
                if not spot:
                    continue
                h = cast.head(trees[s], spot[0], spot[-1])
                word = trees[s].lower[h]
                definite = trees[s].lower[spot[0]] in ("the", "this") and not any(w.text[0].isupper() for w in found[s].words[spot[0] + 1 : spot[-1] + 1])
                if (s, h) in seen or word in SPEAKER_PRONOUNS or not (word in PRONOUNS or definite):
                    continue
                seen.add((s, h))
                entry = lexicon.noun(word)
                kind = "person" if word in PERSON_PRONOUNS else entry[1] if entry and word not in PRONOUNS and entry[0] in ("organization", "group", "person") else None
                avoid: set[Entity | None] = {e for e in cast.entities if same(e, claim[other])} | other_side(cast, found, text, claim, other)
                rows = cast.candidates(s, h, word, kind, avoid)
                right = [k for k, (e, _) in enumerate(rows) if same(e, claim[role])]
                if right and len(rows) > 1:
                    out[manner(word)].append((np.array([x for _, x in rows]), right[0]))
                if right:
                    rows[right[0]][0].mentions.append((s, h, 0.8))
                    rows[right[0]][0].mentions.sort()
    return out


def other_side(cast: Cast, found: tuple[Sentence, ...], text: str, claim: dict[str, Any], role: str) -> set[Entity | None]:
    """The entities that the other side's words stand for, unnamed groups among them."""
    written = claim[role + "_as_written"] or claim[role]
    at = text.find(written, claim["start"], claim["end"]) if isinstance(written, str) else -1
    s = next((i for i, x in enumerate(found) if x.start <= at < x.end), -1)
    spot = [i for i, w in enumerate(found[s].words) if w.start >= at and w.end <= at + len(written)] if at >= 0 and s >= 0 else []
    return {r.entity for r in cast.resolve(s, spot[0], spot[-1])} if spot else set()


def same(entity: Entity, name: str | None) -> bool:
    """True where a gold name is the entity's, or one holds the other's first word."""
    if name is None:
        return False
    plain = name.lower().replace("’", "'")
    return entity.name.lower() == plain or any(" ".join(f).lower() in (plain, plain.removeprefix("the ")) for f in entity.forms)


PRIOR = {"employer of the other side": 3.0, "body of the other side": 1.0, "named later in this sentence": -1.0}
"""Where the gold is thin, the weights lean to what English says: a workforce faces its employer; a name does not follow its own pronoun."""


def fit(rows: list[Choice], steps: int = 3000, rate: float = 0.2, l2: float = 0.02) -> NDArray[np.float64]:
    """Weights of a softmax over candidates, drawn to PRIOR."""
    prior = np.array([PRIOR.get(f, 0.0) for f in FEATURES])
    w = prior.copy()
    for _ in range(steps):
        slope = -l2 * (w - prior)
        for x, right in rows:
            p = np.exp(x @ w - (x @ w).max())
            slope += (x[right] - (p / p.sum()) @ x) / len(rows)
        w += rate * slope
    return w


def right(rows: list[Choice], w: NDArray[np.float64]) -> float:
    """The share of choices that the weights get right."""
    return sum(int((x @ w).argmax()) == k for x, k in rows) / max(1, len(rows))


def main(folder: str) -> None:
    train, check = choices(Path(folder), "train"), choices(Path(folder), "check")
    weights = {way: fit(rows) for way, rows in sorted(train.items())}
    figures = {way: {"train": len(train[way]), "right": round(right(train[way], w), 3), "check": len(check[way]), "right on check": round(right(check[way], w), 3)} for way, w in weights.items()}
    target = Path(__file__).parent / "antecedents.json"
    body = {"features": FEATURES, "figures": figures, "weights": {k: [round(float(x), 4) for x in w] for k, w in weights.items()}}
    target.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
