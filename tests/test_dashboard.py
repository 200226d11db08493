"""The dashboard's first page: the real app on a real store, the map's HTML, the marked sentence, the address."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import evidence, filters, network
from dashboard.filters import View
from graph import questions
from graph.model import Actor, Batch, Case, Claim, Document, Event
from graph.store import open_store

APP = Path(__file__).parents[1] / "dashboard" / "app.py"
HOSTILE = "<img src=x onerror=alert(1)>"
BREAKOUT = "</script><script>alert(2)</script>"


def batch(source: str = "Union", target: str = "Line", day: date | None = date(2021, 1, 8)) -> Batch:
    text = f"On Friday {source} sued {target}. It <b>rained</b>."
    quote = f"{source} sued {target}"
    at = text.index(quote)
    claim = Claim(
        case="c", document="d", start=at, end=at + len(quote), quote=quote, source=source, action="ACCUSE", mode="+lawsuit", target=target, date_start=day, date_end=day,
        granularity="day" if day else "unknown", sentence=text[: text.index(". It") + 1], found="both", confidence=0.91, origin="Post",
    )  # fmt: skip
    event = Event(
        case="c",
        claims=(claim.id,),
        source=source,
        action="ACCUSE",
        mode="+lawsuit",
        target=target,
        date_start=day,
        date_end=day,
        latest=day,
        documents=1,
        origins=1,
    )
    document = Document(
        case="c",
        document="d",
        title=f"Title {HOSTILE}",
        text=text,
        publisher="Post",
        published=date(2021, 1, 9),
        url="https://example.org/a",
    )
    return Batch(
        case=Case(case="c", heading="A case"),
        documents=(document,),
        actors=tuple(Actor(name=n, kind="group") for n in sorted((source, target))),
        claims=(claim,),
        events=(event,),
    )


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "g.db"
    monkeypatch.setenv("WHOM_STORE", str(path))
    with open_store(path) as held:
        held.write(batch())
    return path


def app(**address: str) -> AppTest:
    test = AppTest.from_file(str(APP), default_timeout=30)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def words(test: AppTest) -> str:
    return " ".join(
        str(e.value) for kind in ("title", "caption", "info", "markdown", "error", "warning", "subheader") for e in getattr(test, kind)
    )


def test_the_page_tells_draws_and_lists(store: Path) -> None:
    page = app()
    assert not page.exception
    assert "1 acts of 2 actors, 2021-01-08 to 2021-01-08, told by 1 publishers" in words(page)
    assert page.dataframe[0].value[["source", "target", "acts"]].values.tolist() == [["Union", "Line", 1]]


def test_an_address_is_a_view_and_a_choice_shows_the_sentences(store: Path) -> None:
    page = app(pair="Union → Line")
    assert page.subheader[0].value == "Union → Line"
    html = "".join(str(h.proto.body) for h in page.get("html"))
    assert "On Friday <mark>Union sued Line</mark>." in html
    assert "Post" in html and "2021-01-09" in html and "confidence 0.91" in html and "#:~:text=Union%20sued%20Line" in html


def test_filters_stand_in_the_address_and_an_empty_view_says_what_to_loosen(store: Path) -> None:
    page = app(since="2021-02-01", action="SANCTION", quad="9")
    assert "No acts to draw. Loosen: the first day, action." in words(page)
    assert "quad=9" in words(page)
    assert page.query_params["since"] in ("2021-02-01", ["2021-02-01"])


def test_a_new_graph_is_shown_at_the_next_run(store: Path) -> None:
    page = app()
    with open_store(store) as held:
        held.write(batch("Crew", "Ferry"))
    page.run()
    assert page.dataframe[0].value["source"].tolist() == ["Crew"]


def test_no_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOM_STORE", str(tmp_path / "none.db"))
    page = app()
    assert "whom load CASE" in page.error[0].value
    assert not (tmp_path / "none.db").exists()


def test_hostile_names_stay_text(store: Path) -> None:
    with open_store(store) as held:
        held.write(batch(HOSTILE, BREAKOUT))
    page = app(pair=f"{HOSTILE} → {BREAKOUT}")
    assert not page.exception
    html = "".join(str(h.proto.body) for h in page.get("html"))
    assert "<img src=x" not in html and "<script" not in html and "&lt;img src=x" in html


def drawn(b: Batch, path: Path) -> str:
    with open_store(path) as held:
        held.write(b)
        return network.page(network.network(questions.acts(held), questions.actors(held)), b.case.heading)


def test_the_map_is_one_page_that_calls_nobody(tmp_path: Path) -> None:
    page = drawn(batch(HOSTILE, BREAKOUT, day=None), tmp_path / "g.db")
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", page)
    assert page.count("</script>") == 2, "no name closes the script element"
    data = json.loads(re.search(r"const data = (\{.*\});", page).group(1))  # type: ignore[union-attr]
    assert {n["id"] for n in data["nodes"]} == {HOSTILE, BREAKOUT}
    (edge,) = data["edges"]
    assert (edge["from"], edge["to"], edge["color"]["color"], edge["dashes"]) == (HOSTILE, BREAKOUT, network.COLOURS[3], False)
    assert data["options"]["layout"]["randomSeed"] == network.SEED


def test_the_same_acts_give_the_same_page(tmp_path: Path) -> None:
    assert drawn(batch(), tmp_path / "a.db") == drawn(batch(), tmp_path / "b.db")


def test_a_view_goes_into_an_address_and_back() -> None:
    view = View(
        case="c",
        since="2021-01-08",
        actor="A & B",
        action=("SANCTION", "REQUEST"),
        quad=(3, 4),
        modality=("actual",),
        found="both",
        min_origins=2,
    )
    assert filters.read(view.address()) == (view, [])
    assert filters.read({"since": "soon", "action": "DANCE", "min_origins": "²", "until": "0850-01-01"}) == (
        View(),
        ["min_origins=²", "since=soon", "until=0850-01-01", "action=DANCE"],
    )


def test_only_web_addresses_become_links() -> None:
    (row,) = [evidence_row("javascript:alert(1)")]
    assert evidence.link(row) is None
    assert evidence.link(evidence_row("https://example.org/a#b")) == "https://example.org/a#:~:text=%3Cb%3E%20%22x%22"


def evidence_row(url: str) -> evidence.Evidence:
    values = dict.fromkeys(evidence.Evidence.__dataclass_fields__)
    return evidence.Evidence(
        **values | {"url": url, "quote": '<b> "x"', "title": "t", "sentence": "", "found": "hand", "confidence": 1.0, "document": "d"}
    )  # type: ignore[arg-type]
