"""The constructions that news uses, each with sentences of many topics: how many of their acts are found, and how much is made up.

constructions.jsonl was written and coded by an author who had not seen the rules. A floor is what was measured, less a little.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from graph.model import Document, to_row
from loaders import evaluate
from loaders.coder import Coder
from loaders.lexicon import read_lexicon

ROWS = [json.loads(line) for line in (Path(__file__).parent / "constructions.jsonl").read_text(encoding="utf-8").splitlines()]
NEGATIVE = sorted({r["construction"] for r in ROWS if r["construction"].startswith("negative-")})


@lru_cache(maxsize=1)
def coded() -> dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """For each construction its gold claims and what the coder counts."""
    coder = Coder(read_lexicon())
    out: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = defaultdict(lambda: ([], []))
    for n, row in enumerate(ROWS):
        name, text = f"{row['construction']}-{n}", row["text"]
        document = Document(
            case="c", document=name, title="", text=text, publisher=row["publisher"], published=date.fromisoformat(row["published"])
        )
        gold, said = out[row["construction"]]
        for c in row["claims"]:
            at = text.index(c["trigger"])
            gold.append(c | {"document": name, "start": at, "end": at + len(c["trigger"])})
        said += [to_row(c) for c in coder.code(document).claims if c.status == "counted"]
    return dict(out)


def test_every_construction_is_there_with_sentences_of_its_own() -> None:
    assert len(ROWS) >= 250 and len({r["text"] for r in ROWS}) == len(ROWS)
    assert len({r["construction"] for r in ROWS}) >= 45


FLOORS = {
    **dict.fromkeys(("conditional", "headline", "passive-without-agent", "quotation-over-sentences"), 0.3),
    **{"refused-gift": 0.4, "resignation": 0.15},
}
"""Where the coder is weak: measured 0.36, 0.40, 0.33, 0.31, 0.50 and 0.18. Six sentences each, so one act more or less moves 0.1."""


@pytest.mark.parametrize("name", sorted({r["construction"] for r in ROWS} - set(NEGATIVE)))
def test_a_construction_is_read(name: str) -> None:
    figures = evaluate.score(*coded()[name]).levels["dyad+type"]
    assert figures is not None and (figures.f1 or 0.0) >= FLOORS.get(name, 0.45), f"{figures}"


def test_all_constructions_together() -> None:
    """Measured: F1 0.68, precision 0.71, recall 0.66."""
    gold, said = ([c for name in coded() for c in coded()[name][k]] for k in (0, 1))
    figures = evaluate.score(gold, said).levels["dyad+type"]
    assert figures is not None and (figures.f1 or 0.0) >= 0.64, f"{figures}"


def test_what_is_no_act_yields_next_to_nothing() -> None:
    """Sport, earnings, launches, weather, metaphors, lives, background: two false acts in 35 texts."""
    said = [c for name in NEGATIVE for c in coded()[name][1]]
    assert len(said) <= 3, [(c["source"], c["action"], c["target"], c["quote"]) for c in said]
