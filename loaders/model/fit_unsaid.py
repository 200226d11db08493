"""Fit the weights by which an act without a told target finds it (loaders/model/unsaid.json).

    python -m loaders.model.fit_unsaid GOLD_FOLDER

Each `train` claim whose target stands outside its sentence is one choice among all actors told so far.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from loaders.coder.unsaid import FEATURES, Told, candidates
from loaders.model.choose import Choice, fit, right
from loaders.model.gold import articles


def choices(folder: Path, split: str) -> list[Choice]:
    """All such claims of one split."""
    rows: list[Choice] = []
    for article in articles(folder, split):
        history: list[Told] = []
        for claim in article.claims:
            s, source = article.sentence(claim), article.entity(claim, "source")
            target = article.entity(claim, "target")
            outside = claim["target"] is not None and claim["target_as_written"] is None and article.words(claim, "target") is None
            if s >= 0 and source is not None and target is not None and outside and claim["action"] != "STATEMENT":
                found = candidates(article.cast, history, s, source, claim["action"])
                k = next((n for n, (e, _) in enumerate(found) if e is target), -1)
                if k >= 0 and len(found) > 1:
                    rows.append((np.array([x for _, x in found]), k))
            history.append(Told(s, source, claim["action"], target))
    return rows


def main(folder: str) -> None:
    train, check = choices(Path(folder), "train"), choices(Path(folder), "check")
    weights = fit(train, np.zeros(len(FEATURES)))
    figures = {
        "train": len(train),
        "right": round(right(train, weights), 3),
        "check": len(check),
        "right on check": round(right(check, weights), 3),
    }
    body = {"features": FEATURES, "figures": figures, "weights": [round(float(x), 4) for x in weights]}
    (Path(__file__).parent / "unsaid.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1])
