"""Fit the probability that a claim is right in source, type and target (loaders/model/confidence.json).

    python -m loaders.model.fit_confidence GOLD_FOLDER

Logistic regression on the claims of `tune`: hand-coded articles that the reader was not trained on, since on its own training text it
is far surer than anywhere else. Claims on optional gold are left out, as everywhere.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model import to_row
from loaders.coder import Coder, confidence
from loaders.evaluate import score
from loaders.lexicon import read_lexicon
from loaders.matching import Names, coded, pairs
from loaders.model.gold import documents
from loaders.reader import Reader


def examples(folder: Path, split: str, coder: Coder) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features of each claim that the coder makes on a split, of whatever confidence, and whether it is right (1, 0)."""
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    for document, gold in documents(folder, split):
        coding = coder.code(document)
        verdict = verdicts([dict(g) for g in gold], [to_row(c) for c in coding.claims])
        for claim in coding.claims:
            if (v := verdict.get(claim.id)) is not None:
                rows.append(coding.seen[claim.id])
                right.append(v)
    return np.array(rows), np.array(right)


def verdicts(gold: list[dict[str, Any]], claims: list[dict[str, Any]]) -> dict[str, float]:
    """For each claim of one document whether it is right in dyad and type; those that stand on optional gold are left out."""
    said = coded(claims)
    met = {id(p.said): p for p in pairs(coded(gold), said, Names())}
    out: dict[str, float] = {}
    for s in said:
        p = met.get(id(s))
        if p is None or not p.excuses:
            out[str(s.row["id"])] = p.typed if p and not p.gold.optional else 0.0
    return out


def fit(x: NDArray[np.float64], y: NDArray[np.float64], l2: float = 2.0, steps: int = 60) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression, by Newton's method; `l2` is the penalty on each weight (of standardized features)."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    penalty = np.append(np.full(x.shape[1], l2), 1e-6)
    w = np.zeros(z.shape[1])
    for _ in range(steps):
        p = 1.0 / (1.0 + np.exp(-z @ w))
        slope = z.T @ (p - y) + penalty * w
        curve = (z.T * (p * (1 - p) + 1e-9)) @ z + np.diag(penalty)
        w -= np.linalg.solve(curve, slope)
    weights = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def reliability(p: NDArray[np.float64], y: NDArray[np.float64]) -> dict[str, Any]:
    """Of each tenth of confidence how many claims and how many of them right; the expected calibration error; Brier's score."""
    band = np.minimum((p * 10).astype(int), 9)
    bands = {
        f"{k / 10:.1f}": [int((band == k).sum()), round(float(p[band == k].mean()), 3), round(float(y[band == k].mean()), 3)]
        for k in range(10)
        if (band == k).any()
    }
    error = sum(n * abs(said - right) for n, said, right in bands.values()) / len(p)
    return {"bands": bands, "ece": round(error, 3), "brier": round(float(((p - y) ** 2).mean()), 3), "claims": len(p)}


LINE = 0.5
"""What is likelier right than wrong counts. On `tune` that lets 8 extra claims per 100 through, and 45 % F1; lower lines gain little F1."""


def by_line(folder: Path, split: str, coder: Coder) -> dict[str, list[float]]:
    """For each line: precision, recall and F1 of dyad and type, and extra claims per 100 gold."""
    gold: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for document, claims in documents(folder, split):
        gold += claims
        said += [to_row(c) for c in coder.code(document).claims]
    out: dict[str, list[float]] = {}
    for line in LINES:
        result = score(gold, [c for c in said if c["confidence"] >= line])
        f = result.levels["dyad+type"]
        assert f is not None
        out[f"{line:.2f}"] = [round(x or 0.0, 3) for x in (f.precision, f.recall, f.f1, result.extra_per_100)]
    return out


LINES = tuple(k / 20 for k in range(4, 17))


def main(folder: str) -> None:
    coder = Coder(read_lexicon(), Reader(threads=2))
    x, y = examples(Path(folder), "tune", coder)
    weights, bias = fit(x, y)
    unseen, right = examples(Path(folder), "check", coder)
    figures: dict[str, Any] = {
        name: reliability(1.0 / (1.0 + np.exp(-(a @ weights + bias))), b) for name, a, b in (("tune", x, y), ("check", unseen, right))
    }
    confidence.WEIGHTS, confidence.BIAS = tuple(round(float(w), 4) for w in weights), round(bias, 4)
    lines = {split: by_line(Path(folder), split, coder) for split in ("tune", "check")}
    body = {
        "features": confidence.FEATURES,
        "figures": figures,
        "by line: precision, recall, F1, extra per 100": lines,
        "line": LINE,
        "bias": confidence.BIAS,
        "weights": confidence.WEIGHTS,
    }
    (Path(__file__).parent / "confidence.json").write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({k: figures[k] | {"bands": None} for k in figures}), "line", LINE)
    for split, table in lines.items():
        print(split, *(f"{k}: {v}" for k, v in table.items()), sep="\n  ")
    print("\n".join(f"{w:8.3f}  {f}" for f, w in zip(confidence.FEATURES, weights, strict=True)))


if __name__ == "__main__":
    main(sys.argv[1])
