"""Bad input to the command: one message of one line, the right exit code, and nothing stored lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CUT, SAMPLE, SIDECAR, Run, process

from graph import store_embedded
from graph.judgements import COLUMNS
from graph.model import SCHEMA_VERSION
from graph.store import open_store
from whom import main


@pytest.fixture
def held(lamps: Path, tmp_path: Path, run: Run) -> Iterator[Path]:
    """A store with the case `lamps`; whatever a test does, its export is the same afterwards."""
    store, before, after = tmp_path / "whom.db", tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    assert run("load", lamps, "--store", store).code == 0
    assert run("export", before, "--store", store).code == 0
    yield store
    assert main(["export", str(after), "--store", str(store)]) == 0
    assert after.read_bytes() == before.read_bytes()
    assert not [p.name for p in tmp_path.iterdir() if ".new" in p.name]


# ---------------------------------------------------------------- nothing can be loaded
def no_folder(folder: Path) -> Path:
    return folder / "none"


def no_article(folder: Path) -> Path:
    (folder / "x").mkdir()
    (folder / "x" / "notes.doc").write_bytes(b"\xd0\xcf")
    return folder / "x"


def one_empty_file(folder: Path) -> Path:
    (folder / "x").mkdir()
    (folder / "x" / "a.txt").write_bytes(b" \n")
    return folder / "x"


def a_text_as_case(folder: Path) -> Path:
    (folder / "a.txt").write_text("Dynamo sued Voltix.")
    return folder / "a.txt"


def an_empty_jsonl(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b"")
    return folder / "a.jsonl"


def a_broken_jsonl(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b'{"text": ')
    return folder / "a.jsonl"


def claims_as_case(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b'{"document": "a", "action": "REJECT"}\n')
    return folder / "a.jsonl"


def a_deep_jsonl(folder: Path) -> Path:
    (folder / "a.jsonl").write_bytes(b"[" * 100_000)
    return folder / "a.jsonl"


def a_bad_setting(folder: Path) -> Path:
    (folder / "lamps" / "case.toml").write_text("name = lamps")
    return folder / "lamps"


def a_setting_of_another_kind(folder: Path) -> Path:
    (folder / "lamps" / "case.toml").write_text("name = 3")
    return folder / "lamps"


def a_sidecar_without_ids(folder: Path) -> Path:
    (folder / "lamps" / "documents.csv").write_text("title,publisher\nx,y\n")
    return folder / "lamps"


def a_sidecar_that_is_no_text(folder: Path) -> Path:
    (folder / "lamps" / "documents.csv").write_bytes(b"document,title\npress,caf\xe9\n")
    return folder / "lamps"


def judgements_that_are_no_table(folder: Path) -> Path:
    (folder / "lamps" / "judgements.csv").write_text("when,who\n")
    return folder / "lamps"


def lexicon(folder: Path, name: str, row: dict[str, str]) -> Path:
    header = (SAMPLE.parents[1] / "lexicons" / name).read_text(encoding="utf-8").splitlines()[0].split(",")
    (folder / "lamps" / "lexicons").mkdir()
    (folder / "lamps" / "lexicons" / name).write_text(f"{','.join(header)}\n{','.join(row.get(h, '') for h in header)}\n")
    return folder / "lamps"


def an_unknown_action(folder: Path) -> Path:
    return lexicon(folder, "actions.csv", {"word": "dim", "forms": "dim;dims", "pos": "verb", "type": "DARKEN"})


def an_unknown_kind(folder: Path) -> Path:
    return lexicon(folder, "actors.csv", {"name": "Dynamo", "kind": "machine"})


def a_lexicon_that_is_no_text(folder: Path) -> Path:
    (folder / "lamps" / "lexicons").mkdir()
    (folder / "lamps" / "lexicons" / "actors.csv").write_bytes(b"name,kind\ncaf\xe9,organization\n")
    return folder / "lamps"


def a_lexicon_never_closed(folder: Path) -> Path:
    (folder / "lamps" / "lexicons").mkdir()
    header = (SAMPLE.parents[1] / "lexicons" / "actors.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "lamps" / "lexicons" / "actors.csv").write_text(f'{header}\n"Dynamo,organization\n' + "x" * 140_000)
    return folder / "lamps"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (no_folder, ("none: no such folder or file",)),
        (no_article, ("no article can be read here",)),
        (one_empty_file, ("a.txt: the file is empty",)),
        (a_text_as_case, ("a case is a folder, or one .jsonl",)),
        (an_empty_jsonl, ("a.jsonl: the file is empty",)),
        (a_broken_jsonl, ("a.jsonl:1: not JSON",)),
        (claims_as_case, ("holds claims, not articles",)),
        (a_deep_jsonl, ("a.jsonl:1: not JSON",)),
        (a_bad_setting, ("case.toml", "not TOML")),
        (a_setting_of_another_kind, ("case.toml", "name must be a text")),
        (a_sidecar_without_ids, ("documents.csv:1:", "no column `document`")),
        (a_sidecar_that_is_no_text, ("documents.csv", "not UTF-8: byte 24 is 0xe9")),
        (judgements_that_are_no_table, ("judgements.csv:1:", "no column")),
        (an_unknown_action, ("actions.csv:2: unknown action 'DARKEN': use one of AGREE",)),
        (an_unknown_kind, ("actors.csv:2: unknown kind 'machine'",)),
        (a_lexicon_that_is_no_text, ("actors.csv", "not UTF-8")),
        (a_lexicon_never_closed, ("actors.csv", "not CSV")),
    ],
)
def test_what_cannot_be_loaded(held: Path, tmp_path: Path, run: Run, make: Callable[[Path], Path], says: tuple[str, ...]) -> None:
    run("load", make(tmp_path), "--store", held).refused(1, *says)


# ---------------------------------------------------------------- loaded, but something is refused
def binary(case: Path) -> None:
    (case / "photo.txt").write_bytes(bytes(range(256)) * 40)


def latin(case: Path) -> None:
    (case / "old.md").write_bytes("Café Dynamo sued Voltix.".encode("latin-1"))


def broken_pdf(case: Path) -> None:
    (case / "page.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<>> stream")


def empty_html(case: Path) -> None:
    (case / "page.html").write_text("<html><head><title>x</title></head><body></body></html>")


def bad_date(case: Path) -> None:
    (case / "more.txt").write_text("Dynamo sued Voltix on Friday.")
    (case / "documents.csv").write_text(SIDECAR + "more,More,Daily Glow,2021-13-01\n")


def date_in_front_matter(case: Path) -> None:
    (case / "more.md").write_text("---\npublished: yesterday\n---\nDynamo sued Voltix on Friday.\n")


def doubled_row(case: Path) -> None:
    (case / "more.txt").write_text("Dynamo sued Voltix on Friday.")
    (case / "documents.csv").write_text(SIDECAR + "more,,,2021-01-10\nmore,,,2021-01-12\n")


def one_id_twice(case: Path) -> None:
    (case / "more.txt").write_text("Dynamo sued Voltix on Friday.")
    (case / "more.md").write_text("Dynamo sued Gab on Friday.")


def no_such_document(case: Path) -> None:
    (case / "documents.csv").write_text(SIDECAR + "gone,,,2021-01-10\n")


def name_that_is_no_text(case: Path) -> None:
    path = os.fsencode(case) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"Dynamo sued Voltix on Friday.")


def half_a_letter(case: Path) -> None:
    rows = [{"document": "a\ud800", "text": "Dynamo sued Voltix."}, {"document": "b", "title": "\udfff", "text": "Dynamo sued Voltix."}]
    (case / "wire.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))


def claims_inside(case: Path) -> None:
    (case / "sub").mkdir()
    (case / "sub" / "claims.jsonl").write_text('{"document": "a", "action": "REJECT"}\n')


def swapped_name(case: Path) -> None:
    row = {"document": "cut", "quote": "Dynamo suspended Volta on Monday", "source": "Dynamo", "action": "SANCTION", "target": "Volta"}
    (case / "claims.jsonl").write_text(json.dumps(row) + "\n")


def hand_coded_offset(case: Path) -> None:
    (case / "claims.csv").write_text("document,quote,source,action,start\ncut,Dynamo suspended Voltix,Dynamo,SANCTION,soon\n")


def bad_judgement(case: Path) -> None:
    (case / "judgements.csv").write_text(f"{','.join(COLUMNS)}\nyesterday,me,document,cut,,,retract,,\n")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (binary, ("photo.txt: not a text: it holds zero bytes",)),
        (latin, ("old.md: not UTF-8: byte 3 is 0xe9; save it as UTF-8",)),
        (broken_pdf, ("page.pdf: ",)),
        (empty_html, ("page.html: no article found",)),
        (bad_date, ("documents.csv:4: published: '2021-13-01' is no date in the calendar", "more.txt: its row in documents.csv (line 4)")),
        (date_in_front_matter, ("more.md: published: 'yesterday' is no date",)),
        (doubled_row, ("documents.csv:5: a second row for 'more'",)),
        (one_id_twice, ("more.md: the id 'more' is also that of more.txt", "more.txt: the id 'more' is also that of more.md")),
        (no_such_document, ("documents.csv:4: there is no document 'gone'",)),
        (name_that_is_no_text, ("caf\\udce9.txt: its name is not UTF-8: rename it",)),
        (half_a_letter, ("wire.jsonl:1: its name is not UTF-8", "wire.jsonl:2: title is not a text")),
        (claims_inside, ("sub/claims.jsonl: holds claims, not articles",)),
        (swapped_name, ("claims.jsonl:1: the quote stands 0 times in 'cut'",)),
        (hand_coded_offset, ("claims.csv:2: start 'soon' is no offset",)),
        (bad_judgement, ("judgements.csv:2: when: 'yesterday' is no ISO time",)),
    ],
)
def test_what_is_refused_while_the_rest_loads(
    lamps: Path, tmp_path: Path, run: Run, spoil: Callable[[Path], None], says: tuple[str, ...]
) -> None:
    spoil(lamps)
    said = run("load", lamps, "--store", tmp_path / "x.db")
    assert said.code == 3 and said.err == "", said
    for words in says:
        assert f"  refused {words}" in said.out, (words, said.out)
    assert "Lamp Union" in run("query", "actors", "--store", tmp_path / "x.db").out
    assert run("verify", "--store", tmp_path / "x.db").code == 0


def test_a_link_to_a_folder_is_listed(lamps: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret.txt").write_text("Dynamo sued Voltix.")
    (lamps / "way").symlink_to(tmp_path / "other")
    (lamps / "file.txt").symlink_to(tmp_path / "other" / "secret.txt")
    said = run("load", lamps, "--store", tmp_path / "x.db")
    assert said.code == 0 and "skipped way/: a link to a folder" in said.out and "skipped file.txt: a link out of the case" in said.out


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(tmp_path: Path, run: Run, published: str) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text("Dynamo sued Voltix last week. Voltix will suspend Dynamo next month.\n")
    (tmp_path / "far" / "documents.csv").write_text(f"document,published\na,{published}\n")
    run("load", tmp_path / "far", "--store", tmp_path / "x.db").refused(1, "outside the years 1000 to 2999")


# ---------------------------------------------------------------- exports
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Dynamo suspended Voltix on Monday", "Dynamo suspended Volta on Monday", "text"),
        ('"quote":"Dynamo refused', '"quote":"Dynamo accepted', "quote"),
        ('"quote":"Dynamo suspended Voltix', '"quote":"Dynamo suspended Daltix', "quote"),
    ],
)
def test_an_export_with_changed_words_is_refused_with_file_and_line(
    held: Path, tmp_path: Path, run: Run, old: str, new: str, says: str
) -> None:
    file = tmp_path / "changed.jsonl"
    assert run("export", file, "--store", held).code == 0
    text = file.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    run("load", file, "--store", held).refused(1, f"changed.jsonl:{line}: ", says)


@pytest.mark.parametrize(("cut", "says"), [(-40, "is no JSON"), (200, "is no JSON")])
def test_an_export_that_is_cut_off(held: Path, tmp_path: Path, run: Run, cut: int, says: str) -> None:
    file = tmp_path / "cut.jsonl"
    assert run("export", file, "--store", held).code == 0
    file.write_bytes(file.read_bytes()[:cut])
    run("load", file, "--store", held).refused(1, says)


def test_an_export_of_another_schema(held: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.jsonl").write_text('{"whom": "export", "schema": 99}\n')
    run("load", tmp_path / "x.jsonl", "--store", held).refused(1, "schema 99")


def test_exports_that_cannot_be_written(held: Path, tmp_path: Path, run: Run) -> None:
    run("export", tmp_path / "none" / "x.jsonl", "--store", held).refused(1, "cannot be written")
    run("export", tmp_path / "x.pdf", "--store", held).refused(2, "x.jsonl (everything)")
    (tmp_path / "in-the-way").write_text("x")
    run("export", f"{tmp_path / 'in-the-way'}/", "--store", held).refused(1, "cannot be written")
    run("export", tmp_path / "x.jsonl", "--case", "none", "--store", held).refused(1, "it holds: lamps")
    run("query", "acts", "--out", tmp_path / "none" / "x", "--store", held).refused(1, "cannot be written: No such file")
    run("code", tmp_path / "lamps", "--out", tmp_path / "none" / "x").refused(1, "No such file")


# ---------------------------------------------------------------- stores
def test_a_store_of_another_version(held: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    good = held.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(store_embedded, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        with open_store(tmp_path / "later.db") as store, open_store(held) as now:
            del now
            (tmp_path / "new").mkdir()
            (tmp_path / "new" / "a.txt").write_text(CUT)
            from loaders.case import load_case

            store.write(load_case(tmp_path / "new").batch)
    later = (tmp_path / "later.db").read_bytes()
    held.write_bytes(later)
    for words in (("query", "acts"), ("load", tmp_path / "lamps"), ("verify",), ("drop", "lamps"), ("export", tmp_path / "y.jsonl")):
        run(*words, "--store", held).refused(1, f"has schema version {SCHEMA_VERSION + 1}", "rebuild it with whom load")
        assert held.read_bytes() == later
    held.write_bytes(good)


def test_a_write_ahead_log_beside_the_store(held: Path, tmp_path: Path, run: Run) -> None:
    log = tmp_path / "whom.db-wal"
    log.write_bytes(b"old commits")
    for words in (("query", "acts"), ("load", tmp_path / "lamps"), ("drop", "lamps")):
        run(*words, "--store", held).refused(1, "whom.db-wal", "write-ahead log")
    log.unlink()


@pytest.mark.parametrize("content", [b"", b"no store", b"\0" * 5000])
def test_a_file_that_is_no_store(held: Path, tmp_path: Path, run: Run, content: bytes) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    for words in (("query", "acts"), ("load", tmp_path / "lamps")):
        run(*words, "--store", other).refused(1, "cannot be read as a whom store")
        assert other.read_bytes() == content


def test_places_that_cannot_be_written(held: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "in-the-way").write_text("x")
    case = tmp_path / "lamps"
    run("load", case, "--store", tmp_path / "in-the-way" / "whom.db").refused(1, "in-the-way", "choose another place with --store")
    run("load", case, "--store", tmp_path / "none" / "whom.db").refused(1, "No such file or directory")
    run("load", case, "--store", tmp_path).refused(1, "is a folder; a store is one file")
    run("load", case, "--store", "bolt2://x").refused(1, "bolt2://x")
    run("retract", "cut", "--store", held, "--judgements", tmp_path / "none" / "j.csv").refused(1, "cannot be written")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(held: Path, tmp_path: Path, run: Run) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    run("load", tmp_path / "lamps", "--store", locked / "whom.db").refused(1, "cannot be written: Permission denied")


# ---------------------------------------------------------------- standard input
@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "stdin: the file is empty"), (b"\xff\xfe", "stdin: not UTF-8"), (b"\0\0", "stdin: not a text")],
)
def test_a_bad_pipe(data: bytes, says: str) -> None:
    process("code", "-", input=data).refused(1, says)


def test_a_reader_that_stops_early_is_no_error(held: Path) -> None:
    from subprocess import run as shell

    whom = f"{__import__('sys').executable} {SAMPLE.parents[2] / 'whom.py'}"
    done = shell(f"{whom} query evidence --store {held} --format json | head -1", shell=True, capture_output=True, check=False)
    assert done.stdout == b"[\n" and done.stderr == b""
