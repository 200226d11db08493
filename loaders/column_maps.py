"""Any other table of events -> rows, by a map of its columns in case.toml, one [[table]] for each file:

    [[table]]
    file = "disputes.csv"                  # below the case
    source = "Actor"                       # the column that names who acts ...
    target = "Recipient"                   # ... and on whom (may be left out, as may all but file, source and action)
    action = "Event"                       # its words are looked up in `actions`, then action_file, then cameo, then as PLOVER types
    actions = { fired = "SANCTION/+dismiss", "spoke" = "" }    # "" leaves such rows out; they are counted
    action_file = "codes.csv"              # columns code, name, type, mode, modality, demand, note, as in lexicons/cameo.csv
    cameo = true                           # the column holds CAMEO codes
    mode = "Mode"                          # goes before the mode of the action
    modality = "Status"                    # actual, announced, historical, hypothetical, negated
    date = "Day"                           # the (first) day; empty: undated
    date_end = "Until"
    date_format = "%d/%m/%Y"               # else YYYY-MM-DD, YYYY-MM or YYYY; without a day or a month in it: the whole month or year
    text = "Note"                          # the row's own sentence, which is quoted; else a line is made of its fields
    publisher = "Paper"                    # with published, url: the document that tells it
    published = "Printed"
    url = "Link"
    several = ";"                          # source and target hold several names: a claim for each pair
    separator = ";"                        # else by the ending: tab for .tsv and .tab, comma for the others
    quotes = false                         # quote marks are letters like others
    encoding = "latin-1"                   # else UTF-8
    name = "Strike log"                    # how rules and titles call the table; else its file

A value that begins with "=" is no column but said of every row: publisher = "=Harbor Ledger". A cell that is empty, NA, N/A, None, NULL
or NaN tells nothing. Rows make one document for each url, else for each publisher and date, else one for the file.

In: such a map, and a file's bytes. Out: `TableRead`. Rule: a map that is wrong is refused whole, a row that is wrong by its line.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from graph import codebook
from graph.checks import check_text, known_day
from graph.errors import BadInput
from graph.model import FIRST_YEAR, LAST_YEAR, digest
from loaders.action_codes import Code, by_prefix, cameo, in_words, plain, read_codes
from loaders.event_rows import TableRead, clean, sentence
from loaders.formats import decode

FIELDS = ("source", "target", "action", "mode", "modality", "date", "date_end", "text", "publisher", "published", "url")
NEEDED = ("file", "source", "action")
TEXTS = ("file", *FIELDS, "date_format", "several", "separator", "encoding", "name", "action_file")
KEYS = (*TEXTS, "actions", "cameo", "quotes")
NULL = frozenset({"", "na", "n/a", "none", "null", "nan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """A [[table]] of case.toml, checked. `columns`: field to column; `constants`: field to what every row says."""

    file: str
    name: str
    columns: Mapping[str, str]
    constants: Mapping[str, str]
    actions: Mapping[str, Code]
    cameo: Mapping[str, Code]
    date_format: str | None
    several: str | None
    separator: str
    quotes: bool
    encoding: str

    def code(self, said: str) -> Code:
        """What the action column says. Errors: BadInput where nothing tells it."""
        found = self.actions.get(said) or (by_prefix(self.cameo, said) if self.cameo else None) or plain(said)
        if found is None:
            raise BadInput(f"no action: {said!r} is in neither actions nor action_file and is no PLOVER type")
        return found


def column_map(given: Any, case: Path) -> ColumnMap:
    """A checked map from a table of case.toml; `case` is the folder that action_file stands in. Errors: BadInput."""
    if not isinstance(given, dict):
        raise BadInput("must be written as [[table]]")
    for key, value in given.items():
        if key not in KEYS:
            raise BadInput(f"unknown key {key!r}; known are {', '.join(KEYS)}")
        if key in TEXTS and (not isinstance(value, str) or not value):
            raise BadInput(f"{key} must be a text in quotes")
        if key in ("cameo", "quotes") and not isinstance(value, bool):
            raise BadInput(f"{key} must be true or false")
    if missing := [k for k in NEEDED if k not in given]:
        raise BadInput(f"{missing[0]} is missing: it needs at least {', '.join(NEEDED)}")
    if len(separator := given.get("separator", "\t" if given["file"].lower().endswith((".tsv", ".tab")) else ",")) != 1:
        raise BadInput(f"separator {separator!r}: one character")
    _known_encoding(given.get("encoding", "utf-8"))
    said = {k: given[k] for k in FIELDS if k in given}
    return ColumnMap(
        file=PurePosixPath(given["file"]).as_posix(),
        name=given.get("name") or given["file"],
        columns={k: v for k, v in said.items() if not v.startswith("=")},
        constants={k: v[1:].strip() for k, v in said.items() if v.startswith("=")},
        actions=_actions(given, case),
        cameo=cameo(case) if given.get("cameo") else {},
        date_format=given.get("date_format"),
        several=given.get("several"),
        separator=separator,
        quotes=given.get("quotes", True),
        encoding=given.get("encoding", "utf-8"),
    )


def _known_encoding(name: str) -> None:
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        raise BadInput(f"unknown encoding {name!r}: write utf-8, latin-1, cp1252 ...") from None


def _actions(given: Mapping[str, Any], case: Path) -> dict[str, Code]:
    """The words of the action column, those of `actions` before those of action_file."""
    codes: dict[str, Code] = {}
    if name := given.get("action_file"):
        path = case / name
        if not path.resolve().is_relative_to(case.resolve()):
            raise BadInput(f"action_file {name!r} lies outside the case")
        try:
            codes = read_codes(path.read_bytes())
        except OSError as error:
            raise BadInput(f"action_file {name!r} cannot be read: {error.strerror}") from None
        except BadInput as error:
            raise BadInput(f"action_file {name}:{error.line or 1}: {error.reason}") from None
    told = given.get("actions", {})
    if not isinstance(told, dict) or not all(isinstance(v, str) for v in told.values()):
        raise BadInput('actions must be a table of texts: actions = { "their word" = "TYPE/mode" }')
    for code, words in told.items():
        try:
            codes[code] = in_words(code, words)
        except BadInput as error:
            raise BadInput(f"actions, {code!r}: {error.reason}") from None
    return codes


def read_mapped(file: str, data: bytes, columns: ColumnMap) -> TableRead:
    """The rows of a table that a map describes. Errors: BadInput where the file as a whole can't be read so."""
    table = TableRead(file, columns.name)
    if columns.encoding.lower() in ("utf-8", "utf8"):
        text = decode(data)
    else:
        try:
            text = data.decode(columns.encoding)
        except UnicodeError:
            raise BadInput(f"not {columns.encoding}: give its encoding in case.toml") from None
    content = io.StringIO(text, newline="")
    if columns.quotes:
        reader = csv.reader(content, delimiter=columns.separator, strict=True)
    else:
        reader = csv.reader(content, delimiter=columns.separator, quoting=csv.QUOTE_NONE, strict=True)
    try:
        header = [c.strip() for c in next(reader, [])]
        if missing := [c for c in columns.columns.values() if c not in header]:
            raise BadInput(f"no column {missing[0]!r} in its header, which has: {', '.join(header)[:200]}", line=1)
        at = {name: header.index(column) for name, column in columns.columns.items()}
        for cells in reader:
            if not any(c.strip() for c in cells):
                continue
            table.rows += 1
            try:
                if len(cells) > len(header):
                    raise BadInput(f"more cells than columns: {len(cells)} for {len(header)}")
                row = {name: clean(cells[n]) if n < len(cells) else "" for name, n in at.items()}
                _row(table, columns, {k: v for k, v in row.items() if v.lower() not in NULL} | dict(columns.constants))
            except BadInput as error:
                table.wrong(reader.line_num, error.reason)
    except csv.Error as error:
        table.wrong(reader.line_num, f"not a table: {error}; the rows after it were not read")
    return table


def _row(table: TableRead, columns: ColumnMap, row: Mapping[str, str]) -> None:
    """Enter one row of cells that tell something. Errors: BadInput."""
    if "action" not in row:
        raise BadInput("no action: the cell is empty")
    for name, cell in row.items():
        check_text(name, cell)
    code = _with(table, columns.code(row["action"]), row)
    if code.type is None:
        table.left_out[f"{row['action']}: {code.note}"] += 1
        return
    sources, targets = (_names(row.get(k, ""), columns.several) for k in ("source", "target"))
    if not sources:
        table.left_out["no source actor"] += 1
        return
    when = _when(row, columns.date_format)
    day = row.get("date", "")
    days = " to ".join(row[k] for k in ("date", "date_end") if k in row)
    line = row.get("text") or sentence(", ".join(sources), row["action"], ", ".join(targets), days)
    url, publisher = row.get("url"), row.get("publisher")
    published = str(_days(row["published"], columns.date_format)[0]) if "published" in row else None
    key: tuple[str, ...]
    if url:
        key, name = ("url", url), f"{_host(url)} {digest(url)[:10]}"
    elif publisher:
        key, name = ("publisher", publisher, published or day), f"{published or day or 'undated'} {publisher}"
    else:
        key, name = ("file",), ""
    link = url if url and url.lower().startswith(("http://", "https://")) else None
    told_by = publisher or (_host(url) if url else None)
    title = f"{columns.name}: {told_by}" if told_by else columns.name
    paper = table.paper(key, name, title, publisher=told_by, url=link, published=published)
    pairs: list[tuple[str, str | None]] = [(s, t) for s in sources for t in targets] or [(s, None) for s in sources]
    table.tell(paper, line, pairs, code, when, f"{columns.name} {row['action']}")


def _with(table: TableRead, code: Code, row: Mapping[str, str]) -> Code:
    """The code with the row's own mode and modality; a mode that the codebook lacks is dropped, and counted."""
    modality = row.get("modality", code.modality).lower()
    if modality not in codebook.MODALITIES:
        raise BadInput(f"no modality: {modality!r}; use one of {', '.join(codebook.MODALITIES)}")
    mode = row.get("mode", code.mode)
    if code.type and mode and mode not in codebook.modes()[code.type]:
        table.noted[f"{code.type} has no mode {mode!r}: left empty"] += 1
        mode = code.mode
    return code if (mode, modality) == (code.mode, code.modality) else replace(code, mode=mode, modality=modality)


def _names(cell: str, several: str | None) -> list[str]:
    return list(dict.fromkeys(n for n in (x.strip() for x in (cell.split(several) if several else [cell])) if n.lower() not in NULL))


@lru_cache(maxsize=4096)
def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or "link"
    except ValueError:
        return "link"


def _when(row: Mapping[str, str], pattern: str | None) -> tuple[date | None, date | None, str]:
    """First and last day of a row and how exact they are. Errors: BadInput."""
    told = [_days(row[k], pattern) for k in ("date", "date_end") if k in row]
    if not told:
        return None, None, "unknown"
    first, last = told[0][0], told[-1][1]
    if first > last:
        raise BadInput(f"date_end before date: {last} before {first}")
    return first, last, told[0][2] if len(told) == 1 or first == last else "unknown"


@lru_cache(maxsize=4096)
def _days(text: str, pattern: str | None) -> tuple[date, date, str]:
    """A date's first and last day and its granularity (day, month, year). Errors: BadInput."""
    try:
        if pattern:
            first = datetime.strptime(text, pattern).date()
            parts = set(re.findall(r"%-?([a-zA-Z])", pattern))
            grain = "day" if parts & set("djxcD") else "month" if parts & set("mbBh") else "year"
        else:
            match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d.*)?)?)?", text)
            if not match:
                raise ValueError
            grain = "day" if match[3] else "month" if match[2] else "year"
            first = known_day(f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}")
    except (ValueError, re.error):
        raise BadInput(f"no date: {text!r} ({f'wanted {pattern}' if pattern else 'write YYYY-MM-DD, or give date_format'})") from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise BadInput(f"no date: {text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if grain == "month":
        return first.replace(day=1), first.replace(day=calendar.monthrange(first.year, first.month)[1]), grain
    return (first.replace(month=1, day=1), first.replace(month=12, day=31), grain) if grain == "year" else (first, first, grain)
