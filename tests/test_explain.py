"""whom explain: every step of a coding can be read."""

from datetime import date

from graph.model import Document
from loaders.coder import Coder
from loaders.explain import explain
from loaders.lexicon import read_lexicon

TEXT = "The Retailers' Energy Forum (REF) sued Lumen on Tuesday.\nNobody said who paid."


def test_names_dates_rules_and_claims_are_shown() -> None:
    document = Document(case="c", document="d", title="", text=TEXT, publisher="Post", published=date(2021, 1, 9))
    shown = explain(Coder(read_lexicon()), document)
    assert "name: Retailers ' Energy Forum = Retailers' Energy Forum" in shown
    assert "date words: 'on Tuesday' (weekday), hang on 'sued'" in shown
    assert "lexicon row actions.csv:" in shown and "-> ACCUSE +lawsuit" in shown
    assert "ACCUSE +lawsuit Lumen: actual, 2021-01-05..2021-01-05 (day, relative)" in shown
    assert "sued/VERB/root>0" in shown


def test_one_sentence_by_its_offset() -> None:
    document = Document(case="c", document="d", title="", text=TEXT, masked=((57, 78, "footer"),))
    assert "Nobody" not in explain(Coder(read_lexicon()), document, at=3)
    assert "masked (footer)" in explain(Coder(read_lexicon()), document, at=60)
    assert "no sentence at 900" in explain(Coder(read_lexicon()), document, at=900)


def test_the_occasion_of_a_claim_is_shown() -> None:
    text = "Lamp Union demanded on Friday that Dynamo drop Voltix. Dynamo suspended Voltix in response to Lamp Union."
    assert "; occasion Lamp Union" in explain(Coder(read_lexicon()), Document(case="c", document="d", title="", text=text))
