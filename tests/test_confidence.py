"""A claim's confidence is a probability: fitted on text that the reader was not trained on, and held against more of it."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from graph.model import Document
from loaders.coder import Coder, Coding
from loaders.coder.confidence import BIAS, FEATURES, LINE, WEIGHTS, confidence
from loaders.lexicon import read_lexicon
from loaders.model.fit_confidence import fit, reliability, verdicts

HERE = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def coding() -> Coding:
    text = (
        "The Harrow Council sued Velita Packaging on Tuesday. It may also fine the company, according to a person who read its letter.\n\n"
        "Velita Packaging's refusal of the terms, which nobody had seen, was noted by some."
    )
    return Coder(read_lexicon()).code(
        Document(case="c", document="d", title="", text=text, publisher="Morning Post", published=date(2021, 1, 9))
    )


def test_every_claim_says_what_its_confidence_rests_on() -> None:
    assert len(WEIGHTS) == len(FEATURES) == len(set(FEATURES))
    for c in coding().claims:
        seen = coding().seen[c.id]
        assert len(seen) == len(FEATURES) and confidence(seen) == c.confidence and 0 <= c.confidence <= 1


def test_a_plain_act_is_surer_than_one_of_hearsay() -> None:
    plain = next(c for c in coding().claims if c.trigger == "sued")
    assert plain.status == "counted" and all(c.confidence < plain.confidence for c in coding().claims if c is not plain)


def test_the_fit_finds_the_weights_that_made_the_data() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(4000, 3))
    y = (rng.random(4000) < 1 / (1 + np.exp(-(x @ [2.0, -1.0, 0.0] + 0.5)))).astype(float)
    weights, bias = fit(x, y, l2=0.01)
    assert np.allclose(weights, [2.0, -1.0, 0.0], atol=0.2) and abs(bias - 0.5) < 0.15


def test_reliability_counts_by_band() -> None:
    told = reliability(np.array([0.05, 0.05, 0.95, 0.95]), np.array([0.0, 1.0, 1.0, 1.0]))
    assert told["bands"] == {"0.0": [2, 0.05, 0.5], "0.9": [2, 0.95, 1.0]}
    assert told["ece"] == pytest.approx(0.25) and told["claims"] == 4


def test_claims_on_optional_gold_teach_nothing() -> None:
    claim = {"document": "d", "start": 0, "end": 9, "source": "A", "action": "ACCUSE", "target": "B", "optional": False}
    said = [claim | {"id": "1"}, claim | {"id": "2", "start": 20, "end": 30}, claim | {"id": "3", "start": 40, "end": 50}]
    gold = [claim, claim | {"start": 20, "end": 30, "optional": True}]
    assert verdicts(gold, said) == {"1": 1.0, "3": 0.0}


def test_the_weights_are_of_these_features() -> None:
    """How well they do is tested on freshly coded articles (test_floors.py)."""
    told = json.loads((HERE / "loaders" / "model" / "confidence.json").read_text(encoding="utf-8"))
    assert tuple(told["features"]) == FEATURES and told["bias"] == BIAS and told["line"] == LINE
