"""Names and what they stand for, within one document."""

from __future__ import annotations

from functools import lru_cache

import pytest

from loaders.actors import Cast
from loaders.lexicon import read_lexicon
from loaders.names import find_names
from loaders.reader import Reader
from loaders.sentences import sentences
from loaders.trees import Tree


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader()


def cast(text: str) -> Cast:
    found = sentences(text)
    trees = [Tree(s, r) for s, r in zip(found, reader().read([[w.text for w in s.words] for s in found]), strict=True)]
    return Cast(trees, find_names(trees, read_lexicon()), text, read_lexicon(), types=reader().types)


def who(text: str, words: str) -> str | None:
    c = cast(text)
    at = text.rindex(words)
    for s, tree in enumerate(c.trees):
        inside = [i for i, w in enumerate(tree.sentence.words) if w.start >= at and w.end <= at + len(words)]
        if inside:
            found = c.resolve(s, inside[0], inside[-1])
            return found[0].name if found else None
    return None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Retailers' Energy Forum (REF) sued Lumen. REF won.", "REF", "Retailers' Energy Forum"),
        ("The Flour Workers' Union sued Crumb & Co.", "The Flour Workers' Union", "Flour Workers' Union"),
        ("The county fined Quarrow Mills 40,000 crowns.", "Quarrow Mills", "Quarrow Mills"),
        ("The web shop Bazaar 24 was fined. Bazaar 24 paid.", "Bazaar 24", "Bazaar 24"),
        ("Halvorsen Toys paid. Later Halvorsen stopped.", "Halvorsen", "Halvorsen Toys"),
        ("Judge Rosa Prado fined Lumen. Prado would not comment.", "Prado", "Rosa Prado"),
        ("Lumen Inc (LMN.O), a gas supplier, cut off homes. The supplier apologised.", "The supplier", "Lumen Inc"),
        ("The messaging app Zumbo was blocked. The app came back.", "The app", "Zumbo"),
        ("The Verdant Palm Council barred Tanjung. The council met on Friday.", "The council", "Verdant Palm Council"),
        ("Workers at Harlow Foods struck. Harlow Foods fired the workers.", "the workers", "Harlow Foods employees"),
        ("Mara Lind, the mayor, resigned. She blamed Orbis.", "She", "Mara Lind"),
        ("Amazon Inc AMZN fell. Amazon sold Twitch.", "Amazon", "Amazon"),
        ("President Trump left. Twitter banned President Trump.", "President Trump", "Donald Trump"),
        ("The Bank of Orrin lent money to Kesk & Sons.", "Kesk & Sons", "Kesk & Sons"),
        ("A group of Amazon employees wrote to Google.", "A group of Amazon employees", "Amazon employees"),
        ("Parler CEO John Matze spoke.", "John Matze", "John Matze"),
        ("Orbis sued Kesk. Kesk's spokesman denied it.", "Kesk's spokesman", "Kesk"),
    ],
)
def test_who_is_meant(text: str, words: str, name: str) -> None:
    assert who(text, words) == name


def test_people_of_a_company_are_never_the_company() -> None:
    text = "Amazon Employees for Climate Justice wrote to Amazon. Harlow Foods Workers Union wrote to Harlow Foods."
    assert who(text, "Amazon") == "Amazon"
    assert {e.name for e in cast(text).entities} == {"AECJ", "Amazon", "Harlow Foods Workers Union", "Harlow Foods"}


@pytest.mark.parametrize("text", ["On Monday it rained.", "Christmas came early.", "I'm sure we won't."])
def test_days_and_pronouns_are_no_names(text: str) -> None:
    assert cast(text).entities == []


def test_a_possessor_that_leads_back_to_itself_ends() -> None:
    assert cast("The man whose brother, whose house burned, sued the man whose brother sued left.").resolve(0, 0, 1) is not None
