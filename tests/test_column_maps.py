"""A table of one's own by a map of its columns: each key does what it says, a wrong map or row is refused and the rest loads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import BadInput
from loaders.column_maps import KEYS, column_map
from loaders.column_maps import __doc__ as manual
from loaders.documents import Articles, read_case

MAP = '[[table]]\nfile = "log.csv"\nsource = "Who"\ntarget = "Whom"\naction = "What"\n'
ROWS = "Who,Whom,What,Day,Note\nDynamo,Voltix,cut off,2021-01-09,Dynamo cut Voltix off.\n"
CUT = 'actions = { "cut off" = "SANCTION/+suspend-service", "spoke" = "" }\n'


def case(folder: Path, toml: str, rows: str | bytes, name: str = "log.csv", **more: str) -> Articles:
    folder.mkdir(exist_ok=True)
    (folder / "case.toml").write_text(toml, encoding="utf-8")
    (folder / name).write_bytes(rows if isinstance(rows, bytes) else rows.encode("utf-8"))
    for other, text in more.items():
        (folder / other.replace("_dot_", ".")).write_text(text, encoding="utf-8")
    return read_case(folder)


def test_the_least_map(tmp_path: Path) -> None:
    read = case(tmp_path / "c", MAP + CUT, ROWS + "Dynamo,,spoke,,\nDynamo,NA,COERCE,,\n,Voltix,cut off,,\n")
    assert read.refused == () and [(d.document, d.title, d.publisher) for d in read.documents] == [("log.csv", "log.csv (log.csv)", None)]
    one, two = read.claims
    assert (one.source, one.action, one.mode, one.target, one.rule) == (
        "Dynamo",
        "SANCTION",
        "+suspend-service",
        "Voltix",
        "log.csv cut off",
    )
    assert (one.quote, one.date_start, one.granularity, one.basis, one.found) == (
        "Dynamo > cut off > Voltix",
        None,
        "unknown",
        "unknown",
        "table",
    )
    assert (two.action, two.target, two.quote) == ("COERCE", None, "Dynamo > COERCE")
    assert dict(read.tables[0].left_out) == {"spoke: left out by its [[table]]": 1, "no source actor": 1}


def test_a_map_with_everything(tmp_path: Path) -> None:
    toml = """name = "strikes"
[[table]]
file = "sub/log.txt"
name = "Strike log"
source = "Who"
target = "=Dynamo"
action = "Code"
action_file = "codes.csv"
cameo = true
mode = "How"
modality = "Status"
date = "From"
date_end = "To"
date_format = "%d.%m.%Y"
text = "Note"
publisher = "Paper"
published = "Printed"
url = "Link"
several = ";"
separator = "|"
quotes = false
encoding = "latin-1"
"""
    rows = (
        "Who|Code|How|Status|From|To|Note|Paper|Printed|Link\n"
        'Café Union; Porters; Café Union|S|||4.1.2021|6.1.2021|They "walked out|Daily Glow|7.1.2021|https://glow.example/1\n'
        "Porters|173||Negated|4.1.2021||Nobody was held.|Daily Glow|7.1.2021|\n"
        "Porters|141|+dance||4.1.2021|4.1.2021|They marched.|Daily Glow|7.1.2021|\n"
    )
    (tmp_path / "sub").mkdir()
    read = case(tmp_path, toml, rows.encode("latin-1"), "sub/log.txt", codes_dot_csv="code,type,mode\nS,PROTEST,strike\n")
    assert read.refused == () and read.skipped == () and "codes.csv" in dict(read.read)
    assert [(c.source, c.action, c.mode, c.modality, str(c.date_start), str(c.date_end), c.granularity) for c in read.claims] == [
        ("Porters", "COERCE", "arrest", "negated", "2021-01-04", "2021-01-04", "day"),
        ("Porters", "PROTEST", "demo", "actual", "2021-01-04", "2021-01-04", "day"),
        ("Café Union", "PROTEST", "strike", "actual", "2021-01-04", "2021-01-06", "unknown"),
        ("Porters", "PROTEST", "strike", "actual", "2021-01-04", "2021-01-06", "unknown"),
    ]
    paper, article = read.documents
    assert {c.target for c in read.claims} == {"Dynamo"} and {d.published for d in read.documents} == {date(2021, 1, 7)}
    assert paper.document == "sub/log.txt/2021-01-07 Daily Glow" and article.url == "https://glow.example/1"
    assert article.text == 'They "walked out\n' and article.title == "Strike log: Daily Glow (sub/log.txt)"
    assert [w for w, _ in read.tables[0].noted] == ["PROTEST has no mode '+dance': left empty"]


@pytest.mark.parametrize(
    ("cell", "pattern", "first", "last", "grain"),
    [
        ("2021-01-09", None, "2021-01-09", "2021-01-09", "day"),
        ("2021-01-09T10:00", None, "2021-01-09", "2021-01-09", "day"),
        ("2020-02", None, "2020-02-01", "2020-02-29", "month"),
        ("2021", None, "2021-01-01", "2021-12-31", "year"),
        ("Feb 2020", "%b %Y", "2020-02-01", "2020-02-29", "month"),
        ("1999", "%Y", "1999-01-01", "1999-12-31", "year"),
        ("01/09/2021", "%m/%d/%Y", "2021-01-09", "2021-01-09", "day"),
    ],
)
def test_dates(tmp_path: Path, cell: str, pattern: str | None, first: str, last: str, grain: str) -> None:
    toml = MAP + CUT + 'date = "Day"\n' + (f'date_format = "{pattern}"\n' if pattern else "")
    (claim,) = case(tmp_path / "c", toml, ROWS.replace("2021-01-09", cell)).claims
    assert (str(claim.date_start), str(claim.date_end), claim.granularity) == (first, last, grain)


def test_bad_rows_are_refused_with_their_line(tmp_path: Path) -> None:
    rows = ROWS + "Dynamo,Voltix,sang,,\nDynamo,Voltix,,,\nDynamo,Voltix,cut off,9 May,\na,b,c,d,e,f\nDynamo,Gab,cut off,,\n"
    read = case(tmp_path / "c", MAP + CUT + 'date = "Day"\n', rows)
    assert [(str(r).partition(": ")[0], r.reason.partition(":")[0]) for r in read.refused] == [
        ("log.csv:3", "no action"),
        ("log.csv:4", "no action"),
        ("log.csv:5", "no date"),
        ("log.csv:6", "more cells than columns"),
    ]
    assert len(read.claims) == 2


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (MAP.replace("source", "sauce"), "unknown key 'sauce'; known are file, source"),
        (MAP.replace('source = "Who"\n', ""), "source is missing"),
        (MAP.replace('"Who"', "5"), "source must be a text in quotes"),
        (MAP + 'separator = "ab"\n', "one character"),
        (MAP + 'encoding = "klingon"\n', "unknown encoding"),
        (MAP + "quotes = 1\n", "quotes must be true or false"),
        (MAP + 'actions = { x = "SHOUT" }\n', "actions, 'x': unknown action 'SHOUT'"),
        (MAP + 'actions = "x"\n', "actions must be a table"),
        (MAP + 'action_file = "none.csv"\n', "action_file 'none.csv' cannot be read"),
        (MAP + 'action_file = "../out.csv"\n', "outside the case"),
        (MAP + MAP, "is described twice"),
        (MAP.replace("log.csv", "documents.csv"), "whom's own"),
        ('table = "x"\n', "must be written as [[table]]"),
    ],
)
def test_bad_maps_are_refused_and_the_articles_load(tmp_path: Path, toml: str, says: str) -> None:
    read = case(tmp_path / "c", toml, ROWS, a_dot_txt="A text.")
    assert [d.document for d in read.documents] == ["a"] or says == "is described twice"
    assert any(r.file == "case.toml" and says in r.reason for r in read.refused), read.refused


def test_files_that_a_map_does_not_fit(tmp_path: Path) -> None:
    read = case(tmp_path / "c", MAP, "Who,What\n")
    assert [str(r) for r in read.refused] == ["log.csv:1: no column 'Whom' in its header, which has: Who, What"]
    read = case(tmp_path / "d", MAP, ROWS, name="other.csv")
    assert [r.reason for r in read.refused] == ["[[table]] 'log.csv': there is no such file to be read in the case"]
    read = case(tmp_path / "e", MAP + CUT, ROWS + 'Dynamo,"Voltix,cut off\n')
    assert len(read.claims) == 1 and "not a table" in read.refused[0].reason


def test_one_file_is_read_by_the_map_beside_it(tmp_path: Path) -> None:
    case(tmp_path / "c", 'name = "other"\n' + MAP + CUT, ROWS)
    read = read_case(tmp_path / "c" / "log.csv")
    assert read.case == "log" and len(read.claims) == 1 and read.claims[0].case == "log"
    (tmp_path / "c" / "case.toml").write_text(MAP.replace("Who", "Nobody"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"log.csv:1: no column 'Nobody'"):
        read_case(tmp_path / "c" / "log.csv")


def test_the_manual_names_every_key(tmp_path: Path) -> None:
    assert all(f"\n    {key} = " in (manual or "") for key in KEYS)
    with pytest.raises(BadInput, match="must be written as"):
        column_map("x", tmp_path)
