"""lexicons/*.csv -> Lexicon: names, aliases, ties, nouns and action words, checked when they are read.

The shipped files come first; a case's own `lexicons/` folder adds to them and, for the same name, alias or noun, wins.
A bad row is refused with file, line and reason (BadInput). Each column is explained in lexicons/README.md.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from graph import codebook
from graph.errors import BadInput
from graph.model import Tie
from loaders.sentences import WORD

SHIPPED = Path(__file__).parent / "lexicons"
COLUMNS = {
    "actors.csv": ("name", "kind"),
    "aliases.csv": ("alias", "name", "sense"),
    "ties.csv": ("actor", "relation", "other", "since", "until"),
    "nouns.csv": ("noun", "class", "kind"),
    "modes.csv": ("type", "mode", "words"),
    "actions.csv": ("word", "pos", "forms", "type", "mode", "pattern", "example"),
}
NOUN_CLASSES = ("organization", "person", "group", "spokesperson", "part", "property", "act")
RELATIONS = ("PART_OF", "LEADS", "MEMBER_OF")


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand beside an action word: `slot` obj, prep:from ..., `words` one of which its head must be (or none of
    which, where `negative`)."""

    slot: str
    words: frozenset[str]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One row of actions.csv: a word in a frame says an act of this type and mode."""

    word: str
    pos: str
    forms: tuple[tuple[str, ...], ...]
    type: str
    mode: str | None
    target: str
    conditions: tuple[Condition, ...]
    clause: bool
    person: bool
    example: str
    line: int
    file: str


@dataclass(frozen=True)
class Lexicon:
    """All words and names that the coder knows. `names` maps the words of a name or alias to (canonical name, sense);
    sense is name, or product for what belongs to the actor named."""

    kinds: Mapping[str, str]
    names: Mapping[tuple[str, ...], tuple[str, str]]
    ties: tuple[Tie, ...]
    nouns: Mapping[str, tuple[str, str]]
    actions: Mapping[str, tuple[ActionRow, ...]]
    modes: Mapping[str, tuple[tuple[str, str], ...]]
    called: Mapping[str, tuple[str, ...]]
    version: str

    def noun(self, word: str) -> tuple[str, str] | None:
        """(class, kind) of a noun or its singular, or None."""
        word = word.lower()
        for form in (
            word,
            word[:-1] if word.endswith("s") else word,
            word[:-3] + "y" if word.endswith("ies") else word,
            word[:-2] if word.endswith("es") else word,
        ):
            if form in self.nouns:
                return self.nouns[form]
        return None

    def noun_class(self, word: str) -> str:
        """The class of a noun, or "" where the lexicon has none."""
        entry = self.noun(word)
        return entry[0] if entry else ""

    def leader_of(self, name: str, day: date | None) -> str | None:
        """Who leads the organization on that day; where the day is unknown, who leads it without a day told."""
        for tie in self.ties:
            if tie.relation != "LEADS" or tie.other != name:
                continue
            if tie.since is None and tie.until is None:
                return tie.actor
            if day is not None and (tie.since or day) <= day <= (tie.until or day):
                return tie.actor
        return None


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name, cut as sentences are, with straight quotes."""
    return tuple(w.replace("’", "'") for w in WORD.findall(text))


def read_lexicon(case_folder: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the files of `case_folder` (a case's `lexicons/`) added."""
    return _shipped() if case_folder is None or not case_folder.is_dir() else _read((SHIPPED, case_folder))


@lru_cache(maxsize=1)
def _shipped() -> Lexicon:
    return _read((SHIPPED,))


def _read(folders: Iterable[Path]) -> Lexicon:
    kinds: dict[str, str] = {}
    names: dict[tuple[str, ...], tuple[str, str]] = {}
    called: dict[str, tuple[str, ...]] = {}
    ties: dict[tuple[str, str, str], Tie] = {}
    nouns: dict[str, tuple[str, str]] = {}
    actions: dict[str, list[ActionRow]] = defaultdict(list)
    modes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    seen = hashlib.sha256()
    for folder in folders:
        for path, line, row in _rows(folder, "actors.csv", seen):
            if row["kind"] not in codebook.KINDS:
                raise BadInput(f"unknown kind {row['kind']!r}: use one of {', '.join(codebook.KINDS)}", path, line)
            _needed(row, "name", path, line)
            kinds[row["name"]] = row["kind"]
            called[row["name"]] = tuple(w.strip().lower() for w in (row.get("called") or "").split(";") if w.strip())
            names[name_words(row["name"])] = (row["name"], "name")
        for path, line, row in _rows(folder, "aliases.csv", seen):
            if row["name"] not in kinds:
                raise BadInput(f"alias of {row['name']!r}, which no actors.csv holds: add it there first", path, line)
            if row["sense"] not in ("", "name", "product"):
                raise BadInput(f"unknown sense {row['sense']!r}: use name or product", path, line)
            names[name_words(_needed(row, "alias", path, line))] = (row["name"], row["sense"] or "name")
        for path, line, row in _rows(folder, "ties.csv", seen):
            if row["relation"] not in RELATIONS:
                raise BadInput(f"unknown relation {row['relation']!r}: use one of {', '.join(RELATIONS)}", path, line)
            for end in ("actor", "other"):
                if row[end] not in kinds:
                    raise BadInput(f"{end} {row[end]!r} is in no actors.csv: add it there first", path, line)
            ties[row["actor"], row["relation"], row["other"]] = Tie(
                actor=row["actor"],
                relation=row["relation"],
                other=row["other"],
                since=_day(row["since"], path, line),
                until=_day(row["until"], path, line),
            )
        for path, line, row in _rows(folder, "nouns.csv", seen):
            if row["class"] not in NOUN_CLASSES or row["kind"] not in codebook.KINDS:
                raise BadInput(f"unknown class or kind {row['class']!r}, {row['kind']!r}: see lexicons/README.md", path, line)
            nouns[_needed(row, "noun", path, line).lower()] = (row["class"], row["kind"])
        for path, line, row in _rows(folder, "modes.csv", seen):
            _known_act(row, path, line)
            modes[row["type"]].append((row["mode"], "|".join(re.escape(w) for w in row["words"].split("|") if w)))
        for path, line, row in _rows(folder, "actions.csv", seen):
            action = _action(row, path, line)
            for form in action.forms:
                actions[form[0]].append(action)
    return Lexicon(
        kinds,
        names,
        tuple(ties.values()),
        nouns,
        {k: tuple(v) for k, v in actions.items()},
        {k: tuple(v) for k, v in modes.items()},
        called,
        seen.hexdigest()[:16],
    )


def _rows(folder: Path, name: str, seen: hashlib._Hash) -> Iterator[tuple[Path, int, dict[str, str]]]:
    """Rows of one file with their line numbers; none where the file is missing."""
    path = folder / name
    if not path.is_file():
        return
    data = path.read_bytes()
    seen.update(name.encode() + b"\0" + data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"not UTF-8 at byte {error.start}: save the file as UTF-8", path) from None
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    missing = [c for c in COLUMNS[name] if c not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"column {missing[0]!r} is missing: the header needs {', '.join(COLUMNS[name])}", path, 1)
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadInput(f"not CSV ({error}): close every quote", path, reader.line_num) from None
        if row is None:
            return
        if None in row or None in row.values():
            raise BadInput("another number of cells than the header has: quote cells that hold commas", path, reader.line_num)
        yield path, reader.line_num, {k: v.strip() for k, v in row.items()}


def _needed(row: Mapping[str, str], column: str, path: Path, line: int) -> str:
    if not row[column]:
        raise BadInput(f"{column} is empty", path, line)
    return row[column]


def _day(text: str, path: Path, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"{text!r} is no date: write YYYY-MM-DD or leave it empty", path, line) from None


def _known_act(row: Mapping[str, str], path: Path, line: int) -> None:
    """Refuses a type or mode that the codebook does not have."""
    if row["type"] not in codebook.types():
        raise BadInput(f"unknown action {row['type']!r}: use one of {', '.join(codebook.types())}", path, line)
    if row["mode"] and row["mode"] not in codebook.modes()[row["type"]]:
        raise BadInput(f"{row['type']} has no mode {row['mode']!r}: use one of {', '.join(codebook.modes()[row['type']])}", path, line)


def _action(row: Mapping[str, str], path: Path, line: int) -> ActionRow:
    """One checked row of actions.csv."""
    _known_act(row, path, line)
    if row["pos"] not in ("verb", "noun"):
        raise BadInput(f"unknown pos {row['pos']!r}: use verb or noun", path, line)
    forms = tuple(dict.fromkeys(name_words(f.strip().lower()) for f in row["forms"].split(";") if f.strip()))
    if not forms:
        raise BadInput("forms is empty: list every inflected form, separated by ';'", path, line)
    target, conditions, clause, person = "obj", [], False, False
    for n, token in enumerate(row["pattern"].split()):
        if token == "clause":
            clause = True
        elif token == "person":
            person = True
        elif "~" in token:
            slot, words = token.split("~", 1)
            negative = slot.endswith("!")
            conditions.append(Condition(slot.rstrip("!"), frozenset(words.lower().split("|")), negative))
        elif n == 0 and (token in ("obj", "poss", "iobj", "none") or token.startswith("prep:")):
            target = token
        else:
            raise BadInput(f"pattern {token!r} is not understood: see lexicons/README.md", path, line)
    return ActionRow(
        row["word"],
        row["pos"],
        forms,
        row["type"],
        row["mode"] or None,
        target,
        tuple(conditions),
        clause,
        person,
        row["example"],
        line,
        path.name,
    )
