"""loaders/evaluate_html.py, report_page.py, and the command: pages that stand alone and say what the text says; gold that is refused."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from loaders.agreement import agreement
from loaders.evaluate import score
from loaders.evaluate_html import agreement_page, score_page
from tests.conftest import Run
from tests.test_evaluate import row

EVIL = "<script>alert(1)</script>\"'&\u202e\x1b</style>"


class Page(HTMLParser):
    """The elements and the text of a page. Fails where an element is not closed, or where one closes that is not open."""

    VOID = frozenset({"meta", "br", "path", "circle", "rect", "polyline"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def hostile() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    gold = [row(EVIL, start=0, source=EVIL), row("e", start=0, sentence="Then they were sacked. All.", quote="they were sacked", kind=EVIL)]
    said = [
        row(EVIL, start=0, source="x", found=EVIL, rule=EVIL, confidence=0.7, sentence=EVIL, quote="alert(1)"),
        row("e", confidence=0.95),
    ]
    return gold, said


def check(page: str) -> Page:
    read = Page(page)
    assert not {"script", "link", "img", "iframe", "form", "object"} & {t for t, _ in read.tags}
    assert [v for _, attrs in read.tags for k, v in attrs.items() if k in ("src", "xlink:href") or k.startswith("on")] == []
    links = [str(attrs["href"]) for t, attrs in read.tags if t == "a"]
    assert links and {link[1:] for link in links} <= {str(a["id"]) for _, a in read.tags if "id" in a}
    assert "url(" not in page and "@import" not in page and "http" not in page.replace("http-equiv", "")
    assert "\u202e" not in page and "\x1b" not in page and page.count("</style>") == 1
    return read


def test_a_page_of_a_score_stands_alone_and_escapes_all_text() -> None:
    gold, said = hostile()
    result = score(gold, said, by="kind", styles={"e": EVIL})
    read = check(score_page(result, gold=EVIL, scored=EVIL, line=0.5))
    assert "<script>alert(1)</script>" in read.words, "shown as text"
    for heading in (
        "Level by level",
        "By style",
        "By way found",
        "By construction",
        "Is a confidence",
        "Which type",
        "Worst misses: 1 of 1",
    ):
        assert heading in read.words, heading
    assert "expected calibration error" in read.words and ("svg" in {t for t, _ in read.tags})
    bare = check(score_page(score([], []), gold="g", scored="s"))
    assert "Is a confidence" not in bare.words


def test_no_sentence_stands_in_a_page_where_none_is_asked_for() -> None:
    gold, said = hostile()
    read = check(score_page(score(gold, [*said, row("e", 500, sentence="A secret.")]), gold="g", scored="s", show=0))
    assert "alert(1)" not in read.words.replace(EVIL[:25], "") and "secret" not in read.words and "Worst" not in read.words


def test_the_quote_is_marked_in_its_sentence() -> None:
    gold, _ = hostile()
    page = score_page(score(gold[1:], []), gold="g", scored="s")
    assert "<bdi>Then </bdi><mark><bdi>they were sacked</bdi></mark><bdi>. All.</bdi>" in page


def test_a_page_of_an_agreement_stands_alone_and_escapes_all_text() -> None:
    read = check(agreement_page(agreement(*hostile()), (EVIL, "b.csv")))
    assert "Krippendorff's alpha" in read.words and "Differences: 1 of 1" in read.words and "<script>" in read.words


# -- the command
def files(folder: Path) -> tuple[Path, Path]:
    text = "Orran Line sacked 40 dockers. The union struck. Nobody spoke."
    base = {"document": "d", "mode": None, "modality": "actual", "granularity": "unknown", "target": None}
    acts = [("Orran Line sacked 40 dockers", "Orran Line", "SANCTION"), ("The union struck", "union", "PROTEST")]
    gold = [base | {"quote": q, "source": s, "action": a} for q, s, a in acts]
    said = [gold[0] | {"confidence": 0.9, "status": "counted"}, gold[1] | {"confidence": 0.4, "status": "low"}]
    (folder / "gold").mkdir()
    (folder / "gold" / "articles.jsonl").write_text(
        json.dumps({"document": "d", "title": "d", "text": text, "style": "wire"}), encoding="utf-8"
    )
    for path, rows in ((folder / "gold" / "claims.jsonl", gold), (folder / "said.jsonl", said)):
        path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return folder / "gold", folder / "said.jsonl"


def test_the_command_scores_writes_a_page_and_says_where_the_line_is(run: Run, tmp_path: Path) -> None:
    gold, said = files(tmp_path)
    page = tmp_path / "report.html"
    told = run("evaluate", gold, said, "--html", page, "--show", "1")
    assert told.code == 0 and "dyad+type             2      1       1  100.0   50.0   66.7" in told.out and "wire " in told.out
    assert "calibration over 2 claims" in told.out and '    "The union struck."' in told.out
    assert "Recall" in check(page.read_text(encoding="utf-8")).words
    assert json.loads(run("evaluate", gold, said, "--line", "0.3", "--json").out)["levels"]["dyad"]["recall"] == 1.0
    run("evaluate", gold / "claims.jsonl").refused(2, "name a CASE")


def test_the_command_compares_two_codings(run: Run, tmp_path: Path) -> None:
    gold, said = files(tmp_path)
    told = run("evaluate", "--agreement", gold, said, "--html", tmp_path / "two.html", "--show", "5")
    assert told.code == 0 and "act             3      2   66.7   0.400" in told.out and "only A" in told.out, told
    check((tmp_path / "two.html").read_text(encoding="utf-8"))
    assert json.loads(run("evaluate", "--agreement", said, said, "--line", "0", "--json").out)["matched"] == 2


def test_the_command_refuses_gold_that_cannot_be_right(run: Run, tmp_path: Path) -> None:
    gold, said = files(tmp_path)
    bad = [row("d", start=0, action="SHOUT", quote=None), row("e", date_start="soon")]
    (gold / "claims.jsonl").write_text("".join(json.dumps(r) + "\n" for r in bad), encoding="utf-8")
    told = run("evaluate", gold, said)
    assert told.code == 1 and told.out == ""
    assert [line.split(": ", 2)[1].rpartition(":")[2] for line in told.err.splitlines()] == ["1", "2", "2"]
    assert "unknown action 'SHOUT'" in told.err and "no document 'e'" in told.err and "date_start 'soon' is no date" in told.err
    (gold / "claims.jsonl").write_text(json.dumps(bad[0]) + "\n", encoding="utf-8")
    run("evaluate", gold, said).refused(1, "claims.jsonl:1:", "SHOUT")
