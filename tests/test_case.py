"""A case to one batch: what it depends on, what it takes over, what it reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Sample

from graph import compare, judgements
from graph.errors import BadInput
from loaders.case import load_case, nothing_loaded, report_text


def test_a_case_becomes_a_sound_batch(lamps: Path) -> None:
    loaded = load_case(lamps)
    batch, report = loaded.batch, loaded.report
    assert compare.sound(batch) == [] and report.documents == 2 and report.refused == () and report.sentences >= 5
    told = {(c.source, c.action, c.target) for c in batch.claims if c.status == "counted"}
    assert ("Lamp Union", "REQUEST", "Dynamo") in told and ("Dynamo", "SANCTION", "Voltix") in told
    assert report.events == len(batch.events) and report.claims == sum(c.status == "counted" for c in batch.claims)
    assert all(c.quote == next(d for d in batch.documents if d.document == c.document).text[c.start : c.end] for c in batch.claims)
    assert {n for n, _ in report.names_not_known} >= {"Dynamo", "Voltix"}


def test_events_and_responses_are_made_of_the_claims_that_count(lamps: Path) -> None:
    (lamps / "claims.csv").write_text("document,quote,source,action,target\ncut,Lamp Union praised Dynamo on Monday,Lamps,SUPPORT,Dynamo\n")
    batch = load_case(lamps, counting=lambda c: c.found != "hand" and c.source != "Voltix").batch
    whole = load_case(lamps).batch
    assert compare.sound(batch) == [] and {c.status for c in batch.claims} == {"counted"}
    assert "Lamps" in {e.source for e in whole.events} and "Voltix" in {e.source for e in whole.events}
    assert "Lamp Union" in {e.source for e in batch.events} and not {"Lamps", "Voltix"} & {e.source for e in batch.events}
    assert {c for e in batch.events for c in e.claims} == {c.id for c in batch.claims}


def test_the_batch_depends_on_the_files_alone(lamps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_case(lamps)
    shutil.copytree(lamps, tmp_path / "else" / "lamps")
    monkeypatch.setenv("WHOM_CACHE", str(tmp_path / "cold"))
    for processes in (1, None):
        assert load_case(tmp_path / "else" / "lamps", processes=processes).batch == first.batch


def test_two_processes_code_as_one_does(sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = load_case(sample.case)
    assert "(10 coded, 0 taken over)" in sample.said.out and both.report.taken_over == 10  # what the command coded in two processes
    monkeypatch.setenv("WHOM_CACHE", str(tmp_path / "one"))
    said: list[tuple[int, int, str]] = []
    alone = load_case(sample.case, processes=1, progress=lambda *x: said.append(x))
    assert both.batch == alone.batch and alone.report.coded == 10
    assert [x[:2] for x in said] == [(n, 10) for n in range(1, 11)]


def test_metadata_is_part_of_what_a_coding_depends_on(lamps: Path) -> None:
    load_case(lamps)
    sidecar = lamps / "documents.csv"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("2021-01-11", "2021-01-18"), encoding="utf-8")
    again = load_case(lamps)
    assert (again.report.coded, again.report.taken_over) == (1, 1)
    days = {str(c.date_start) for c in again.batch.claims if c.document == "cut" and c.date_start}
    assert days == {"2021-01-18"}


def test_judgements_kept_elsewhere_and_left_out(lamps: Path, tmp_path: Path) -> None:
    plain = load_case(lamps).batch
    first = next(c for c in plain.claims if c.status == "counted")
    judged = tmp_path / "mine.csv"
    gone = judgements.Judgement(when="2021-02-01T00:00:00Z", who="me", kind="document", document="no-such", verdict="retract")
    judgements.append(judged, judgements.of_claim(first, "reject", "me", "2021-02-01T00:00:00Z"), gone)
    loaded = load_case(lamps, judged=judged)
    assert next(c for c in loaded.batch.claims if c.id == first.id).status == "rejected" and loaded.report.claims_rejected == 1
    assert loaded.report.judgements == 2 and loaded.report.judgements_unmatched == ("judgements.csv:3: there is no such document",)
    assert "matched nothing" in report_text(loaded.report)
    assert load_case(lamps, judged=judged, reviewed=False).batch == plain


def test_a_bad_judgement_is_refused_with_its_line(lamps: Path) -> None:
    (lamps / "judgements.csv").write_text(f"{','.join(judgements.COLUMNS)}\nnow,me,shout,,,,,,\n", encoding="utf-8")
    loaded = load_case(lamps)
    assert len(loaded.refused) == 1 and loaded.refused[0].line == 2 and "shout" in loaded.refused[0].reason


def test_a_case_without_an_article(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("no article")
    loaded = load_case(tmp_path)
    assert loaded.report.skipped[0][0] == "x.csv"
    with pytest.raises(BadInput, match="no article can be read here"):
        nothing_loaded(loaded)


def test_hand_coded_claims_join_the_coder_s(lamps: Path) -> None:
    rows = ("cut,The lights go out,Dynamo,COERCE,Lamp Union", "cut,Dynamo suspended Voltox,Dynamo,SANCTION,Voltix")
    (lamps / "claims.csv").write_text("document,quote,source,action,target\n" + "\n".join(rows), encoding="utf-8")
    loaded = load_case(lamps)
    assert loaded.report.claims_by_hand == 1 and [str(r) for r in loaded.refused] == [
        "claims.csv:3: the quote stands 0 times in 'cut', not once: 'Dynamo suspended Voltox'"
    ]
    assert any(e.source == "Dynamo" and e.action == "COERCE" for e in loaded.batch.events)
