"""Sentences and words: where they start and end, and what is left out."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.sentences import sentences


def texts(text: str, masked: tuple[tuple[int, int, str], ...] = ()) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, masked)]


def test_abbreviations_and_initials_end_nothing() -> None:
    assert texts("Dr. R. K. Amin of Harlow Inc. sued St. Bride's on Jan. 4. It lost.") == [
        "Dr. R. K. Amin of Harlow Inc. sued St. Bride's on Jan. 4.",
        "It lost.",
    ]


def test_a_stop_inside_quotes_ends_the_sentence_with_its_mark() -> None:
    assert texts("“We refuse.” The union left.") == ["“We refuse.”", "The union left."]


def test_lines_are_not_joined_unless_a_sentence_is_broken() -> None:
    assert texts("Port strike grows\nDockers walked out.") == ["Port strike grows", "Dockers walked out."]
    assert len(texts("The dockers of Ellery walked out on Monday\nover the new rota and its hours.")) == 1


def test_stamps_bullets_and_datelines_are_no_part_of_a_sentence() -> None:
    assert texts("14:20 - Police cleared the square.") == ["Police cleared the square."]
    assert texts("PORT ELLERY — Dockers walked out.") == ["Dockers walked out."]
    assert texts("LIMA, Sept 8 (Agencia Sol) - Miners struck.") == ["Miners struck."]


def test_masked_text_yields_no_sentence() -> None:
    text = "Dockers walked out.\nRead more: ten ferries\nThe line refused."
    start = text.index("Read")
    assert texts(text, ((start, start + len("Read more: ten ferries"), "related"),)) == ["Dockers walked out.", "The line refused."]


def test_a_possessive_is_a_word_of_its_own() -> None:
    assert [w.text for w in sentences("Ellery's ferries won't sail.")[0].words] == ["Ellery", "'s", "ferries", "won't", "sail", "."]


@given(st.text(max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    last = 0
    for s in sentences(text):
        assert last <= s.start < s.end <= len(text)
        last = s.start
        assert s.words and all(text[w.start : w.end] == w.text for w in s.words)
        assert all(a.end <= b.start for a, b in zip(s.words, s.words[1:], strict=False))
