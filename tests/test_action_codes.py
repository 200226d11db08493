"""Codes of tables: every CAMEO code says what the codebook says, an unknown one nothing, a bad table of codes is refused by its line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph import codebook
from graph.errors import BadInput
from loaders.action_codes import COLUMNS, SHIPPED, by_prefix, cameo, in_words, plain, read_codes


def test_the_shipped_codes_are_whole() -> None:
    codes = cameo()
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS
    assert {f"{n:02}" for n in range(1, 21)} <= set(codes), "every root"
    for code in codes.values():
        assert code.type is None or code.type in codebook.types()
        assert code.mode is None or (code.type and code.mode in codebook.modes()[code.type])
        assert code.type or code.note, f"{code.code} is left out without a reason"
        assert code.demand is None or code.type in codebook.PRESSURE
        assert code.code[:2] in codes and (len(code.code) < 4 or code.code[:3] in codes)


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("010", None, None),
        ("011", None, None),
        ("016", "REJECT", "+deny"),
        ("020", "REQUEST", None),
        ("030", "AGREE", None),
        ("0354", "CONCEDE", None),
        ("055", "CONCEDE", "+apology"),
        ("064", "COOPERATE", "+share-data"),
        ("0811", "RETREAT", None),
        ("0841", "RETREAT", "release"),
        ("1042", "REQUEST", "change"),
        ("112", "ACCUSE", "allege"),
        ("115", "ACCUSE", "+lawsuit"),
        ("116", "SANCTION", "convict"),
        ("139", "THREATEN", "+ultimatum"),
        ("1423", "PROTEST", "hunger"),
        ("154", "MOBILIZE", "troops"),
        ("163", "SANCTION", "discontinue"),
        ("164", "REJECT", "meet"),
        ("173", "COERCE", "arrest"),
        ("1829", "ASSAULT", None),
        ("20", "ASSAULT", None),
    ],
)
def test_what_a_cameo_code_says(code: str, type_: str | None, mode: str | None) -> None:
    found = by_prefix(cameo(), code)
    assert found is not None and (found.type, found.mode, found.modality) == (type_, mode, "actual")


@pytest.mark.parametrize("code", ["", "1", "---", "X", "99", "04a", "040 ", "1234567", "٠٤٠"])
def test_what_is_no_cameo_code(code: str) -> None:
    assert by_prefix(cameo(), code) is None


def test_a_case_may_say_otherwise(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "cameo.csv").write_text("code,type,mode\n057,COOPERATE,+contract\n", encoding="utf-8")
    assert cameo(tmp_path)["057"].type == "COOPERATE" and cameo(tmp_path)["040"] == cameo()["040"]
    (tmp_path / "lexicons" / "cameo.csv").write_text("code,type\n057,SIGN\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"cameo.csv:2: unknown action 'SIGN'"):
        cameo(tmp_path)


def test_words_for_a_code() -> None:
    assert in_words("x", "").type is None and in_words("x", "").note
    assert (in_words("x", "SANCTION / +fine").type, in_words("x", "SANCTION / +fine").mode) == ("SANCTION", "+fine")
    found = plain("sanction/+fine")
    assert found is not None and (found.type, found.mode) == ("SANCTION", "+fine")
    assert plain("fired") is None
    with pytest.raises(BadInput, match="no mode"):
        plain("AID/+fine")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("code\nx\n", 1, "column 'type' is missing"),
        ("code,type\nx,SHOUT\n", 2, "unknown action 'SHOUT'"),
        ("code,type\nx,AID\nx,AID\n", 3, "a second row for 'x'"),
        ("code,type\n,AID\n", 2, "code is empty"),
        ("code,type,mode\nx,,change\n", 2, "needs a type"),
        ("code,type,modality\nx,AID,maybe\n", 2, "unknown modality"),
        ("code,type\nx,AID,y\n", 2, "more cells"),
        ('code,type\n"x,AID\n', 2, "not CSV"),
    ],
)
def test_bad_tables_of_codes(text: str, line: int, says: str) -> None:
    with pytest.raises(BadInput) as error:
        read_codes(text.encode())
    assert says in error.value.reason and error.value.line == line, error.value
