"""Rows as a table, CSV or JSON: nothing is lost in the last two, and a table says what it left out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from datetime import date

import pytest

from graph.printing import FORMATS, SHOWN, WIDE, render
from graph.questions import QUESTIONS

ROWS = [
    {"event": "e1", "source": "AECJ", "source_id": "x", "date_start": date(2021, 1, 8), "about": ("A", "B"), "mode": None, "share": 0.5},
    {"event": "e2", "source": "=1+1", "source_id": "y", "date_start": None, "about": (), "mode": None, "share": 2.0},
]
COLUMNS = list(ROWS[0])


def test_json_is_an_array_of_rows() -> None:
    read = json.loads(render(ROWS, "json", COLUMNS))
    assert read[0] == {
        "event": "e1",
        "source": "AECJ",
        "source_id": "x",
        "date_start": "2021-01-08",
        "about": ["A", "B"],
        "mode": None,
        "share": 0.5,
    }
    assert render([], "json", COLUMNS) == "[]\n"


def test_csv_holds_every_column_and_runs_nothing() -> None:
    read = list(csv.reader(io.StringIO(render(ROWS, "csv", COLUMNS))))
    assert read == [COLUMNS, ["e1", "AECJ", "x", "2021-01-08", "A; B", "", "0.5"], ["e2", "'=1+1", "y", "", "", "", "2.0"]]
    assert render([], "csv", ["a", "b"]) == "a,b\n"


def test_a_table_leaves_out_ids_and_what_is_empty_and_says_so() -> None:
    lines = render(ROWS, "table", COLUMNS).splitlines()
    assert lines[0].split() == ["source", "date_start", "about", "share"]
    assert lines[2].split() == ["AECJ", "2021-01-08", "A;", "B", "0.5"] and lines[3].split() == ["=1+1", "2"]
    assert lines[-1] == "2 rows; 3 more columns with --format csv or json"
    assert render([], "table", COLUMNS) == "no rows\n"


def test_columns_that_the_asker_named_all_stay() -> None:
    lines = render(ROWS, "table", COLUMNS, 120, None).splitlines()
    assert lines[0].split() == COLUMNS and lines[-1] == "2 rows"


def test_a_narrow_terminal_takes_the_first_columns() -> None:
    lines = render(ROWS[:1], "table", COLUMNS, 12, ("date_start",)).splitlines()
    assert lines[0] == "date_start" and lines[-1] == "1 row; 6 more columns with --format csv or json"
    assert all(len(x) <= 12 for x in lines[:-1])


@pytest.mark.parametrize("hostile", ["a\x1b[2Jb", "a\nb", "a\r\tb", "a\u202eb", "a\u2028b"])
def test_no_text_takes_over_the_terminal(hostile: str) -> None:
    out = render([{"quote": hostile}], "table", ["quote"])
    assert out.count("\n") == 4 and "\x1b" not in out and "\u202e" not in out and out.splitlines()[2].startswith("a")


def test_long_cells_are_cut() -> None:
    assert render([{"quote": "x" * 100}], "table", ["quote"]).splitlines()[2] == "x" * (WIDE - 1) + "…"


def test_what_a_table_shows_first_are_columns_of_the_question() -> None:
    for name, shown in SHOWN.items():
        assert set(shown) <= {f.name for f in fields(QUESTIONS[name].row)}, name
    assert FORMATS == ("table", "csv", "json")
