"""The command `whom`, as people run it: load, query, code, explain, evaluate, retract, drop, verify, export."""

from __future__ import annotations

import csv
import io
import json
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import SAMPLE, Run, Sample, process

from graph import judgements, questions
from graph.model import Claim, from_row
from graph.store import open_store
from whom import main

NUMBERS = (
    *("documents", "skipped", "refused", "coded", "taken_over", "sentences", "masked", "claims", "claims_low", "names_not_known"),
    *("dates_not_resolved", "judgements", "judgements_unmatched", "events", "responses", "claims_per_event"),
)
"""What issue and design ask of a completeness report."""


def exported(store: Path, *more: str) -> bytes:
    out = store.parent / "export-for-test.jsonl"
    assert main(["export", str(out), "--store", str(store), *more]) == 0
    return out.read_bytes()


# ---------------------------------------------------------------- load
def test_the_sample_case_loads_with_a_whole_report(sample: Sample, run: Run, tmp_path: Path) -> None:
    assert sample.said.code == 0 and sample.said.err == ""
    said = run("load", sample.case, "--store", tmp_path / "x.db", "--json")
    report = json.loads(said.out)
    assert said.code == 0 and report["case"] == "amazon-parler" and report["documents"] == 10
    assert [k for k in NUMBERS if k not in report] == []
    assert report["coded"] == 0 and report["taken_over"] == 10 and report["refused"] == []
    assert {s[0] for s in report["skipped"]} == {"README.md", "gold.jsonl", "gold-events.jsonl"}
    assert report["claims"] > 40 and report["events"] > 30 and report["responses"] > 3
    assert report["claims_per_event"] == round(report["claims"] / report["events"], 2)
    text = sample.said.out
    for words in (
        *("10 documents read (", "taken over), 3 skipped, 0 refused", f"{report['sentences']} sentences read"),
        *(f"{report['masked']} stretches masked", f"{report['claims']} claims (1 by hand), {report['claims_low']} more of low confidence"),
        *(f"{report['events']} events ({report['claims_per_event']} claims an event)", f"{report['responses']} responses"),
        *(f"{len(report['names_not_known'])} name", f"{len(report['dates_not_resolved'])} date"),
        *(f"2 judgements, {len(report['judgements_unmatched'])} matched nothing", "skipped README.md: no article"),
    ):
        assert words in text, words


def test_no_progress_bar_in_a_pipe(sample: Sample) -> None:
    said = sample.said
    assert "(10 coded, 0 taken over)" in said.out or "(0 coded, 10 taken over)" in said.out  # another test may have coded the same texts
    assert said.err == "" and "\r" not in said.out and "[#" not in said.out


def test_loading_twice_changes_nothing(own: Sample, run: Run) -> None:
    before = exported(own.store)
    said = run("load", own.case, "--store", own.store)
    assert said.code == 0 and "(0 coded, 10 taken over)" in said.out
    assert exported(own.store) == before


def test_only_what_changed_is_coded_again(own: Sample, run: Run) -> None:
    before = exported(own.store)
    path = own.case / "ferry-strike.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nThe Ellery Port Authority fined Skerrow Line on Wednesday.\n", encoding="utf-8")
    said = run("load", own.case, "--store", own.store)
    assert said.code == 0 and "(1 coded, 9 taken over)" in said.out
    acts = json.loads(run("query", "acts", "--source", "Ellery Port Authority", "--store", own.store, "--format", "json").out)
    assert [(a["action"], a["target"], a["date_start"]) for a in acts] == [("SANCTION", "Skerrow Line", "2021-01-20")]
    assert exported(own.store) != before


def test_a_case_lexicon_adds(lamps: Path, run: Run, tmp_path: Path) -> None:
    (lamps / "lexicons").mkdir()
    header = (SAMPLE.parents[1] / "lexicons" / "actors.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    row = {"name": "Dynamo", "kind": "organization"}
    (lamps / "lexicons" / "actors.csv").write_text(f"{','.join(header)}\n{','.join(row.get(h, '') for h in header)}\n", encoding="utf-8")
    report = json.loads(run("load", lamps, "--store", tmp_path / "x.db", "--json").out)
    assert "Dynamo" not in [n for n, _ in report["names_not_known"]] and "Voltix" in [n for n, _ in report["names_not_known"]]


def test_exit_codes_of_load(lamps: Path, run: Run, tmp_path: Path) -> None:
    store = tmp_path / "x.db"
    (lamps / "bad.txt").write_bytes(b"caf\xe9 owners sued Dynamo.")
    said = run("load", lamps, "--store", store)
    assert said.code == 3 and "1 refused" in said.out and "refused bad.txt: not UTF-8: byte 3 is 0xe9" in said.out
    both = run("load", lamps, tmp_path / "nowhere", "--store", store)
    assert both.code == 3 and "2 documents read" in both.out and f"{tmp_path / 'nowhere'}: no such folder or file" in both.err
    empty = tmp_path / "empty"
    empty.mkdir()
    run("load", empty, "--store", store).refused(1, "no article can be read here")
    assert run("load", "--store", store).code == 2
    assert run("load", empty, tmp_path / "nowhere", "--store", store).code == 1
    with open_store(store, read_only=True) as held:
        assert [c.case for c in held.cases()] == ["lamps"]


def test_articles_in_one_file_make_a_case(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wire.jsonl"
    rows = [
        {"document": "a", "publisher": "Daily Glow", "published": "2021-01-10", "text": "Dynamo sued Voltix on Friday.\u2028It was cold."},
        {"document": "b", "published": "2021-01-11", "title": "Lamps", "text": "Voltix refused to comment on Sunday."},
    ]
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    report = json.loads(run("load", file, "--store", tmp_path / "x.db", "--json").out)
    assert report["case"] == "wire" and report["documents"] == 2 and report["claims"] >= 1
    acts = json.loads(run("query", "acts", "--source", "Dynamo", "--store", tmp_path / "x.db", "--format", "json").out)
    assert (acts[0]["action"], acts[0]["target"], acts[0]["date_start"]) == ("ACCUSE", "Voltix", "2021-01-08")
    said = run("retract", "a", "--store", tmp_path / "x.db", "--who", "me")
    assert said.code == 0 and (tmp_path / "wire.judgements.csv").is_file()


def test_an_export_rebuilds_an_equal_graph(sample: Sample, run: Run, tmp_path: Path) -> None:
    for more in ((), ("--no-text",)):
        one, two, store = tmp_path / f"one{len(more)}.jsonl", tmp_path / f"two{len(more)}.jsonl", tmp_path / f"{len(more)}.db"
        assert run("export", one, "--store", sample.store, *more).code == 0
        said = run("load", one, "--store", store)
        assert said.code == 0 and "10 documents and" in said.out and ("without text" in said.err) is bool(more)
        assert run("export", two, "--store", store, *more).code == 0
        assert one.read_bytes() == two.read_bytes()
    full, slim = ((tmp_path / f"one{n}.jsonl").read_text(encoding="utf-8") for n in (0, 1))
    assert "hearse and a lorry" in full and "hearse and a lorry" not in slim and "AECJ" in slim
    table = {n: run("query", "acts", "--store", s, "--format", "json").out for n, s in (("a", sample.store), ("b", tmp_path / "0.db"))}
    assert table["a"] == table["b"]


def test_several_loads_keep_their_cases_apart(own: Sample, lamps: Path, run: Run) -> None:
    assert run("load", lamps, own.case, "--store", own.store).code == 0
    assert exported(own.store, "--case", "amazon-parler").count(b'"whom":"document"') == 10
    assert "all well" in run("verify", lamps, "--store", own.store).out
    assert run("drop", "amazon-parler", "--store", own.store).code == 0
    names = {a["actor"] for a in json.loads(run("query", "actors", "--store", own.store, "--format", "json").out)}
    assert "Dynamo" in names and "Amazon" not in names
    assert own.case.exists() and "amazon-parler" not in (own.store.parent / "whom.db.cases.json").read_text(encoding="utf-8")


# ---------------------------------------------------------------- query
@pytest.mark.parametrize("name", questions.QUESTIONS)
def test_every_question_answers_its_example(sample: Sample, run: Run, name: str) -> None:
    words = shlex.split(questions.QUESTIONS[name].example.replace("--case sample", "--case amazon-parler"))
    columns = list(questions.QUESTIONS[name].row.__dataclass_fields__)
    table = run("query", *words, "--store", sample.store)
    assert table.code == 0 and table.err == "" and table.out.endswith("\n")
    flat = run("query", *words, "--store", sample.store, "--format", "csv")
    rows = json.loads(run("query", *words, "--store", sample.store, "--format", "json").out)
    read = list(csv.reader(io.StringIO(flat.out)))
    assert read[0] == columns and len(read) - 1 == len(rows)
    for row in rows:
        assert list(row) == columns
        assert all(v is None or isinstance(v, (str, int, float, list)) for v in row.values())
        for end in ("source", "target"):
            assert end not in row or bool(row[f"{end}_id"]) == bool(row[end])
    assert rows or name in ("sources", "search", "unresolved")
    listed = run("query", "--list").out
    assert f"whom query {questions.QUESTIONS[name].example}" in listed and questions.QUESTIONS[name].help in listed


def test_answers_of_the_sample_case(sample: Sample, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "d.json"
    words = ("query", "demands", "--source", "AECJ", "--target", "Amazon", "--store", sample.store, "--format", "json", "--out", out)
    assert run(*words).out == ""
    told = json.loads(out.read_text(encoding="utf-8"))
    assert {d["date_start"] for d in told} >= {"2021-01-08", "2021-01-09"}
    answered = [d for d in told if d["response_source"] in ("AWS", "Amazon") and d["response_action"] == "SANCTION"]
    assert answered and all(0 <= d["lag_min"] <= 2 for d in answered if d["lag_min"] is not None)
    edges = json.loads(run("query", "pressure_edges", "--store", sample.store, "--format", "json").out)
    pairs = {(e["source"], e["target"]) for e in edges}
    assert {("AECJ", "Amazon"), ("Google", "Parler"), ("Twitter", "Donald Trump"), ("AWS", "Parler")} <= pairs
    assert not any(e["source"] == e["target"] for e in edges)


def test_filters_of_the_command_narrow(sample: Sample, run: Run) -> None:
    def acts(*more: str) -> list[dict[str, object]]:
        return list(json.loads(run("query", "acts", "--store", sample.store, "--format", "json", *more).out))

    everything = acts()
    assert 0 < len(acts("--action", "SANCTION")) < len(everything)
    assert {a["modality"] for a in acts("--modality", "announced,actual")} <= {"announced", "actual"}
    assert len(acts("--publisher", "Fairlead Wire")) < len(everything)
    assert all(str(a["date_start"]) >= "2021-01-11" for a in acts("--since", "2021-01-11", "--dated-only"))
    assert len(acts("--limit", "3")) == 3 == len(acts("--param", "limit=3"))
    assert acts("--param", "dated_only=true") == acts("--dated-only") and acts("--param", "dated_only=false") == everything


def test_free_cypher_takes_parameters_and_says_when_it_cuts(sample: Sample, run: Run) -> None:
    ask = ("query", "MATCH (a:Actor)-[:SOURCE_OF]->(e:Event) WHERE e.action = $action RETURN a.name AS who, e.case AS case ORDER BY who")
    said = run(*ask, "--param", "action=REQUEST", "--store", sample.store, "--format", "json")
    rows = json.loads(said.out)
    assert said.code == 0 and {"who": "AECJ", "case": "amazon-parler"} in rows
    table = run(*ask, "--param", "action=REQUEST", "--store", sample.store)
    assert table.out.splitlines()[0].split() == ["who", "case"]
    cut = run("query", "MATCH (e:Event) RETURN e.id AS event", "--max-rows", 3, "--store", sample.store)
    assert cut.code == 0 and cut.err.startswith("whom: cut at 3 rows of ") and "--max-rows" in cut.err and "3 rows" in cut.out
    assert run("query", "MATCH\n(e:Event)\nRETURN\ncount(*)", "--store", sample.store, "--format", "csv").code == 0
    slow = "MATCH (a:Event), (b:Event), (c:Event), (d:Event) WHERE a.id < b.id AND b.id < c.id AND c.id < d.id RETURN count(*) AS n"
    run("query", slow, "--timeout", "0.2", "--store", sample.store).refused(1)
    listed = run("query", "UNWIND $xs AS x RETURN x * 2 AS y", "--param", "xs=[1, 2]", "--store", sample.store, "--format", "csv")
    assert listed.out == "y\n2\n4\n"
    word = run("query", "RETURN $x AS x", "--param", "x=NaN", "--store", sample.store, "--format", "json")
    assert json.loads(word.out) == [{"x": "NaN"}]


@pytest.mark.parametrize(
    ("query", "code", "says"),
    [
        ("CREATE (a:Actor {name: 'x'})", 1, "CREATE writes"),
        ("MATCH (e:Event) SET e.action = 'X' RETURN e.action", 1, "SET writes"),
        ("MATCH (e:Event) DETACH DELETE e", 1, "writes"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l", 1, "LOAD CSV"),
        ("RETURN 1 AS a; MATCH (e:Event) RETURN e.id", 1, "one statement"),
        ("MATCH (e:Event RETURN e.id", 1, "never closed"),
        ("MATCH (e:Event) RETRUN e.id AS x", 1, ""),
        ("RETURN " + "(" * 3000 + "1" + ")" * 3000, 1, "nests deeper"),
        ("(" * 3000, 1, ""),
        ("MATCH (e:Event) RETURN e", 1, "whole node"),
        ("MATCH (e:Event {id: $x}) RETURN e.id AS x", 1, "$x"),
        ("actz", 2, "did you mean"),
        ("dyad", 2, "needs a"),
    ],
)
def test_queries_that_are_refused_change_nothing(sample: Sample, run: Run, query: str, code: int, says: str) -> None:
    before = sample.store.read_bytes()
    run("query", query, "--store", sample.store).refused(code, *([says] if says and says != "did you mean" else []))
    assert sample.store.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("acts", "--param", "since=2021"), 2, "'2021' is no date"),
        (("acts", "--param", "actor=5"), 1, "no actor '5'"),
        (("acts", "--param", 'actor={"a": 1}'), 1, "no actor"),
        (("acts", "--param", "actor"), 2, "name=value"),
        (("acts", "--limit", "few"), 2, "no whole number"),
        (("acts", "--action", "SHOUT"), 2, "SHOUT"),
        (("acts", "--actor", "Amazonn"), 1, "did you mean"),
        (("acts", "--case", "no-such"), 1, "it holds: amazon-parler"),
        (("acts", "--step", "week"), 2, "takes no step"),
        (("timeline", "--step", "hour"), 2, "hour"),
        (("MATCH (e:Event) RETURN count(*) AS n", "--since", "2021-01-01"), 2, "--param"),
        ((), 2, "--list"),
    ],
)
def test_questions_asked_wrongly(sample: Sample, run: Run, words: tuple[str, ...], code: int, says: str) -> None:
    run("query", *words, "--store", sample.store).refused(code, says)


@pytest.mark.parametrize("words", [("--timeout", "-1"), ("--timeout", "nan"), ("--max-rows", "0"), ("--format", "xml")])
def test_limits_that_are_none(sample: Sample, run: Run, words: tuple[str, ...]) -> None:
    said = run("query", "RETURN 1 AS x", *words, "--store", sample.store)
    assert said.code == 2 and "Traceback" not in said.err and words[0] in said.err


def test_a_terminal_without_the_letters_still_gets_an_answer(sample: Sample) -> None:
    said = process("query", "RETURN $x AS x", "--param", "x=café", "--store", sample.store, "--format", "csv", PYTHONIOENCODING="ascii")
    assert said.code == 0 and said.out == "x\ncaf\\xe9\n"


def test_schema(run: Run) -> None:
    text, told = run("schema"), json.loads(run("schema", "--json").out)
    assert text.code == 0 and text.out.count("MATCH") >= 3 and "RESPONDS_TO" in text.out and isinstance(told, dict)


# ---------------------------------------------------------------- code, explain, evaluate
GOLD_FIELDS = (
    *("id", "document", "start", "end", "quote", "source", "action", "mode", "target", "about", "date_start", "date_end", "granularity"),
    *("basis", "modality", "speaker", "channel", "deadline", "optional", "demand", "announced_date", "actions_ok", "trigger"),
    *("source_as_written", "target_as_written", "date_words", "sentence"),
)


def test_code_gives_every_field_for_case_file_and_pipe(sample: Sample, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    assert run("code", sample.case, "--out", out).code == 0
    claims = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    everything = run("code", sample.case, "--all").out.splitlines()
    assert 30 < len(claims) < len(everything)
    assert {json.loads(line)["status"] for line in everything} == {"counted", "low"}
    for c in claims:
        assert [f for f in (*GOLD_FIELDS, "found", "confidence", "rule") if f not in c] == []
        assert c["found"] in ("reader", "rule", "both") and 0 < c["confidence"] <= 1 and c["quote"] in c["sentence"]
        text = next((sample.case / f"{c['document']}{e}" for e in (".txt", ".md") if (sample.case / f"{c['document']}{e}").exists()), None)
        assert text is None or text.read_text(encoding="utf-8")[c["start"] : c["end"]] == c["quote"]
        assert from_row(Claim, c | {"case": "amazon-parler"}).id == c["id"]
    alone = [json.loads(line) for line in run("code", sample.case / "staff-post.txt").out.splitlines()]
    assert [c["quote"] for c in alone] == [c["quote"] for c in claims if c["document"] == "staff-post"]
    piped = process("code", "-", input="Dynamo sued Voltix, the café said.".encode())
    assert piped.code == 0 and [json.loads(x)["action"] for x in piped.out.splitlines()][:1] == ["ACCUSE"]
    reviewed = [json.loads(x) for x in run("code", sample.case, "--reviewed").out.splitlines()]
    assert "review" in {c["found"] for c in reviewed}


def test_code_uses_the_case_s_words_for_a_single_file(lamps: Path, run: Run) -> None:
    (lamps / "lexicons").mkdir()
    (lamps / "lexicons" / "actions.csv").write_text("word,type\nfoo,SHOUT\n", encoding="utf-8")
    assert run("code", lamps / "cut.txt").code == 1 == run("code", lamps).code
    shutil.rmtree(lamps / "lexicons")
    (lamps / "x.txt").write_bytes(b"")
    said = run("code", lamps)
    assert said.code == 3 and said.err == "whom: refused x.txt: the file is empty\n" and said.out.count("\n") >= 2


def test_explain_shows_why(sample: Sample, run: Run) -> None:
    text = (sample.case / "app-stores.txt").read_text(encoding="utf-8")
    at = text.index("removed Parler")
    for document in (sample.case / "app-stores.txt", "app-stores"):
        said = run("explain", document, "--at", at, "--store", sample.store)
        assert said.code == 0 and said.out.startswith("[47-")
        for words in ("parse: ", "lexicon row actions.csv:", "name: Google = Google", "date words: ", "claim [", "SANCTION", "confidence"):
            assert words in said.out, (words, said.out)
    masked = run("explain", sample.case / "timeline.txt", "--at", 3)
    assert "masked (" in masked.out and "no sentence at 999999" in run("explain", sample.case / "timeline.txt", "--at", 999999).out
    run("explain", "no-such", "--store", sample.store).refused(1, "neither a file nor a document")


def test_evaluate_prints_its_figures(sample: Sample, run: Run, tmp_path: Path) -> None:
    gold = sample.case / "gold.jsonl"
    said = run("evaluate", gold, sample.case, "--events", sample.case / "gold-events.jsonl", "--show", 2)
    assert said.code == 0 and said.out.startswith("gold: 66 claims and 3 optional in 10 documents") and "responses" in said.out
    out = tmp_path / "pred.jsonl"
    assert run("code", sample.case, "--all", "--out", out).code == 0
    one, two = (json.loads(run("evaluate", gold, p, "--json").out) for p in (sample.case, out))
    figures = one.keys() - {"misses", "extras"}
    assert figures and {k: one[k] for k in figures} == {k: two[k] for k in figures}
    assert [len(one[k]) for k in ("misses", "extras")] == [len(two[k]) for k in ("misses", "extras")]
    run("evaluate", tmp_path / "none.jsonl", sample.case).refused(1, "none.jsonl")
    run("evaluate", gold, tmp_path / "none").refused(1, "no such folder")


# ---------------------------------------------------------------- retract, verify
def test_a_retracted_article_goes_for_good_and_an_undo_brings_it_back(own: Sample, run: Run) -> None:
    def documents() -> set[str]:
        return {d["document"] for d in json.loads(run("query", "sources", "--store", own.store, "--format", "json").out)}

    before, held = exported(own.store), documents()
    said = run("retract", "aws-notice", "--store", own.store, "--who", "tester", "--why", "withdrawn")
    assert said.code == 0, said.err
    assert "retracted aws-notice of case amazon-parler" in said.out and str(own.case / "judgements.csv") in said.out
    fell = [line for line in said.out.splitlines() if line.startswith("  fell ")]
    stays = [line for line in said.out.splitlines() if line.startswith("  stays ")]
    assert any("AWS ACCUSE Parler" in line for line in fell)  # told by this article alone
    assert any("AECJ REQUEST Amazon (2021-01-09" in line for line in stays)  # its copy tells it too
    assert documents() == held - {"aws-notice"}
    again = run("load", own.case, "--store", own.store)
    assert again.code == 0 and "1 retracted" in again.out and documents() == held - {"aws-notice"}
    run("retract", "aws-notice", "--store", own.store).refused(1, "no loaded case holds this document")
    row = judgements.Judgement(when="2099-01-01T00:00:00Z", who="tester", kind="document", document="aws-notice", verdict="undo")
    judgements.append(own.case / "judgements.csv", row)
    assert run("load", own.case, "--store", own.store).code == 0
    after = exported(own.store)
    assert documents() == held and after.count(b"\n") == before.count(b"\n")
    assert [x for x in after.split(b"\n") if b'"whom":"case"' not in x] == [x for x in before.split(b"\n") if b'"whom":"case"' not in x]


def test_a_retracted_article_takes_its_hand_coded_claims_along(own: Sample, run: Run) -> None:
    said = run("retract", "ferry-strike", "--store", own.store)
    assert said.code == 0 and "Tolland & Reeve SANCTION Skerrow Line" in said.out and said.err == ""
    assert run("load", own.case, "--store", own.store).code == 0


def test_retract_where_the_files_are_not_known(own: Sample, run: Run) -> None:
    (own.store.parent / "whom.db.cases.json").unlink()
    before = exported(own.store)
    run("retract", "aws-notice", "--store", own.store).refused(1, "--from")
    assert exported(own.store) == before
    assert run("retract", "aws-notice", "--store", own.store, "--from", own.case).code == 0


def test_verify_finds_what_was_tampered_with(own: Sample, run: Run) -> None:
    assert run("verify", "--store", own.store).out.rstrip().endswith("all well")
    path = own.case / "aws-notice.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("accused Parler", "accused Gab"), encoding="utf-8")
    said = run("verify", "--store", own.store)
    assert said.code == 1 and "documents: aws-notice: sha256_text is" in said.out and "claims: AWS ACCUSE Parler" in said.out
    path.write_text(text, encoding="utf-8")
    assert run("verify", "--store", own.store).code == 0
    with open_store(own.store) as store:
        batch = store.read("amazon-parler")
        from dataclasses import replace

        first = batch.claims[0]
        store.write(replace(batch, claims=(replace(first, quote=first.quote.replace("Google", "Gopple")), *batch.claims[1:])))
    said = run("verify", "--store", own.store)
    assert said.code == 1 and "its quote does not stand at" in said.out and "Gopple" in said.out
    (own.store.parent / "whom.db.cases.json").unlink()
    said = run("verify", "--store", own.store)
    assert said.code == 1 and "held against itself" in said.out


def test_judgements_kept_elsewhere_are_remembered(lamps: Path, run: Run, tmp_path: Path) -> None:
    store, judged = tmp_path / "x.db", tmp_path / "judged.csv"
    row = judgements.Judgement(when="2021-01-09", who="me", kind="alias", as_found="Dynamo", verdict="accept", value="Dynamo Works")
    judgements.append(judged, row)
    assert run("load", lamps, "--store", store, "--judgements", judged).code == 0
    said = run("verify", "--store", store)
    assert said.code == 0 and "all well" in said.out, said.out
    assert run("verify", lamps, "--store", store).code == 0
    said = run("retract", "cut", "--store", store, "--who", "me")
    assert said.code == 0 and "judged.csv" in said.out and not (lamps / "judgements.csv").exists()
    with open_store(store, read_only=True) as held:
        sources = {e.source for e in held.read("lamps").events}
    assert "Dynamo Works" in sources and "Dynamo" not in sources
    assert run("verify", "--store", store).code == 0
    assert run("load", lamps, "--store", store).code == 0 and run("verify", "--store", store).code == 0
    with open_store(store, read_only=True) as held:
        assert "Dynamo" in {e.source for e in held.read("lamps").events}, "loaded again without them"


def test_evaluate_makes_events_of_the_claims_that_are_scored(lamps: Path, run: Run, tmp_path: Path) -> None:
    claims = [json.loads(line) for line in run("code", lamps).out.splitlines()]
    gold, events = tmp_path / "gold.jsonl", tmp_path / "gold-events.jsonl"
    gold.write_text("".join(json.dumps(c) + "\n" for c in claims), encoding="utf-8")
    rows = [{"event": c["id"], "claims": [c["id"]], "responds_to": []} for c in claims]
    events.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")

    def figures(*more: str) -> dict[str, object]:
        return dict(json.loads(run("evaluate", gold, lamps, "--events", events, "--json", *more).out))

    def predicted(*more: str) -> int:
        return int(json.loads(run("evaluate", gold, lamps, "--json", *more).out)["levels"]["source"]["predicted"])

    before = figures()
    assert predicted() == len(claims) <= predicted("--confidence", "0")
    (lamps / "claims.csv").write_text(
        "document,quote,source,action,target\n"
        "cut,Dynamo suspended Voltix on Monday,Dynamo Works,SANCTION,Voltix\n"
        "cut,suspended Voltix on Monday,Dynamo Works,SANCTION,Voltix\n",
        encoding="utf-8",
    )
    assert figures() == before, "claims by hand are neither scored nor made events of"
    one = next(from_row(Claim, c | {"case": "lamps"}) for c in claims if c["action"] == "SANCTION")
    judgements.append(lamps / "judgements.csv", judgements.of_claim(one, "reject", "me", "2021-01-09"))
    assert predicted("--confidence", "0", "--reviewed") == predicted("--confidence", "0") - 1


def test_a_file_is_coded_as_its_case_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    text = "Lamp Union demanded on Friday that Dynamo drop Voltix. Dynamo suspended Voltix on Monday in response to Lamp Union.\n"
    (tmp_path / "one" / "a.txt").write_text(text, encoding="utf-8")
    case, file = run("code", tmp_path / "one").out, run("code", tmp_path / "one" / "a.txt").out
    told = [{k: v for k, v in json.loads(line).items() if k != "id"} for line in case.splitlines()]
    assert told == [{k: v for k, v in json.loads(line).items() if k != "id"} for line in file.splitlines()]
    assert [c["occasion"] for c in told if c["action"] == "SANCTION"] == ["Lamp Union"]
    piped = process("code", "-", input=text.encode()).out
    assert [json.loads(line)["occasion"] for line in piped.splitlines()] == [c["occasion"] for c in told]


@pytest.mark.parametrize(
    "words",
    [("query", "acts"), ("verify",), ("export", "x.jsonl"), ("retract", "a"), ("drop", "a"), ("dashboard",), ("query", "RETURN 1 AS x")],
)
def test_a_store_that_is_not_there_is_an_error_and_stays_so(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    store = tmp_path / "none.db"
    if words[0] == "export":
        words = ("export", str(tmp_path / "x.jsonl"))
    run(*words, "--store", store).refused(1, "no store at", "whom load")
    assert list(tmp_path.iterdir()) == []


def test_the_demo_loads_without_a_browser(sample: Sample, tmp_path: Path, run: Run) -> None:
    said = run("demo", "--folder", tmp_path / "demo", "--no-dashboard")
    assert said.code == 0 and said.err == "" and exported(tmp_path / "demo" / "whom.db") == exported(sample.store)
    assert run("demo", "--folder", tmp_path / "demo", "--no-dashboard").code == 0


def test_the_command_without_words(run: Run) -> None:
    assert run().code == 2 and run("--help").code == 0 and run("nonsense").code == 2
