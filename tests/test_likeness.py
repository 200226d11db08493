"""Likeness proposes, and never joins."""

from loaders.likeness import proposals


def pairs(*args: list[str]) -> list[tuple[str, str, str]]:
    return [(p.alias, p.name, p.why) for p in proposals(*args)]


def test_a_misspelt_name_is_proposed_for_the_known_one() -> None:
    assert pairs(["Harlow Fods"], ["Harlow Foods", "Meridian Ports"]) == [("Harlow Fods", "Harlow Foods", "alike")]


def test_of_two_unknown_names_the_shorter_is_the_alias() -> None:
    assert pairs(["Banco São Vito", "Banco Sao Vitor"]) == [("Banco São Vito", "Banco Sao Vitor", "alike")]


def test_accents_and_case_are_no_difference() -> None:
    (p,) = proposals(["KONINGS Bröd"], ["Konings Brod"])
    assert p.likeness == 100.0


def test_an_abbreviation_is_proposed_for_its_words() -> None:
    assert pairs(["DWA"], ["Dock Workers of Antra", "Dune Water"]) == [("DWA", "Dock Workers of Antra", "abbreviation")]
    assert pairs(["D.W.A."], ["Dock Workers of Antra"]) == [("D.W.A.", "Dock Workers of Antra", "abbreviation")]


def test_numbers_and_other_words_tell_apart() -> None:
    assert pairs(["Teamsters Local 54", "Teamsters Local 57"]) == []
    assert pairs(["Norvik Shipping", "Norvik Bank"]) == []


def test_nothing_to_compare() -> None:
    assert proposals([]) == () and proposals(["Acme"]) == () and proposals([], ["Acme"]) == ()
