"""Lines of a table: what a claim quotes, what is told once, what is counted."""

from __future__ import annotations

from datetime import date

from graph.model import Document
from loaders.action_codes import Code
from loaders.event_rows import MOST_REFUSED, TableRead, claims_of, clean, sentence

FIRED = Code("fired", "fired", "SANCTION", "+dismiss")
DAY = (date(2021, 1, 9), date(2021, 1, 9), "day")


def test_each_act_quotes_its_line_and_is_told_once() -> None:
    table = TableRead("t.csv", "log")
    paper = table.paper(("a",), "2021 Daily/Glow", "Daily Glow", publisher="Daily Glow", url=None)
    table.tell(paper, "Dynamo fired Ann.", [("Dynamo", "Ann")], FIRED, DAY, "log fired")
    table.tell(paper, "Dynamo fired Ann and Bo.", [("Dynamo", "Ann"), ("Dynamo", "Bo"), ("Bo", "Bo")], FIRED, DAY, "log fired")
    table.tell(paper, "Dynamo fired Ann.", [("Dynamo", "Ann")], FIRED, DAY, "log fired")
    table.tell(paper, "Ann fired Ann.", [("Ann", "Ann")], FIRED, DAY, "log fired")
    assert paper.text == "Dynamo fired Ann.\nDynamo fired Ann and Bo.\n" and list(table.papers) == ["t.csv/2021 Daily Glow"]
    assert table.report().loaded == 2 and dict(table.report().left_out) == {
        "the same act in the same words as an earlier row": 1,
        "source and target are one actor": 1,
    }
    told = paper.told.values()
    late = Document(case="c", document="t", title="t", text=paper.text, published=date(2021, 4, 10))
    claims = claims_of(late, told)
    assert [(c.quote, c.target) for c in claims] == [
        (line, t) for line, t in zip((*paper.lines, "Dynamo fired Ann and Bo."), ("Ann", "Ann", "Bo"), strict=True)
    ]
    assert all(late.text[c.start : c.end] == c.quote == c.sentence and c.sentence_start == c.start for c in claims)
    assert {(c.found, c.rule, c.mode, c.modality, c.basis) for c in claims} == {("table", "log fired", "+dismiss", "historical", "stated")}
    in_time = Document(case="c", document="t", title="t", text=paper.text, published=date(2021, 4, 9))
    nobody_knows = Document(case="c", document="t", title="t", text=paper.text)
    assert {c.modality for d in (in_time, nobody_knows) for c in claims_of(d, told)} == {"actual"}, (
        "90 days are not over 90; unknown is never old"
    )


def test_names_of_papers_do_not_run_together() -> None:
    table = TableRead("t.csv", "log")
    assert len({id(table.paper((k,), n, "x")) for k, n in (("1", "a/b"), ("2", "a b"), ("3", "a b"), ("1", "a/b"))}) == 3
    assert len(table.papers) == 3 and all(name.startswith("t.csv/a b") for name in table.papers)


def test_many_bad_rows_are_counted_and_not_listed() -> None:
    table = TableRead("t.csv", "log")
    for n in range(MOST_REFUSED + 5):
        table.wrong(n + 2, f"no date: '{n}'")
    listed = table.refusals()
    assert len(listed) == MOST_REFUSED + 1 and listed[0] == (2, "no date: '0'") and listed[-1] == (None, "5 more rows: no date (5)")
    assert table.report().refused == MOST_REFUSED + 5


def test_cells_stay_on_one_line() -> None:
    assert (
        clean(" a\u2028b\t\x1b[31mc\x85d ") == "a b [31mc d"
        and clean("a  b") == "a b"
        and clean("Kolinda Grabar-Kitarović") == "Kolinda Grabar-Kitarović"
    )
    assert sentence("A", "said", None, "", "x") == "A > said; x"
