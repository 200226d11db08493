"""loaders/agreement.py: kappa and alpha against published examples, two codings unit by unit; loaders/calibration.py by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Hashable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Document
from loaders.agreement import Agreement, agreement, cohens_kappa, krippendorffs_alpha, percent_agreement
from loaders.agreement_text import agreement_json, agreement_text
from loaders.calibration import calibration, interval
from tests.test_evaluate import needs_shared, perturbed, row, rows_of

# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), examples A, B and C.
A = list(zip((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0), strict=True))
B = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
C: list[tuple[int | None, ...]] = list(
    zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
        strict=True,
    )
)
# Cohen (1960): 200 diagnoses by two judges, expected agreement 0.41.
DIAGNOSES = ((88, 14, 18), (10, 40, 10), (2, 6, 12))


def test_alpha_of_the_published_examples() -> None:
    assert round(krippendorffs_alpha(A) or 0, 3) == 0.095
    assert round(krippendorffs_alpha(B) or 0, 3) == 0.692
    assert round(krippendorffs_alpha(C) or 0, 3) == 0.743


def test_kappa_of_the_published_example() -> None:
    units = [(i, j) for i, counts in enumerate(DIAGNOSES) for j, n in enumerate(counts) for _ in range(n)]
    assert len(units) == 200 and percent_agreement(units) == 0.7
    assert round(cohens_kappa(units) or 0, 3) == 0.492


def test_coefficients_at_their_ends() -> None:
    assert cohens_kappa([]) is percent_agreement([(None, 1)]) is krippendorffs_alpha([(1, None), ()]) is None
    assert cohens_kappa([(1, 1)] * 3) is krippendorffs_alpha([(1, 1)] * 3) is None, "no variation, no ground"
    assert cohens_kappa([(1, 1), (2, 2), (None, 2)]) == krippendorffs_alpha([(1, 1), (2, 2)]) == 1
    assert cohens_kappa([(1, 2), (2, 1)]) == -1 and krippendorffs_alpha([(1, 2), (2, 1)]) == pytest.approx(-0.5)


@given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b", "c"])] * 2), max_size=30))
def test_coefficients_do_not_depend_on_who_comes_first(units: list[tuple[Hashable, Hashable]]) -> None:
    swapped = [(b, a) for a, b in units]
    kappa, alpha = cohens_kappa(units), krippendorffs_alpha(units)
    assert cohens_kappa(swapped) == kappa and krippendorffs_alpha(swapped) == alpha
    assert kappa is None or -1 <= kappa <= 1
    assert alpha is None or -1 <= alpha <= 1


# -- two codings
TEXT = "Orran Line sacked 40 dockers. The union struck. Nobody spoke. Mill paid the union, and it rained. It ended."
DOCUMENTS = {"d": Document(case="c", document="d", title="d", text=TEXT)}


def at(words: str, source: str, action: str, target: str | None = None, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    base = {"document": "d", "start": start, "end": start + len(words), "quote": words, "source": source, "action": action}
    return base | {"target": target, "mode": None, "modality": "actual", "granularity": "unknown"} | more


ONE = [
    at("Orran Line sacked", "Orran Line", "SANCTION", "dockers", mode="+dismiss"),
    at("The union struck", "Dockers' Union", "PROTEST", "Orran Line", source_as_written="The union"),
    at("it rained", "rain", "STATEMENT", optional=True),
    at("It ended", "Mill", "AGREE"),
]
TWO = [
    at("40 dockers", "The Orran Line, Inc.", "SANCTION", "dockers"),
    at("struck", "union", "REJECT", "Orran Line", actions_ok=["PROTEST"], source_as_written="the union", modality=None),
    at("Mill paid the union", "Mill", "AID", "union", date_start="2021-01-09", granularity="day"),
    at("it rained", "rain", "STATEMENT"),
    at("It ended", "Mill", "AGREE", granularity=None),
]


def fields(result: Agreement) -> dict[str, tuple[int, int]]:
    return {f.name: (f.units, f.equal) for f in result.fields}


def test_units_fields_and_sentences_of_two_codings() -> None:
    result = agreement(ONE, TWO, documents=DOCUMENTS)
    assert (result.documents, result.sentences, result.claims, result.matched, result.alone) == (1, 5, (4, 5), 3, (0, 1))
    assert (result.optional, result.left_out, result.no_sentence, result.also_right) == ((1, 0), (0, 0), 0, 1)
    assert fields(result) == {
        "act": (4, 4),  # the sentence of the rain is told by an optional claim alone, so the first coding leaves it open
        "source": (3, 3),
        "action": (3, 2),
        "mode": (2, 1),
        "target": (3, 3),
        "modality": (2, 2),
        "dates": (2, 2),
    }
    assert [(d.one is None, d.other is None, d.fields) for d in result.differences] == [
        (False, False, ("mode",)),
        (False, False, ("action",)),
        (True, False, ()),
    ]
    shown = agreement_text(result, ("one.jsonl", "two.jsonl"), show=2)
    assert "action          3      2   66.7   0.571   0.615" in shown and "differences (2 of 3)" in shown
    assert "of 1 actions that differ 1 are types that the other coding takes for right too" in shown
    assert json.loads(json.dumps(agreement_json(result)))["fields"][0]["name"] == "act"


def test_without_articles_and_with_documents_that_only_one_covers() -> None:
    result = agreement(ONE, [*TWO, row("other")])
    assert result.sentences is None and "act" not in fields(result) and result.left_out == (0, 1)
    assert result.matched == 2, "claims whose words do not overlap meet only where their sentence is known"
    assert "the articles are not known" in agreement_text(result, ("a", "b"))
    told = agreement([ONE[0] | {"sentence_start": 0}], [TWO[0] | {"sentence_start": 0}])
    assert told.matched == 1
    silent = agreement(ONE, [], documents=DOCUMENTS, covered=({"d"}, {"d"}))
    assert fields(silent)["act"] == (4, 1) and silent.alone == (3, 0), "a coder who found nothing in an article disagrees"


@needs_shared
def test_swapping_two_codings_changes_no_figure() -> None:
    gold = rows_of("claims.jsonl")
    said = [r for r in perturbed(gold, random.Random(5)) if not isinstance(r["target"], list)]
    one, two = agreement(gold, said), agreement(said, gold)
    assert one.matched == two.matched > 30 and one.alone == two.alone[::-1]
    for a, b in zip(one.fields, two.fields, strict=True):
        assert (a.units, a.equal, a.kappa) == (b.units, b.equal, pytest.approx(b.kappa))
        assert a.alpha == pytest.approx(b.alpha)
    whole = agreement(gold, gold)
    assert all(f.equal == f.units and f.kappa in (1, None) for f in whole.fields) and not whole.differences


# -- calibration
def test_calibration_by_hand() -> None:
    found = calibration([(0.9, 1.0), (0.8, 0.0), (1.0, 1.0), (0.25, 0.0)])
    assert found and found.claims == 4
    assert [(b.low, b.high, b.claims, b.right) for b in found.bands] == [(0.2, 0.3, 1, 0), (0.8, 0.9, 1, 0), (0.9, 1.0, 2, 2)]
    assert found.brier == pytest.approx((0.01 + 0.64 + 0 + 0.0625) / 4) and found.unknowing == 0.25
    assert found.ece == pytest.approx((0.25 + 0.8 + abs(2 - 1.9)) / 4)
    assert calibration([]) is None
    with pytest.raises(ValueError, match="no number from 0 to 1"):
        calibration([(float("nan"), 1.0)])
    # Wilson's interval of 81 in 263, as Newcombe (1998, Statistics in Medicine 17, table I) prints it.
    assert [round(x, 4) for x in interval(81, 263)] == [0.2553, 0.3662]
    assert [round(x, 4) for x in interval(0, 20)] == [0.0, 0.1611]
