"""Claims coded by hand: taken where their quote stands to the character, refused with file and line where anything is wrong."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.model import Document
from loaders.tables import read_claims

TEXT = "Lamp Workers “did not” ask Dynamo—today.\u2028Dynamo refused Voltix. Dynamo refused Voltix again on Friday.\n"
DOCUMENT = Document(
    case="lamps",
    document="one",
    title="one",
    text=TEXT,
    published=date(2021, 1, 9),
    sha256_text=hashlib.sha256(TEXT.encode()).hexdigest(),
)
GOOD: dict[str, Any] = {
    "document": "one",
    "quote": "Dynamo refused Voltix again",
    "source": "Dynamo",
    "action": "REJECT",
    "target": "Voltix",
}


def lines(folder: Path, *rows: Any) -> tuple[Any, Any]:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    (folder / "claims.jsonl").write_text(text, encoding="utf-8")
    return read_claims(folder, [DOCUMENT])


def table(folder: Path, text: str) -> tuple[Any, Any]:
    (folder / "claims.csv").write_text(text, encoding="utf-8")
    return read_claims(folder, [DOCUMENT])


def test_a_good_row_of_each_kind(tmp_path: Path) -> None:
    claims, refused = lines(tmp_path, GOOD | {"about": ["Lamp Workers"], "optional": True, "demand": None})
    assert refused == () and len(claims) == 1
    c = claims[0]
    assert TEXT[c.start : c.end] == c.quote == "Dynamo refused Voltix again" and c.found == "hand" and c.status == "counted"
    assert c.sentence == "Dynamo refused Voltix again on Friday." and TEXT[c.sentence_start :].startswith(c.sentence)
    assert c.about == ("Lamp Workers",) and c.optional is True and c.basis == "publication" and c.demand is None
    header = "document,quote,source,action,target,about,date_start,demand_action,demand_target,optional,start,note\n"
    at = TEXT.index("Dynamo refused")
    said = f"one,Dynamo refused Voltix,Dynamo,REQUEST,Voltix,Lamp Workers; Daily Glow,2021-01-08,SANCTION,Gab,no,{at},x\n"
    claims, refused = table(tmp_path, header + said)
    assert refused == () and len(claims) == 2  # the .csv and the .jsonl
    c = claims[0]
    assert (c.about, c.optional, c.demand) == (("Lamp Workers", "Daily Glow"), False, {"action": "SANCTION", "target": "Gab"})
    assert (c.date_start, c.date_end, c.granularity, c.basis) == (date(2021, 1, 8), date(2021, 1, 8), "day", "stated")


def test_typographic_marks_fold_and_the_text_s_own_are_kept(tmp_path: Path) -> None:
    claims, refused = lines(tmp_path, GOOD | {"quote": 'Lamp Workers "did not" ask Dynamo-today'})
    assert refused == () and claims[0].quote == "Lamp Workers “did not” ask Dynamo—today"


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    claims, refused = lines(tmp_path, json.dumps(GOOD | {"quote": "today.\u2028Dynamo refused Voltix. D"}, ensure_ascii=False), GOOD)
    assert refused == () and len(claims) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"quote": "Dynamo refused Volta again"}, "stands 0 times"),
        ({"quote": "Lamp Workers “did” ask Dynamo—today"}, "stands 0 times"),
        ({"quote": "Dynamo refused Voltix"}, "stands 2 times"),
        ({"start": 3}, "does not stand at 3"),
        ({"start": -30}, "no offset"),
        ({"start": True}, "no offset"),
        ({"start": "x"}, "no offset"),
        ({"start": TEXT.index("Dynamo refused Voltix again"), "end": 9}, "does not stand"),
        ({"document": "two"}, "there is no document 'two'"),
        ({"document": None}, "document is empty"),
        ({"source": " "}, "source is empty"),
        ({"source": ["Dynamo"]}, "source is empty"),
        ({"target": 5}, "target must be a text"),
        ({"target": "Dynamo"}, "does not act on itself"),
        ({"source": "\ud800"}, "surrogate"),
        ({"action": "SHOUT"}, "unknown action 'SHOUT'"),
        ({"mode": "+delist"}, "REJECT has no mode"),
        ({"modality": "perhaps"}, "unknown modality"),
        ({"granularity": "hour"}, "unknown granularity"),
        ({"basis": "guess"}, "unknown basis"),
        ({"date_start": "9 January"}, "date_start: '9 January' is no date"),
        ({"date_start": 20210109}, "date_start must be a text"),
        ({"date_start": "2021-01-09T10:00"}, "is no date"),
        ({"date_start": "2021-01-09", "date_end": "2021-01-08"}, "lies after"),
        ({"announced_date": "2021-02-30"}, "announced_date"),
        ({"date_start": "9999-12-31"}, "outside the years"),
        ({"about": "Voltix"}, "about must be a list"),
        ({"about": [1]}, "about must be a list"),
        ({"actions_ok": ["SHOUT"]}, "SHOUT"),
        ({"optional": "maybe"}, "optional 'maybe'"),
        ({"demand": "SANCTION"}, "demand must be"),
        ({"demand": {"action": "SHOUT"}}, "unknown action 'SHOUT' in the demand"),
        ({"demand_target": "Voltix"}, "a demand needs an action"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_the_others_stay(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    claims, refused = lines(tmp_path, GOOD, GOOD | change, GOOD | {"source": "Lamp Workers"})
    assert len(claims) == 2 and [(r.file, r.line) for r in refused] == [("claims.jsonl", 2)]
    assert says in refused[0].reason, refused[0].reason


def test_lines_that_are_no_objects(tmp_path: Path) -> None:
    claims, refused = lines(tmp_path, "{", "[1]", "[" * 100_000, "", GOOD)
    assert len(claims) == 1 and [r.line for r in refused] == [1, 2, 3]


HEADER = "document,quote,source,action,start,optional\n"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("document,quote,source\n", 1, "column 'action' is missing"),
        ("", 1, "column 'document' is missing"),
        (HEADER + "one,Dynamo refused Voltix again,Dynamo,REJECT,abc,\n", 2, "start 'abc'"),
        (HEADER + "one,Dynamo refused Voltix again,Dynamo,REJECT,,perhaps\n", 2, "optional 'perhaps'"),
        (HEADER + "one,Dynamo refused, Voltix,Dynamo,REJECT,1,no\n", 2, "more cells"),
        (HEADER + 'one,"Dynamo refused,Dynamo,REJECT\n', 2, "not CSV"),
        (HEADER + "one," + "x" * 140_000 + ",Dynamo,REJECT,,\n", 2, "not CSV"),
    ],
)
def test_tables_that_are_broken(tmp_path: Path, text: str, line: int, says: str) -> None:
    claims, refused = table(tmp_path, text)
    assert claims == () and len(refused) == 1 and refused[0].file == "claims.csv"
    assert says in refused[0].reason and refused[0].line == line, refused


def test_a_table_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_bytes(b"document,quote\n\xff")
    claims, refused = read_claims(tmp_path, [DOCUMENT])
    assert claims == () and "not UTF-8" in refused[0].reason
    assert read_claims(tmp_path / "none", [DOCUMENT]) == ((), ())
