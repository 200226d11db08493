"""Fit the weights by which an act without a told target finds it (loaders/model/unsaid.json).

    python -m loaders.model.fit_unsaid GOLD_FOLDER

Each `train` claim whose target stands outside its sentence is one choice among all actors told so far.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from loaders.antecedents import FLOOR
from loaders.coder.roles import seen_by_name
from loaders.coder.unsaid import FEATURES, Told, candidates
from loaders.model.choose import Hinted, fit, fit_hinted, right, right_hinted
from loaders.model.gold import articles
from loaders.reader import TARGET_NAME


def choices(folder: Path, split: str) -> list[Hinted]:
    """All such claims of one split."""
    rows: list[Hinted] = []
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
                    said = article.trigger(claim)
                    hints = seen_by_name(article.cast, said[0], (said[1],), TARGET_NAME) if said else {}
                    view = np.log([hints.get(e, 0.0) + FLOOR for e, _ in found])
                    rows.append((np.array([x for _, x in found]), view, k))
            history.append(Told(s, source, claim["action"], target))
    return rows


def main(folder: str) -> None:
    train, tune, check = (choices(Path(folder), split) for split in ("train", "tune", "check"))
    weights = fit([(x, k) for x, _, k in train], np.zeros(len(FEATURES)))
    hinted = fit_hinted(tune, weights)
    figures = {
        "train": len(train),
        "right": round(right([(x, k) for x, _, k in train], weights), 3),
        "tune": len(tune),
        "right on tune": round(right_hinted(tune, weights, hinted), 3),
        "check": len(check),
        "right on check without the reader": round(right([(x, k) for x, _, k in check], weights), 3),
        "right on check": round(right_hinted(check, weights, hinted), 3),
    }
    body = {"features": FEATURES, "figures": figures, "hinted": hinted, "weights": [round(float(x), 4) for x in weights]}
    (Path(__file__).parent / "unsaid.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1])
