"""graph/judgements.py and graph/review.py: reviewers' rows, read, appended, applied."""

from __future__ import annotations

import json
import multiprocessing
import pathlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.errors import BadInput
from graph.judgements import COLUMNS, Judgement, append, as_found, check, of_claim, read
from graph.model import Claim, Document
from graph.review import Applied, apply

TEXT = "Dockers struck.\n\nThe line “fired” ten of them on Monday. It then said no. Dockers struck.\n"
DOCUMENT = Document(case="c", document="a", title="A", text=TEXT, published=date(2021, 1, 9))


def claim(quote: str, source: str = "Line", action: str = "SANCTION", target: str | None = "Dockers", **more: Any) -> Claim:
    start = TEXT.index(quote)
    base: dict[str, Any] = {"quote": quote, "source": source, "action": action, "target": target, "found": "reader", "confidence": 0.7}
    return Claim(case="c", document="a", start=start, end=start + len(quote), **base | more)


FIRED = claim("The line “fired” ten of them on Monday", mode="+dismiss", date_start=date(2021, 1, 4), date_end=date(2021, 1, 4))
SAID_NO = claim("It then said no", action="REJECT")


def row(kind: str, verdict: str, minute: int = 0, of: Claim | None = None, value: Any = "", **more: str) -> Judgement:
    keys = {"document": of.document, "quote": of.quote, "as_found": as_found(of)} if of else {}
    text = value if isinstance(value, str) else json.dumps(value)
    return Judgement(when=f"2021-01-09T12:{minute:02}:00Z", who="ann", kind=kind, verdict=verdict, value=text, **keys | more)


def ref(of: Claim, **more: str) -> dict[str, str]:
    return {"document": of.document, "quote": of.quote, "as_found": as_found(of)} | more


def run(*rows: Judgement, claims: tuple[Claim, ...] = (FIRED, SAID_NO), documents: tuple[Document, ...] = (DOCUMENT,)) -> Applied:
    return apply(claims, rows, documents)


# -- the file
def test_what_is_appended_is_read_again(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "judgements.csv"
    assert read(path) == ((), ())
    odd = replace(row("claim", "reject", of=FIRED, why="=1+1, “no”\r\nnot so\n"), quote='a "b"\r, c')
    append(path, odd)
    append(path, row("document", "retract", document="a"), row("alias", "accept", as_found="L", value="Line"))
    rows, bad = read(path)
    assert bad == () and [r.line for r in rows] == [2, 6, 7], "lines as an editor counts them"
    assert replace(rows[0], line=0) == odd
    assert path.read_text(encoding="utf-8").startswith("when,who,kind,document,quote,as_found,verdict,value,why\n")


def test_a_file_by_hand_keeps_its_own_order_of_columns(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(
        "\ufeffverdict,kind,when,who,document,quote,as_found,value,why,colour\nretract,document,2021-01-09,ann,a,,,,,red", "utf-8"
    )
    append(path, row("document", "undo", document="a"))
    rows, bad = read(path)
    assert [(r.verdict, r.document) for r in rows] == [("retract", "a"), ("undo", "a")] and bad == ()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (row("merge", "accept"), "kind 'merge' is none of"),
        (row("claim", "yes", of=FIRED), "verdict 'yes' of a claim"),
        (replace(row("document", "retract", document="a"), when="9 Jan"), "is no ISO time"),
        (row("claim", "accept", document="a", quote="x"), "needs as_found"),
        (row("document", "retract"), "needs document"),
        (row("claim", "mend", of=FIRED), "needs the fields to change"),
        (row("claim", "mend", of=FIRED, value="{"), "not JSON"),
        (row("claim", "mend", of=FIRED, value="[1]"), "not a JSON object"),
        (row("claim", "mend", of=FIRED, value={"action": "SCOLD"}), "unknown action 'SCOLD': use one of AGREE"),
        (row("claim", "mend", of=FIRED, value={"date_start": "9 Jan"}), "is no date"),
        (row("claim", "mend", of=FIRED, value={"start": 3}), "'start' is no field"),
        (row("claim", "mend", of=FIRED, value={"about": "x"}), "about must be a list"),
        (row("claim", "mend", of=FIRED, value={"demand": {"action": "X"}}), "unknown action 'X' in the demand"),
        (row("claim", "mend", of=FIRED, value={"source": "A", "target": "A"}), "does not act on itself"),
        (row("claim", "mend", of=FIRED, value={"date_start": "0999-01-01"}), "lies outside the years 1000 to 2999"),
        (row("claim", "mend", of=FIRED, value={"date_start": "2021-01-09T10:00"}), "is no date"),
        (row("claim", "mend", of=FIRED, value={"date_start": "2021-01-09", "date_end": "2021-01-08"}), "lies after date_end"),
        (row("claim", "mend", of=FIRED, value={"mode": "+nonsense"}), "SANCTION has no mode"),
        (row("claim", "mend", of=FIRED, value={"action": "REJECT", "mode": "+dismiss"}), "REJECT has no mode"),
        (row("claim", "mend", of=FIRED, value={"demand_action": "FOO"}), "'demand_action' is no field"),
        (row("claim", "mend", of=FIRED, value={"demand": {"action": "SANCTION", "target": 5}}), "demand_target must be a text"),
        (row("claim", "mend", of=FIRED, value={"demand": {"target": "A"}}), "a demand needs an action"),
        (row("claim", "mend", of=FIRED, value={"demand": "SANCTION"}), "demand must be"),
        (row("claim", "mend", of=FIRED, value='{"target": "A\\u0000"}'), "target is not a text"),
        (row("claim", "mend", of=FIRED, value='{"about": ["\\ud800"]}'), "about is not a text"),
        (row("claim", "mend", of=FIRED, value={"source": None}), "source is empty"),
        (row("claim", "mend", of=FIRED, value={"target": ""}), "target is empty"),
        (row("claim", "mend", of=FIRED, value={"modality": "perhaps"}), "unknown modality 'perhaps'"),
        (row("claim", "mend", of=FIRED, value={"actions_ok": ["FOO"]}), "unknown action 'FOO' in actions_ok"),
        (row("claim", "mend", of=FIRED, value={"sentence_start": True}), "sentence_start True is no offset"),
        (row("claim", "accept", of=FIRED, value='{"occasion": "\\ud800"}'), "occasion is not a text"),
        (row("same_act", "undo", of=FIRED, value="{"), "not JSON"),
        (
            row("response", "accept", of=FIRED, value='{"document": "\\ud800", "quote": "x", "as_found": "y"}'),
            "document of the other claim is not a text",
        ),
        (row("add", "add", document="a", quote="x", value={"source": "A"}), "needs action"),
        (row("alias", "accept", as_found="L"), "canonical name"),
        (row("same_act", "same", of=FIRED), "needs document, quote, as_found of the other"),
        (row("response", "accept", of=FIRED, value=ref(SAID_NO)), "needs a kind, one of fulfilled"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: pathlib.Path, wrong: Judgement, reason: str) -> None:
    path = tmp_path / "judgements.csv"
    with pytest.raises(BadInput, match=reason):
        append(path, wrong)
    assert not path.exists()
    append(path, row("document", "retract", document="a"))
    import csv

    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([getattr(wrong, c) for c in COLUMNS])
    rows, bad = read(path)
    assert len(rows) == 1 and [(b.file, b.line) for b in bad] == [(path, 3)] and reason in bad[0].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"when,who\n", "no column kind, document"), (b"when\xff", "not UTF-8 at byte 4"), (",".join(COLUMNS).encode() + b'\n"a', "not CSV")],
)
def test_a_file_that_is_none(tmp_path: pathlib.Path, content: bytes, reason: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=reason):
        read(path)


def test_a_place_that_cannot_be_written(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        append(tmp_path / "nowhere" / "judgements.csv", row("document", "retract", document="a"))


def test_half_a_character_in_a_cell_is_never_written(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="half of a surrogate pair"):
        append(tmp_path / "judgements.csv", row("document", "retract", document="a", why="\ud800"))
    assert not (tmp_path / "judgements.csv").exists()


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "judgements.csv"
    good, bad_kind = "2021-01-09,ann,document,a,,,retract,,", "2021-01-09,ann,nothing,a,,,retract,,"
    path.write_text("\n".join([",".join(COLUMNS), good, "", bad_kind, "", "", good, ""]), encoding="utf-8")
    rows, bad = read(path)
    assert [r.line for r in rows] == [2, 7] and [b.line for b in bad] == [4]
    path.write_text("\n".join([",".join(COLUMNS), good, '2021-01-09,"a"b', ""]), encoding="utf-8")
    with pytest.raises(BadInput, match="not CSV") as error:
        read(path)
    assert error.value.line == 3


def _append_many(path: pathlib.Path, who: str) -> None:
    for minute in range(40):
        append(path, replace(row("document", "retract", minute, document="a" * 200), who=who))


def test_two_writers_at_once_lose_nothing(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "judgements.csv"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_many, args=(path, who)) for who in ("ann", "bo")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    rows, bad = read(path)
    assert bad == () and sorted({(r.who, r.when) for r in rows}).__len__() == len(rows) == 80


# -- applying
def test_reject_accept_mend() -> None:
    done = run(row("claim", "reject", of=FIRED), row("claim", "accept", of=SAID_NO))
    assert [(c.status, c.found) for c in done.claims] == [("rejected", "reader"), ("counted", "review")] and done.unmatched == ()
    low = replace(FIRED, status="low")
    (mended, _) = run(
        row("claim", "mend", of=FIRED, value={"target": "Crew", "date_start": None, "date_end": None}), claims=(low, SAID_NO)
    ).claims
    assert (mended.target, mended.date_start, mended.mode, mended.status) == ("Crew", None, "+dismiss", "counted")
    assert (mended.found, mended.confidence, mended.quote) == ("review", 1.0, FIRED.quote)
    check(row("claim", "reject", of=FIRED, value="no JSON, and not read"))
    assert run(row("claim", "unsure", of=FIRED)).claims == (FIRED, SAID_NO)
    (asked, _) = run(row("claim", "mend", of=FIRED, value={"action": "REQUEST", "demand": {"action": "RETREAT", "target": None}})).claims
    assert asked.demand == {"action": "RETREAT", "target": None}


def test_a_mend_that_does_not_fit_its_claim_changes_nothing() -> None:
    late = row("claim", "mend", of=FIRED, value={"date_start": "2021-01-09"})
    done = run(late)
    assert done.claims == (FIRED, SAID_NO) and [w for _, w in done.unmatched] == ["date_start 2021-01-09 lies after date_end 2021-01-04"]
    (mended, _) = run(row("claim", "mend", of=FIRED, value={"date_start": "2021-01-03", "mode": None, "target": None})).claims
    assert (mended.date_start, mended.mode, mended.target) == (date(2021, 1, 3), None, None)
    itself = run(row("claim", "mend", of=FIRED, value={"target": "Line"}))
    assert itself.claims == (FIRED, SAID_NO) and [w for _, w in itself.unmatched] == ["an actor does not act on itself"]


def test_the_latest_row_wins_and_an_undo_is_a_row() -> None:
    reject, accept, undo = (row("claim", v, n, of=FIRED) for n, v in enumerate(("reject", "accept", "undo")))
    assert run(accept, reject).claims[0].found == "review", "by time, not by place"
    assert run(reject, accept, undo).claims == (FIRED, SAID_NO)
    mend = row("claim", "mend", 0, of=FIRED, value={"target": "Crew"})
    mended = run(mend).claims[0]
    assert run(mend, row("claim", "reject", 1, of=mended)).claims[0].status == "rejected", "known by its new fields too"
    assert run(mend, row("claim", "reject", 1, of=mended), row("claim", "undo", 2, of=mended)).claims[0] == mended


def test_reviewed_claims_outlive_the_coder() -> None:
    accept = of_claim(FIRED, "accept", "ann", "2021-01-09")
    (kept,) = run(accept, claims=()).claims
    assert (kept.source, kept.target, kept.mode, kept.date_start) == ("Line", "Dockers", "+dismiss", date(2021, 1, 4))
    assert (kept.start, kept.end, kept.found, kept.status) == (FIRED.start, FIRED.end, "review", "counted")
    assert kept.sentence == "The line “fired” ten of them on Monday." and TEXT[kept.sentence_start :].startswith(kept.sentence)
    moved = replace(DOCUMENT, text="New first line.\n" + TEXT.replace("“", '"').replace("”", '"'))
    (kept,) = run(accept, claims=(), documents=(moved,)).claims
    assert kept.quote == 'The line "fired" ten of them on Monday' and moved.text[kept.start : kept.end] == kept.quote
    gone = run(accept, row("claim", "reject", of=SAID_NO), claims=(), documents=(replace(DOCUMENT, text="Other."),))
    assert gone.claims == () and [why for _, why in gone.unmatched] == ["the quote no longer stands in the document"] * 2
    longer = claim("The line “fired” ten of them")
    assert run(row("claim", "reject", of=FIRED), claims=(longer,)).claims[0].status == "rejected", "the same act, quoted shorter"


def test_added_claims_need_their_quote_in_the_text() -> None:
    value = {"source": "Dockers", "action": "PROTEST", "mode": "strike", "target": "Line"}
    add = row("add", "add", document="a", quote="Dockers struck", value=value)
    done = run(add)
    assert [(c.source, c.mode, c.start, c.found) for c in done.claims[2:]] == [("Dockers", "strike", 0, "review")]
    again = run(add, claims=done.claims)
    assert len(again.claims) == 3, "what the coder finds by itself is not added twice"
    assert run(add, row("add", "undo", 1, document="a", quote="Dockers struck", as_found="Dockers|PROTEST|Line")).claims == (FIRED, SAID_NO)
    assert run(add, row("claim", "reject", 1, of=done.claims[2])).claims[2].status == "rejected"
    for wrong in (replace(add, quote="Crew struck"), replace(add, document="b")):
        result = run(wrong)
        assert len(result.claims) == 2 and result.unmatched[0][0] == wrong


def test_aliases() -> None:
    alias = row("alias", "accept", as_found="Line", value="Orran Line")
    done = run(alias, row("claim", "reject", 1, of=FIRED), row("alias", "accept", as_found="Nobody", value="X"))
    assert [(c.source, c.status) for c in done.claims] == [("Orran Line", "rejected"), ("Orran Line", "counted")]
    assert done.aliases["Line"] == "Orran Line" and [w for _, w in done.unmatched] == ["nobody is named 'Nobody'"]
    (one, _) = run(row("alias", "accept", as_found="Line", value="Dockers")).claims
    assert one.status == "rejected", "an actor acts on itself never"
    assert run(alias, row("alias", "reject", 5, as_found="Line")).claims == (FIRED, SAID_NO)
    (kept,) = run(alias, of_claim(FIRED, "accept", "ann", "2021-01-09"), claims=()).claims
    assert kept.source == "Orran Line"


def test_pairs_and_documents() -> None:
    same = row("same_act", "same", of=FIRED, value=ref(SAID_NO))
    turned = row("same_act", "different", 1, of=SAID_NO, value=ref(FIRED))
    pair = frozenset((FIRED.id, SAID_NO.id))
    assert run(same).same_act == {pair: True} and run(same, turned).same_act == {pair: False}
    assert run(same, row("same_act", "undo", 2, of=FIRED, value=ref(SAID_NO))).same_act == {}
    link = row("response", "accept", of=SAID_NO, value=ref(FIRED, kind="refused"))
    assert run(link).responses == {(SAID_NO.id, FIRED.id): "refused"}
    assert run(link, row("response", "reject", 1, of=SAID_NO, value=ref(FIRED))).responses == {(SAID_NO.id, FIRED.id): None}
    lost = run(same, claims=(FIRED,))
    assert lost.same_act == {} and lost.unmatched[0][1] == "the other claim is not there"
    retract = row("document", "retract", document="a")
    gone = run(retract, row("document", "retract", document="b"))
    assert gone.claims == () and gone.retracted == {"a", "b"} and [w for _, w in gone.unmatched] == ["there is no such document"]
    assert run(retract, row("document", "undo", 1, document="a")).claims == (FIRED, SAID_NO)


def test_a_reviewed_link_goes_before_the_rule() -> None:
    from graph.acts import events
    from graph.responses import responses

    ask = claim("Dockers struck", "Dockers", "REQUEST", "Line", date_start=date(2021, 1, 3), date_end=date(2021, 1, 3))
    made, _ = events((ask, FIRED), (DOCUMENT,))
    (by_rule,) = responses(made, (ask, FIRED), (), None)
    assert (by_rule.kind, by_rule.basis) == ("answered", "inferred")
    assert responses(made, (ask, FIRED), (), None, {(FIRED.id, ask.id): None}) == ()
    (settled,) = responses(made, (ask, FIRED), (), None, {(FIRED.id, ask.id): "refused"})
    assert (settled.kind, settled.basis, settled.lag_max) == ("refused", "stated", 1)
