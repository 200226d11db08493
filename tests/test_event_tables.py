"""ICEWS and GDELT: rows become claims that quote their line, GDELT 1.0 is refused, what is left out is counted."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from conftest import Run

from graph import compare
from graph.errors import BadInput
from loaders.case import load_case, report_text
from loaders.documents import Articles, read_case

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
    "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\n"
)


def icews(
    event: str, source: str, code: str, target: str, day: str = "2018-06-01", publisher: str = "Lamp Wire", sectors: str = "NA"
) -> str:
    cells = [event, day, source, sectors, "Norland", "Some event", code, "0", target, "Business", "Norland", "77", "3", publisher]
    return "\t".join([*cells, "Velm", "NA", "Old Shire", "Norland", "1.0", "2.0"]) + "\n"


def gdelt(event: int, source: str, code: str, target: str, url: str = "https://www.velm.example/a", **more: str) -> str:
    cells = [""] * 61
    cells[0], cells[1], cells[26], cells[31], cells[52], cells[60] = str(event), "20200311", code, "3", "Velm, Norland", url
    cells[5], cells[6], cells[15], cells[16] = "NORGOV", source, "BUS", target
    cells[12], cells[22], cells[59] = "GOV", "BUS", "20200312104500"
    for place, value in more.items():
        cells[int(place[1:])] = value
    return "\t".join(cells) + "\n"


def case(folder: Path, **files: str | bytes) -> Articles:
    for name, content in files.items():
        path = folder / name.replace("_dot_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_case(folder)


def test_icews_rows_become_claims(tmp_path: Path) -> None:
    rows = [
        icews("1", "Police (Norland)", "1011", "Dynamo", sectors="Police,Government"),
        icews("2", "Ana Belmar", "173", "NA", sectors="Elite,Executive"),
        icews("2", "Ana Belmar", "173", "NA", day="2018-06-02", sectors="Elite"),
        icews("2", "Ana Belmar", "173", "NA", sectors="Elite"),
        icews("3", "Norland", "010", "Dynamo"),
        icews("4", "NA", "040", "Dynamo"),
        icews("5", "Norland", "040", "Norland"),
        icews("6", "Norland", "0429", "Dynamo", publisher="NA"),
    ]
    read = case(tmp_path, week_dot_tab=HEADER + "".join(rows))
    assert read.refused == () and [d.document for d in read.documents] == [
        "week.tab/2018-06-01 Lamp Wire",
        "week.tab/2018-06-01 publisher unknown",
        "week.tab/2018-06-02 Lamp Wire",
    ]
    first = read.documents[0]
    assert (
        (first.publisher, first.published, first.kind) == ("Lamp Wire", None, "table")
        and "week.tab" in first.title
        and "ICEWS" in first.title
    )
    assert read.documents[1].publisher is None
    claims = read.claims
    assert [(c.source, c.action, c.target, c.mode, c.demand_action, c.rule, str(c.date_start)) for c in claims] == [
        ("Police (Norland)", "REQUEST", "Dynamo", "assist", "COOPERATE", "icews 1011", "2018-06-01"),
        ("Ana Belmar", "COERCE", None, "arrest", None, "icews 173", "2018-06-01"),
        ("Norland", "CONSULT", "Dynamo", "visit", None, "icews 0429", "2018-06-01"),
        ("Ana Belmar", "COERCE", None, "arrest", None, "icews 173", "2018-06-02"),
    ]
    quoted = "Police (Norland) > Some event (1011) > Dynamo; 2018-06-01; Velm, Old Shire, Norland; ICEWS event 1, story 77, sentence 3"
    assert claims[0].quote == quoted == first.text[claims[0].start : claims[0].end]
    assert {(c.found, c.granularity, c.basis, c.date_start == c.date_end, c.status) for c in claims} == {
        ("table", "day", "stated", True, "counted")
    }
    assert dict(read.kinds) == {"Police (Norland)": "government", "Dynamo": "organization", "Ana Belmar": "person", "Norland": "government"}
    (report,) = read.tables
    assert (report.file, report.layout, report.rows, report.loaded, report.refused) == ("week.tab", "ICEWS", 8, 4, 0)
    reasons = {why.partition(":")[0]: n for why, n in report.left_out}
    assert reasons == {
        "010 Make statement": 1,
        "no source actor": 1,
        "source and target are one actor": 1,
        "the event ID and day of an earlier row": 1,
    }


def test_a_row_told_in_two_files_counts_once(tmp_path: Path) -> None:
    rows = HEADER + icews("1", "Norland", "040", "Dynamo")
    read = case(tmp_path, a_dot_tab=rows, b_dot_tsv=rows + icews("2", "Norland", "040", "Voltix"))
    assert [(t.file, t.loaded) for t in read.tables] == [("a.tab", 1), ("b.tsv", 1)] and len(read.claims) == 2


def test_gdelt_rows_become_claims(tmp_path: Path) -> None:
    rows = [
        gdelt(1, "NORLAND", "112", "DYNAMO"),
        gdelt(2, "NORLAND", "043", "", c31="1", c52=""),
        gdelt(3, "", "043", "DYNAMO", c5=""),
        gdelt(4, "NORLAND", "112", "DYNAMO", url="BBC Monitoring", c59="20201001000000"),
        gdelt(5, "NORLAND", "190", "DYNAMO", url="javascript:alert(1)", c1="20200304"),
        gdelt(6, "NORLAND", "112", "DYNAMO", url="http://[broken/", c59="x"),
    ]
    read = case(tmp_path, x_dot_export_dot_CSV="".join(rows))
    by_url = {c.document: [x for x in read.claims if x.document == c.document] for c in read.claims}
    assert len(by_url) == 4 and read.refused == ()
    article = next(d for d in read.documents if d.url)
    assert article.document.startswith("x.export.CSV/velm.example ") and article.url == "https://www.velm.example/a"
    assert (article.publisher, article.published, article.title) == (
        "velm.example",
        date(2020, 3, 12),
        "GDELT 2.0: velm.example (x.export.CSV)",
    )
    assert [c.quote for c in by_url[article.document]] == [
        "NORLAND > Accuse (112) > DYNAMO; 2020-03-11; Velm, Norland; GDELT event 1, 3 mentions",
        "NORLAND > Host a visit (043); 2020-03-11; GDELT event 2",
    ]
    others = {d.publisher: (d.published, d.url, by_url[d.document][0].modality) for d in read.documents if d is not article}
    assert others["BBC Monitoring"] == (date(2020, 10, 1), None, "historical"), "over 90 days before it was told"
    assert others["javascript:alert(1)"][1] is None and others[None] == (None, None, "actual")
    assert dict(read.kinds) == {"NORLAND": "government", "DYNAMO": "organization"}
    assert dict(read.tables[0].left_out) == {"no source actor": 1} and [n for _, n in read.tables[0].noted] == []


def test_days_that_gdelt_counted_back_are_noted(tmp_path: Path) -> None:
    days = {"20200305": 1, "20200212": 1, "20190312": 1, "20200311": 0, "20180312": 0}
    rows = "".join(gdelt(n, "NORLAND", "112", f"DYNAMO {n}", c1=day) for n, day in enumerate(days))
    assert [n for _, n in case(tmp_path, x_dot_csv=rows).tables[0].noted] == [sum(days.values())]


def test_a_zip_holds_one_table(tmp_path: Path) -> None:
    def zipped(*names: str) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as folder:
            for name in names:
                folder.writestr(name, gdelt(len(name), "NORLAND", "112", name))
        return data.getvalue()

    read = case(tmp_path, one_dot_zip=zipped("a.CSV"), two_dot_zip=zipped("b.CSV", "cc.CSV"), bad_dot_zip=b"PK\x03\x04nothing")
    assert [t.file for t in read.tables] == ["one.zip"] and len(read.claims) == 1
    assert [name for name, _ in read.skipped] == ["two.zip"] and [r.file for r in read.refused] == ["bad.zip"]


def test_bad_rows_are_refused_with_their_line_and_the_rest_loads(tmp_path: Path) -> None:
    bad = [
        icews("2", "Norland", "040", "Dynamo", day="1 June"),
        icews("3", "Norland", "---", "Dynamo"),
        "x\ty\n",
        icews("4", "Norland", "040", "Dynamo", day="2018-02-30"),
    ]
    rows = (
        (HEADER + icews("1", "Norland", "040", "Dynamo") + "".join(bad)).encode()
        + b"\xff\t\n"
        + icews("9", "Norland", "040", "Voltix").encode()
    )
    read = case(tmp_path, week_dot_tab=rows)
    assert [(r.line, r.reason.partition(":")[0]) for r in read.refused] == [
        (3, "no date"),
        (4, "no CAMEO code"),
        (5, "not 20 columns"),
        (6, "no date"),
        (7, "not UTF-8"),
    ]
    assert len(read.claims) == 2 and read.tables[0].refused == 5 and read.tables[0].rows == 7


def test_gdelt_1_and_unknown_tables(tmp_path: Path) -> None:
    old = "\t".join(["1", "19790101", *[""] * 55]) + "\n"
    short = HEADER.replace("Publisher\t", "")
    read = case(tmp_path, old_dot_csv=old, short_dot_tab=short, other_dot_csv="a,b\n1,2\n", empty_dot_csv="", a_dot_txt="A text.")
    assert [(r.file, r.reason[:30]) for r in read.refused] == [
        ("old.csv", "a GDELT 1.0 file (57 columns),"),
        ("short.tab", "an ICEWS table without the col"),
    ]
    assert [(n, "[[table]] in case.toml" in why) for n, why in read.skipped] == [("empty.csv", True), ("other.csv", True)]
    with pytest.raises(BadInput, match=r"old.csv: a GDELT 1.0 file \(57 columns\), which is not read.*GDELT 2.0 event exports"):
        read_case(tmp_path / "old.csv")
    with pytest.raises(BadInput, match=r"other.csv: a table of no layout that is known"):
        read_case(tmp_path / "other.csv")


def test_documents_csv_goes_before_the_table(tmp_path: Path) -> None:
    rows = HEADER + icews("1", "Norland", "040", "Dynamo")
    sidecar = "document,published,origin\nweek.tab/2018-06-01 Lamp Wire,2018-12-01,Glow Agency\n"
    read = case(tmp_path, week_dot_tab=rows, documents_dot_csv=sidecar)
    assert read.refused == () and (read.documents[0].published, read.documents[0].origin) == (date(2018, 12, 1), "Glow Agency")
    assert read.claims[0].modality == "historical"


def test_a_table_beside_articles_makes_one_sound_graph(lamps: Path) -> None:
    alone = load_case(lamps)
    (lamps / "week.tab").write_text(HEADER + icews("1", "Lamp Union", "141", "Dynamo", day="2021-01-08"), encoding="utf-8")
    (lamps / "claims.csv").write_text(
        "document,quote,source,action,target\nweek.tab/2021-01-08 Lamp Wire,Some event (141) > Dynamo,Lamp Union,PROTEST,Dynamo Works\n",
        encoding="utf-8",
    )
    loaded = load_case(lamps)
    assert compare.sound(loaded.batch) == [] and loaded.report.refused == ()
    assert (loaded.report.documents, loaded.report.coded + loaded.report.taken_over, loaded.report.claims_of_tables) == (3, 2, 1)
    assert Counter(c.found for c in loaded.batch.claims if c.document.startswith("week")) == {"table": 1, "hand": 1}
    assert [c for c in loaded.batch.claims if not c.document.startswith("week")] == list(alone.batch.claims)
    said = report_text(loaded.report)
    assert "1 of tables)" in said and "table week.tab (ICEWS): 1 row, 1 loaded, 0 left out, 0 refused" in said
    assert loaded.report.to_row()["tables"][0]["loaded"] == 1


def test_one_table_given_to_the_command(tmp_path: Path, run: Run) -> None:
    table, store = tmp_path / "week.tab", tmp_path / "x.db"
    table.write_text(HEADER + icews("1", "Lamp Union", "141", "Dynamo") + icews("2", "Norland", "010", "Dynamo"), encoding="utf-8")
    coded = run("code", table)
    assert coded.code == 0 and '"found": "table"' in coded.out and coded.out.count("\n") == 1
    said = run("load", table, "--store", store)
    assert said.code == 0 and "table week.tab (ICEWS): 2 rows, 1 loaded, 1 left out, 0 refused" in said.out, said.err
    told = run("query", "evidence", "--found", "table", "--store", store, "--format", "csv")
    assert "Lamp Union > Some event (141) > Dynamo; 2018-06-01" in told.out and "icews 141" in told.out
    assert "all well" in run("verify", "--store", store).out
    table.write_text(HEADER + icews("2", "Norland", "010", "Dynamo"), encoding="utf-8")
    run("load", table, "--store", store).refused(1, "of 1 row in its tables none tells an act")
    table.write_text("\t".join(["1", "19790101", *[""] * 56]) + "\n", encoding="utf-8")
    run("load", table, "--store", store).refused(1, "a GDELT 1.0 file (58 columns)", "GDELT 2.0 event exports")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples of published tables are not beside this checkout")
def test_the_samples_are_read_whole() -> None:
    read = read_case(SAMPLES)
    assert [(t.layout, t.rows, t.loaded, t.refused) for t in read.tables] == [("GDELT 2.0", 100, 81, 0), ("ICEWS", 3705, 3104, 0)]
    for table in read.tables:
        assert table.rows == table.loaded + sum(n for _, n in table.left_out)
    assert [r.file for r in read.refused] == ["gdelt1.negative.csv"] and "GDELT 1.0" in read.refused[0].reason
    texts = {d.document: d.text for d in read.documents}
    assert len(read.claims) == 3185 and all(texts[c.document][c.start : c.end] == c.quote for c in read.claims)
    assert len({c.id for c in read.claims}) == 3185 and "Amazon" not in dict(read.kinds).values()
