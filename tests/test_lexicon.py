"""The lexicons: every row is used as it says, and a bad one is refused by file and line."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from graph import codebook
from graph.errors import BadInput
from loaders.coder.proposals import match
from loaders.lexicon import SHIPPED, ActionRow, name_words, read_lexicon
from loaders.reader import Reader
from loaders.sentences import sentences
from loaders.trees import Tree


def rows() -> list[ActionRow]:
    return sorted({r.line: r for some in read_lexicon().actions.values() for r in some}.values(), key=lambda r: r.line)


@lru_cache(maxsize=1)
def read() -> dict[int, list[Tree]]:
    reader = Reader(threads=2)
    trees: dict[int, list[Tree]] = {}
    for r in rows():
        found = sentences(r.example)
        trees[r.line] = [Tree(s, x) for s, x in zip(found, reader.read([[w.text for w in s.words] for s in found]), strict=True)]
    return trees


def test_every_example_is_read_by_its_own_row() -> None:
    """In each example some word is matched by this row before any other."""
    lexicon = read_lexicon()
    wrong = [
        f"{r.line} {r.word}: {r.example}"
        for r in rows()
        if not any((found := match(tree, lexicon, t)) and found[0] is r for tree in read()[r.line] for t in range(len(tree)))
    ]
    assert wrong == []


def test_the_lexicon_covers_the_codebook() -> None:
    assert {r.type for r in rows()} == set(codebook.types())
    assert len(rows()) > 600


def test_aliases_products_and_ties() -> None:
    lexicon = read_lexicon()
    assert lexicon.names[name_words("Amazon Web Services")] == ("AWS", "name")
    assert lexicon.names[name_words("App Store")] == ("Apple", "product")
    assert {(t.relation, t.other) for t in lexicon.ties if t.actor in ("AWS", "AECJ")} == {("PART_OF", "Amazon"), ("MEMBER_OF", "Amazon")}
    matze = next(t for t in lexicon.ties if t.actor == "John Matze")
    assert (matze.relation, matze.other, str(matze.until)) == ("LEADS", "Parler", "2021-01-29")


def test_who_leads_on_a_day_that_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("name,kind\nAnna,person\nBo,person\nOrran,organization\nMill,organization\n", encoding="utf-8")
    ties = "actor,relation,other,since,until\nAnna,LEADS,Orran,,2021-01-29\nBo,LEADS,Orran,2021-01-30,\nBo,LEADS,Mill,,\n"
    (tmp_path / "ties.csv").write_text(ties, encoding="utf-8")
    lexicon = read_lexicon(tmp_path)
    assert [lexicon.leader_of("Orran", d) for d in (date(2021, 1, 29), date(2021, 1, 30), None)] == ["Anna", "Bo", None]
    assert [lexicon.leader_of("Mill", d) for d in (date(2021, 1, 29), None)] == ["Bo", "Bo"]


def test_a_case_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("name,kind\nSkerrow Line,organization\n", encoding="utf-8")
    (tmp_path / "aliases.csv").write_text("alias,name,sense\nthe Skerrow,Skerrow Line,\n", encoding="utf-8")
    lexicon = read_lexicon(tmp_path)
    assert lexicon.names[("the", "Skerrow")] == ("Skerrow Line", "name")
    assert lexicon.kinds["Amazon"] == "organization"
    assert lexicon.version != read_lexicon().version


@pytest.mark.parametrize(
    ("file", "text", "line", "reason"),
    [
        ("actors.csv", "name,kind\nA,robot\n", 2, "unknown kind"),
        ("actors.csv", "name\nA\n", 1, "column 'kind' is missing"),
        ("aliases.csv", "alias,name,sense\nB,Nobody,\n", 2, "no actors.csv"),
        ("ties.csv", "actor,relation,other,since,until\nAWS,OWNS,Amazon,,\n", 2, "unknown relation"),
        ("ties.csv", "actor,relation,other,since,until\nAWS,PART_OF,Amazon,soon,\n", 2, "no date"),
        ("actions.csv", "word,pos,forms,type,mode,pattern,example\nnap,verb,nap,SLEEP,,obj,x\n", 2, "unknown action 'SLEEP'"),
        ("actions.csv", "word,pos,forms,type,mode,pattern,example\nsue,verb,sue,ACCUSE,+nap,obj,x\n", 2, "no mode"),
        ("actions.csv", "word,pos,forms,type,mode,pattern,example\nsue,verb,,ACCUSE,,obj,x\n", 2, "forms is empty"),
        ("actions.csv", "word,pos,forms,type,mode,pattern,example\nsue,verb,sue,ACCUSE,,sideways,x\n", 2, "not understood"),
        ("modes.csv", "type,mode,words\nACCUSE,+nap,x\n", 2, "no mode"),
        ("nouns.csv", "noun,class,kind\nfirm,thing,organization\n", 2, "unknown class"),
    ],
)
def test_a_bad_row_is_refused_by_file_and_line(tmp_path: Path, file: str, text: str, line: int, reason: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_lexicon(tmp_path)
    assert (Path(str(error.value.file)).name, error.value.line) == (file, line) and reason in error.value.reason


def test_the_readme_explains_every_column() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for path in SHIPPED.glob("*.csv"):
        assert path.name in readme
        for column in path.read_text(encoding="utf-8").splitlines()[0].split(","):
            assert column in readme, (path.name, column)
