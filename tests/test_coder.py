"""From sentences to claims, by construction; every sentence is our own, with names of many topics."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from graph.model import Claim, Document, to_row
from loaders import evaluate
from loaders.case import load_case
from loaders.coder import ROOMS, Coder
from loaders.evaluate_files import read_rows, splits_beside
from loaders.lexicon import read_lexicon

SATURDAY = date(2021, 1, 9)
SHARED = Path(__file__).parents[2] / "shared"


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder(read_lexicon())


def claims(text: str, published: date | None = SATURDAY, publisher: str | None = "Morning Post") -> list[Claim]:
    document = Document(case="c", document="d", title="", text=text, publisher=publisher, published=published)
    return list(coder().code(document).claims)


def said(text: str, published: date | None = SATURDAY) -> set[tuple[str, str, str | None]]:
    return {(c.source, c.action, c.target) for c in claims(text, published) if c.status == "counted"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dunmore Foods sued Velita Packaging on Tuesday.", {("Dunmore Foods", "ACCUSE", "Velita Packaging")}),
        ("Velita Packaging was sued by Dunmore Foods on Tuesday.", {("Dunmore Foods", "ACCUSE", "Velita Packaging")}),
        (
            "The Harrow Council and the Tessel Trust condemned Orbis Waste on Monday.",
            {("Harrow Council", "ACCUSE", "Orbis Waste"), ("Tessel Trust", "ACCUSE", "Orbis Waste")},
        ),
        (
            "Pelagos Bank fined nobody, but the Marine Authority fined Pelagos Bank and Norvik Shipping last week.",
            {("Marine Authority", "SANCTION", "Pelagos Bank"), ("Marine Authority", "SANCTION", "Norvik Shipping")},
        ),
        (
            "Lumo Radio dropped the presenter Ines Caldero, who had criticised Farwell Gas.",
            {("Lumo Radio", "SANCTION", "Ines Caldero"), ("Ines Caldero", "ACCUSE", "Farwell Gas")},
        ),
        ("Campaigners from Clear Rivers urged Hasko Mining to close its pit.", {("Clear Rivers campaigners", "REQUEST", "Hasko Mining")}),
        ("Brightline's suspension of Karo Motors drew little notice.", {("Brightline", "SANCTION", "Karo Motors")}),
        (
            "Amazon employees demanded on Friday that the company end its contract with Gab.",
            {("Amazon employees", "REQUEST", "Amazon")},
        ),
        (
            "Teachers at Larkhill School walked out on Thursday over Larkhill School's new rota.",
            {("Larkhill School teachers", "PROTEST", "Larkhill School")},
        ),
        (
            "Spokespeople for Apple and Google declined to comment.",
            {("Apple", "STATEMENT", "Morning Post"), ("Google", "STATEMENT", "Morning Post")},
        ),
        (
            "Unions including Dockside One and Harbour Voice called on Meridian Ports to reopen talks.",
            {("Dockside One", "REQUEST", "Meridian Ports"), ("Harbour Voice", "REQUEST", "Meridian Ports")},
        ),
    ],
)
def test_constructions(text: str, wanted: set[tuple[str, str, str | None]]) -> None:
    assert wanted <= said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shares in Dunmore Foods climbed 4 percent after the results.",
        "Velita Packaging was founded in 1988 and employs 300 people in Leeds.",
        "Harrow beat Tessel 3-1 away from home on Saturday night.",
        "Heavy rain will reach the coast by Sunday, the forecast says.",
        "Let's block ads! (Why?)",
        "Orbis launched a new telephone with two cameras.",
    ],
)
def test_what_is_no_act_yields_none(text: str) -> None:
    assert not said(text)


def test_respectively_gives_each_its_day() -> None:
    days = {
        c.source: c.date_start
        for c in claims("Google and Apple removed Parler from their stores on Friday and Saturday, respectively.")
        if c.action == "SANCTION"
    }
    assert days == {"Google": date(2021, 1, 8), "Apple": date(2021, 1, 9)}


def test_announced_end_is_no_negation_and_keeps_both_days() -> None:
    (claim,) = [
        c
        for c in claims("Amazon Web Services told Parler on Saturday that it would suspend Parler's account on Sunday.")
        if c.action == "SANCTION"
    ]
    assert (claim.source, claim.target, claim.modality) == ("AWS", "Parler", "announced")
    assert (claim.date_start, claim.announced_date) == (date(2021, 1, 10), SATURDAY)


def test_a_demand_keeps_what_is_asked_and_makes_no_act_of_it() -> None:
    found = [c for c in claims("Amazon employees urged the company on Friday to cut ties with Parler.") if c.status == "counted"]
    assert [(c.source, c.action, c.target) for c in found] == [("Amazon employees", "REQUEST", "Amazon")]
    assert found[0].demand == {"action": "SANCTION", "target": "Parler"}
    assert found[0].about == ("Parler",)


def test_what_never_happened_is_negated() -> None:
    assert {c.modality for c in claims("Dunmore Foods did not sue Velita Packaging.") if c.action == "ACCUSE"} == {"negated"}


def test_an_act_long_past_is_historical() -> None:
    (claim,) = [c for c in claims("In 2018 the Marine Authority fined Norvik Shipping.") if c.action == "SANCTION"]
    assert (claim.modality, claim.date_start, claim.granularity) == ("historical", date(2018, 1, 1), "year")


def test_a_unit_and_its_workforce_are_never_merged_with_the_company() -> None:
    text = "Amazon Employees for Climate Justice applauded Amazon on Saturday. The group had demanded that the company drop Parler."
    found = said(text)
    assert ("AECJ", "SUPPORT", "Amazon") in found
    assert ("AECJ", "REQUEST", "Amazon") in found


def test_unknown_publication_leaves_relative_dates_open() -> None:
    (claim,) = list(claims("Dunmore Foods sued Velita Packaging on Tuesday.", published=None))
    assert (claim.date_start, claim.granularity, claim.basis) == (None, "unknown", "relative")


def test_every_claim_quotes_its_document_to_the_character() -> None:
    text = "« Ça suffit », said Élise Brün — of Ørsted Røyk.\nShe accused Tromsø Fisk of “dumping” waste\u00a0on Monday. 🐟 Tromsø Fisk denied it."
    found = claims(text)
    assert found
    for c in found:
        assert text[c.start : c.end] == c.quote
        assert text[c.sentence_start : c.sentence_start + len(c.sentence)] == c.sentence


def test_the_same_document_gives_the_same_claims() -> None:
    text = "Dunmore Foods sued Velita Packaging. Velita Packaging denied the charge and criticised Dunmore Foods."
    assert claims(text) == claims(text)


# ---------------------------------------------------------------- quality floors
def figures(gold: Path, case: Path, split: str | None = None) -> evaluate.Score:
    rows = read_rows(gold)
    found = [to_row(c) for c in load_case(case, reviewed=False).batch.claims if c.status == "counted" and c.found != "hand"]
    if split:
        splits = splits_beside(gold)
        rows, found = ([r for r in some if splits[str(r["document"])] == split] for some in (rows, found))
    return evaluate.score(rows, found)


def test_the_sample_case_is_coded_well() -> None:
    sample = Path(__file__).parents[1] / "loaders" / "sample_case" / "amazon-parler"
    result = figures(sample / "gold.jsonl", sample)
    # Measured 0.80 with 9 extra claims per 100.
    assert result.levels["dyad+type"].f1 >= 0.75
    assert result.extra_per_100 <= 15


needs_shared = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared/corpus is not there: its texts are not ours to ship")


@needs_shared
def test_the_five_articles_are_coded_well() -> None:
    result = figures(SHARED / "gold" / "claims.jsonl", SHARED / "corpus")
    assert result.levels["dyad+type"].f1 >= 0.69
    assert result.extra_per_100 < 28


RENAMED = {
    "Amazon Web Services": "Calder Grid Works", "AWS": "CGW", "awscloud": "cgwgrid", "AMZNforClimate": "CALDforRivers", "Amazon Employees for Climate Justice": "Calder Employees for River Justice",
    "Amazon Employees For Climate Justice": "Calder Employees For River Justice", "AECJ": "CERJ", "Amazon": "Calder", "AMZN": "CLDR", "Parler": "Tavlin", "Alphabet": "Ostrel", "GOOGL": "OSTR", "GOOG": "OSTX", "Google": "Virelle",
    "Apple": "Hazelby", "Twitter": "Plumage", "TWTR": "PLMG", "Facebook": "Kinbook", "BuzzFeed News": "Rumble Gazette", "BuzzFeed": "Rumble", "CNBC": "QTVN", "DCD": "SRW", "Benzinga": "Marketeer", "Gab": "Jib",
    "John Matze": "Piers Holloway", "Matze": "Holloway", "Jeff Bezos": "Gil Tannahill", "Bezos": "Tannahill", "Amy Peikoff": "Una Marsh", "Donald Trump": "Rupert Vance", "realDonaldTrump": "realRupertVance", "Trump": "Vance", "Joe Biden": "Noel Ashby",
    "Color of Change": "Shade of Hope", "Muslim Advocates": "Quaker Advocates", "Public Citizen": "Common Citizen", "New York Times": "Old Port Times", "Play Store": "Joy Store",
}  # fmt: skip


def renamed(text: str) -> str:
    pattern = "|".join(re.escape(n) for n in sorted(RENAMED, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: RENAMED[m.group()], text)


@needs_shared
def test_names_are_no_crutch(tmp_path: Path) -> None:
    """The five articles with every actor renamed (names through a case lexicon, offsets made anew) lose at most 0.05."""
    import csv

    corpus, case = SHARED / "corpus", tmp_path / "renamed"
    (case / "lexicons").mkdir(parents=True)
    texts = {p.stem: p.read_text(encoding="utf-8") for p in corpus.glob("*.txt")}
    for name, text in texts.items():
        (case / f"{name}.txt").write_text(renamed(text), encoding="utf-8")
    with (corpus / "documents.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (case / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({k: renamed(v) if k in ("title", "publisher") else v for k, v in r.items()} for r in rows)
    lexicon = Path(__file__).parents[1] / "loaders" / "lexicons"
    for name in ("actors.csv", "aliases.csv", "ties.csv"):
        (case / "lexicons" / name).write_text(renamed((lexicon / name).read_text(encoding="utf-8")), encoding="utf-8")
    gold = tmp_path / "gold.jsonl"
    lines = []
    for row in read_rows(SHARED / "gold" / "claims.jsonl"):
        text = texts[row["document"]]
        row["start"], row["end"] = len(renamed(text[: row["start"]])), len(renamed(text[: row["end"]]))
        lines.append(
            json.dumps(
                {
                    k: [renamed(x) for x in v] if isinstance(v, list) else renamed(v) if k in ("source", "target", "quote") and v else v
                    for k, v in row.items()
                }
            )
        )
    gold.write_text("\n".join(lines), encoding="utf-8")
    plain = figures(SHARED / "gold" / "claims.jsonl", corpus).levels["dyad+type"].f1
    other = figures(gold, case).levels["dyad+type"].f1
    assert plain - other <= 0.05, (plain, other)


def test_a_change_in_any_room_of_the_coder_codes_anew() -> None:
    """`version` hashes every file of ours that coding imports, so that no kept coding outlives its coder."""
    code = "import sys, loaders.coder; print(*(m for m in sys.modules if m.startswith('loaders.')))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {m.split(".")[1] for m in loaded} - {"coder"} == set(ROOMS)


def test_both_are_the_two_last_told_and_two_are_not() -> None:
    told = "Corvina Foods and Brenholt Railways met on Monday. "
    assert {c[0] for c in said(told + "Both companies sued Tollan Bank on Tuesday.") if c[2] == "Tollan Bank"} == {
        "Corvina Foods",
        "Brenholt Railways",
    }
    found = said("Corvina Foods and Brenholt Railways sued Tollan Bank. Two protesters blocked the gates of Harbor Dairy on Tuesday.")
    assert not {c for c in found if c[2] == "Harbor Dairy" and c[0] in ("Brenholt Railways", "Tollan Bank", "Corvina Foods")}


def test_days_after_are_counted_once_for_all_acts_of_a_sentence() -> None:
    text = "The Rail Guild fined Brenholt Railways on 3 June 2020. Two days later, the Rail Guild sued Brenholt Railways and boycotted Corvina Foods."
    days = {c.date_start for c in claims(text) if c.action in ("ACCUSE", "PROTEST", "SANCTION") and c.sentence_start > 0}
    assert days == {"2020-06-05"} or days == {date(2020, 6, 5)}
