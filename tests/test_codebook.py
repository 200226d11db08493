"""The codebook as data."""

from graph import codebook


def test_types_quads_and_scale_are_plovers() -> None:
    types = codebook.types()
    assert len(types) == 17 and "STATEMENT" in types
    assert {t: a.quad for t, a in types.items() if t in ("AGREE", "AID", "ACCUSE", "SANCTION", "STATEMENT")} == {
        "AGREE": 1, "AID": 2, "ACCUSE": 3, "SANCTION": 4, "STATEMENT": 0,
    }  # fmt: skip
    assert (types["ACCUSE"].scale, types["AID"].scale, types["ASSAULT"].scale) == (-3, 10, -9)


def test_every_own_mode_folds_into_a_mode_of_its_type() -> None:
    for (kind, mode), act in codebook.acts().items():
        if act.folds_to:
            assert mode and mode.startswith("+") and act.folds_to in codebook.modes()[kind]


def test_verbs_stand_between_source_and_target() -> None:
    assert codebook.verb("SANCTION", "+delist") == "delisted"
    assert codebook.verb("SANCTION", "no such mode") == codebook.verb("SANCTION") == "acted against"


def test_acts_that_take_place() -> None:
    assert codebook.DONE == ("actual", "announced", "historical") and set(codebook.DONE) < set(codebook.MODALITIES)
