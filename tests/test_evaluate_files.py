"""loaders/evaluate_files.py, evaluate_checks.py, evaluate_inputs.py: what is read, what is refused and where, what is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput, UsageError
from loaders.evaluate_files import csv_kind, read_aliases, read_rows, styles_beside
from loaders.evaluate_inputs import MOST, How, articles, checked_gold, coding, gold_and_case, is_claims, split_of, two_codings

TEXT = "Orran Line sacked 40 dockers. The dockers’ union struck on Monday. Nobody else spoke. Mill paid. Mill paid."
ARTICLES = [
    {"document": "one", "title": "One", "text": TEXT, "style": "wire", "split": "check"},
    {"document": "two", "title": "Two", "text": "Mill sued Orran Line.", "split": "train"},
]
GOOD: dict[str, Any] = {"document": "one", "quote": "Orran Line sacked 40 dockers", "source": "Orran Line", "action": "SANCTION"}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "articles.jsonl", ARTICLES)
    write(tmp_path / "claims.jsonl", [GOOD | {"start": 0, "end": 28}, {**GOOD, "document": "two", "quote": "Mill sued Orran Line"}])
    return tmp_path


def wrong(gold: Path, how: How | None = None, **row: Any) -> list[str]:
    """What is said of a gold file whose second line is this row, without the file's name."""
    write(gold, [GOOD, GOOD | row])
    how = how or How()
    return [line.removeprefix(f"{gold}:") for line in checked_gold(gold, how, articles(gold, gold, how))[1]]


# -- reading
def test_files_are_read_whole_or_not_at_all(tmp_path: Path) -> None:
    gold = write(tmp_path / "claims.jsonl", [GOOD, GOOD | {"document": "e"}])
    gold.write_text(gold.read_text(encoding="utf-8").replace("\n", "\n\n", 1), encoding="utf-8")
    assert [r["document"] for r in read_rows(gold)] == ["one", "e"] and styles_beside(gold) == {}
    (tmp_path / "articles.jsonl").write_text('{"document": "d", "style": "wire"}\n{"document": "e"}\n', encoding="utf-8")
    assert styles_beside(gold) == {"d": "wire"}
    for bad, reason in (("{", "not JSON"), ("[]", "not a JSON object"), ('{"document": "d"}', "no action")):
        gold.write_text(json.dumps(GOOD) + "\n" + bad + "\n", encoding="utf-8")
        with pytest.raises(BadInput, match=rf"claims.jsonl:2: {reason}"):
            read_rows(gold)
    with pytest.raises(BadInput, match="cannot be read"):
        read_rows(tmp_path / "none.jsonl")
    aliases = tmp_path / "aliases.csv"
    aliases.write_text('alias,name\n# mine,\n"Velm, the",Velm\nlone\n', encoding="utf-8")
    assert read_aliases(aliases) == [("Velm, the", "Velm")]


def test_a_csv_is_read_as_its_rows_would_stand_in_json(tmp_path: Path) -> None:
    table = tmp_path / "gold.csv"
    table.write_text(
        "document,quote,source,action,target,modality,date_start,date_end,granularity,about,start,optional,confidence\n"
        'one,"Mill, paid",Mill,AID,,,2021-01-09,,,A; B ,7,yes,0.5\none,x,Mill,AID,Orran,negated,,,,,,,\n',
        encoding="utf-8",
    )
    one, two = read_rows(table)
    assert (one["quote"], one["target"], one["about"], one["start"], one["optional"]) == ("Mill, paid", None, ["A", "B"], 7, True)
    assert (one["granularity"], one["modality"], one["confidence"]) == ("day", "actual", 0.5)
    assert (two["granularity"], two["modality"], two["optional"], two["start"]) == ("unknown", "negated", False, None)
    for text, why in (
        ("document,quote\n", "gold.csv:1: column 'action' is missing"),
        ("document,action,action\n", "stands twice"),
        ("document,action\none,AID,more\n", "gold.csv:2: more cells"),
        ("document,action,start\none,AID,seven\n", "gold.csv:2: start 'seven' is no number"),
        ("document,action,date_start,date_end\none,AID,2021-01-01,2021-01-31\n", "gold.csv:2: how exact is the date"),
        ('document,action\none,"AID\n', "not CSV"),
    ):
        table.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=why):
            read_rows(table)


def test_a_csv_of_claims_is_told_from_a_table_of_events(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('"document", action ,x\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text("Event ID,Event Date\n", encoding="utf-8")
    assert is_claims(tmp_path / "a.csv") and csv_kind(tmp_path / "b.csv") == "other" and not is_claims(tmp_path)


# -- gold is checked
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"action": "SHOUT"}, "2: unknown action 'SHOUT': use one of "),
        ({"action": 7}, "2: action 7 is no text"),
        ({"actions_ok": ["AID", "SHOUT"]}, "2: unknown action 'SHOUT'"),
        ({"actions_ok": "AID/x y"}, "2: unknown action 'AID/x y'"),
        ({"document": "three"}, "2: there is no document 'three' in the case"),
        ({"date_start": "2021-02-30"}, "2: date_start '2021-02-30' is no date: write YYYY-MM-DD"),
        ({"date_end": "9 January"}, "2: date_end '9 January' is no date"),
        ({"announced_date": "20210109"}, "2: announced_date '20210109' is no date"),
        ({"date_start": "9999-01-01"}, "2: date_start '9999-01-01' is no date"),
        ({"date_start": "2021-02-01", "date_end": "2021-01"}, "2: date_start 2021-02-01 lies after date_end 2021-01"),
        ({"modality": "perhaps"}, "2: unknown modality 'perhaps'"),
        ({"granularity": "hour"}, "2: unknown granularity 'hour'"),
        ({"optional": "no"}, "2: optional 'no': write true or false"),
        ({"start": 3, "end": 31}, "2: the quote does not stand at 3 in 'one'"),
        ({"start": 3, "end": 999}, "2: 3 to 999 is no place in 'one'"),
        ({"quote": "Mill paid"}, "2: the quote stands 2 times in 'one', not once"),
    ],
)
def test_wrong_gold_is_named_by_file_and_line(folder: Path, row: dict[str, Any], said: str) -> None:
    found = wrong(folder / "claims.jsonl", **row)
    assert len(found) == 1 and found[0].startswith(said), found


def test_good_gold_is_taken(folder: Path) -> None:
    gold = folder / "claims.jsonl"
    for row in (
        {"action": None},
        {"action": "DEMAND"},
        {"action": "yield/x"},
        {"date_start": "2021-01", "date_end": "2021-01"},
        {"date_start": "2021-01-01T10:00"},
        {"modality": "Negated"},
        {"quote": "The dockers' union struck on Monday"},
    ):
        assert wrong(gold, **row) == [], row
    rows, none = checked_gold(gold, How(), articles(gold, gold, How()))
    assert none == [] and (rows[1]["start"], rows[1]["end"]) == (30, 65)
    assert rows[1]["sentence"] == "The dockers’ union struck on Monday." and rows[0]["sentence"] == "Orran Line sacked 40 dockers."


def test_every_wrong_row_is_named_up_to_a_limit(folder: Path) -> None:
    gold = write(folder / "claims.jsonl", [GOOD | {"action": "SHOUT", "document": "three"}] * 15)
    _, said = checked_gold(gold, How(), articles(gold, gold, How()))
    assert len(said) == MOST + 1 and said[-1] == f"{gold}: and 10 more of the kind"
    _, said = checked_gold(gold, How(), None)
    assert len(said) == 15, "without articles nothing is said of documents"
    with pytest.raises(BadInput, match="holds no claim"):
        checked_gold(write(gold, []), How(), None)


# -- what is scored
def test_gold_may_be_a_folder(folder: Path, tmp_path: Path) -> None:
    assert gold_and_case(str(folder), None) == (folder / "claims.jsonl", folder / "articles.jsonl")
    assert gold_and_case(str(folder), "x") == (folder / "claims.jsonl", Path("x"))
    case = tmp_path / "case"
    case.mkdir()
    with pytest.raises(BadInput, match=r"no gold\.jsonl"):
        gold_and_case(str(case), None)
    write(case / "gold.jsonl", [GOOD])
    assert gold_and_case(str(case), None) == (case / "gold.jsonl", case)
    with pytest.raises(UsageError, match="name a CASE"):
        gold_and_case(str(case / "gold.jsonl"), None)
    assert two_codings(str(case), None) == (case / "gold.jsonl", case)
    assert two_codings("a.jsonl", "b.csv") == (Path("a.jsonl"), Path("b.csv"))


def test_a_split_takes_gold_claims_and_articles_alike(folder: Path) -> None:
    gold = folder / "claims.jsonl"
    how = How(scored=split_of(gold, "check"))
    known = articles(folder / "articles.jsonl", gold, how)
    rows, said = checked_gold(gold, how, known)
    assert list(known or {}) == ["one"] and [r["document"] for r in rows] == ["one"] and said == []
    assert [r["document"] for r in coding(gold, how, known).rows] == ["one"]
    with pytest.raises(UsageError, match=r"--split dev: .* have check, train"):
        split_of(gold, "dev")


def test_which_claims_of_a_file_are_scored(folder: Path) -> None:
    said = [GOOD | {"status": s, "confidence": c} for s, c in (("counted", 0.9), ("low", 0.4), ("rejected", 1.0))]
    path = write(folder / "said.jsonl", [*said, GOOD])
    assert [r.get("confidence") for r in coding(path, How(), None).rows] == [0.9, None]
    assert [r.get("confidence") for r in coding(path, How(line=0.5), None).rows] == [0.9, None]
    told = coding(path, How(line=0.0), articles(path, path, How()))
    assert [r.get("confidence") for r in told.rows] == [0.9, 0.4, None] == [r.get("confidence") for r in told.everything]
    assert {(r["start"], r["end"]) for r in told.rows} == {(0, 28)}, "found by the quote"
    write(path, [GOOD | {"confidence": 87}])
    with pytest.raises(BadInput, match=r"said\.jsonl:1: confidence 87 is no number from 0 to 1"):
        coding(path, How(), None)


def test_articles_that_claims_cannot_tell_apart_are_refused(folder: Path) -> None:
    write(folder / "articles.jsonl", [{"document": f"{n}/one", "title": "x", "text": TEXT} for n in "ab"])
    with pytest.raises(BadInput, match=r"'a/one' and 'b/one' have one name but for their folders"):
        articles(folder / "articles.jsonl", folder / "claims.jsonl", How())
