"""Published event tables that are known by their layout -> rows: ICEWS (header, 20 columns) and GDELT 2.0 (no header, 61 columns).

In: a file's bytes. Out: `TableRead`. Both are separated by tabs and never quoted; one may lie alone in a .zip. Rule: actors stand as
the table writes them; a row without a source, of a code that says no act, or told already is left out and counted; GDELT 1.0 is
refused. The days are the table's own, and `stated`: how it came by them it does not say.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from graph.checks import known_day
from graph.errors import BadInput
from graph.model import digest
from loaders.action_codes import Code, by_prefix
from loaders.event_rows import TableRead, clean, sentence
from loaders.formats import decode

SUFFIXES = (".csv", ".tsv", ".tab", ".zip")
"""Endings of files that are looked at; a file that case.toml describes may have any."""
ICEWS, GDELT = "ICEWS", "GDELT 2.0"
LONGEST = 200 << 20
"""Bytes that a .zip may unfold to: GDELT's largest day is about 50 MB."""
NULL = ("", "NA", "None")

ICEWS_NEEDED = ("Event ID", "Event Date", "Source Name", "Event Text", "CAMEO Code", "Target Name", "Publisher")
ICEWS_PLACE = ("City", "Province", "Country")
GDELT_WIDTH, GDELT_1_WIDTHS = 61, (57, 58)
GDELT_1 = (
    "a GDELT 1.0 file ({} columns), which is not read, since many of its rows name no article: use the GDELT 2.0 event exports "
    "(61 columns, from 18 February 2015 on: data.gdeltproject.org/gdeltv2)"
)
# Columns of GDELT 2.0 that are read, counted from 0.
ID, DAY, CODE, MENTIONS, PLACE, ADDED, URL = 0, 1, 26, 31, 52, 59, 60
ACTOR_1, ACTOR_2 = 5, 15
"""Where an actor's ten columns begin: code, name, country, known group, ethnic group, two religions, three types."""

ICEWS_PERSON = frozenset({"Elite", "Executive Office"})
ICEWS_KINDS: tuple[tuple[str, str], ...] = (
    ("Multinational Corporation", "organization"),
    ("Business", "organization"),
    ("Media", "media"),
    ("News", "media"),
    ("International Government Organization", "organization"),
    ("Government", "government"),
    ("Parties", "organization"),
    ("General Population / Civilian / Social", "group"),
    ("Protestors / Popular Opposition / Mobs", "group"),
    ("Dissident", "group"),
)
"""The first sector of these that an actor has tells its kind."""
GDELT_KINDS = dict.fromkeys("GOV MIL COP JUD LEG SPY".split(), "government") | dict.fromkeys("BUS MNC IGO NGO NGM".split(), "organization")
GDELT_KINDS |= dict.fromkeys("CVL LAB REF OPP REB CRM RAD SEP INS MOD ELI".split(), "group") | {"MED": "media"}

ROUND = "dated just a week, a month or a year before GDELT added them, as it reads 'last week' and the like: not sure to the day"

Seen = set[tuple[str, ...]]
"""(layout, event, day) of the rows that were read, over all tables of a case."""


def layout(line: bytes) -> str | None:
    """Which table begins with this line: ICEWS, GDELT, or None. Errors: BadInput where it is GDELT 1.0, or ICEWS that lacks a column."""
    cells = [c.strip() for c in line.decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")]
    if {"Event ID", "CAMEO Code"} <= set(cells):
        if missing := [c for c in ICEWS_NEEDED if c not in cells]:
            raise BadInput(f"an ICEWS table without the column {missing[0]!r}", line=1)
        return ICEWS
    if len(cells) > 2 and cells[ID].isdecimal() and cells[DAY].isdecimal() and len(cells[DAY]) == 8:
        if len(cells) in GDELT_1_WIDTHS:
            raise BadInput(GDELT_1.format(len(cells)))
        return GDELT if len(cells) == GDELT_WIDTH else None
    return None


def layout_of(path: Path) -> str | None:
    """The layout of a file by its first line; of a .zip by that of the one file in it. Errors: BadInput."""
    try:
        if path.suffix.lower() == ".zip":
            return layout(unfolded(path.read_bytes(), first_line=True))
        with path.open("rb") as file:
            return layout(file.readline(1 << 20))
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}") from None


def unfolded(data: bytes, first_line: bool = False) -> bytes:
    """The one file of a .zip, or nothing where it holds none or several. Errors: BadInput where it is broken or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            held = [i for i in folder.infolist() if not i.is_dir()]
            if len(held) != 1:
                return b""
            with folder.open(held[0]) as file:
                if first_line:
                    return file.readline(1 << 20)
                content = file.read(LONGEST + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise BadInput(f"the .zip cannot be read: {error}") from None
    if len(content) > LONGEST:
        raise BadInput(f"the .zip unfolds to more than {LONGEST >> 20} MB: unpack and split it")
    return content


def read_table(name: str, data: bytes, which: str, codes: Mapping[str, Code], seen: Seen) -> TableRead:
    """The rows of a table of this layout. `seen` grows by its events, so that a row told in two files counts once."""
    table = TableRead(name, which)
    lines = _lines(unfolded(data) if name.lower().endswith(".zip") else data)
    (_icews if which == ICEWS else _gdelt)(table, lines, codes, seen)
    return table


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip(b"\xef\xbb\xbf \t\r"):
            yield number, line


def _cells(line: bytes, width: int) -> list[str]:
    cells = decode(line.rstrip(b"\r")).split("\t")
    if len(cells) != width:
        raise BadInput(f"not {width} columns: {len(cells)}")
    return [clean(c) for c in cells]


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    """A day from YYYY-MM-DD or YYYYMMDD. Errors: BadInput."""
    try:
        return known_day(f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.isdecimal() else text)
    except ValueError:
        raise BadInput(f"no date: {text!r}") from None


def _code(codes: Mapping[str, Code], code: str) -> Code:
    found = by_prefix(codes, code)
    if found is None:
        raise BadInput(f"no CAMEO code: {code!r}")
    return found


def _wanted(table: TableRead, code: Code, source: str, event: tuple[str, ...], seen: Seen) -> bool:
    """Whether a row is to be told; else the reason is counted."""
    if event in seen:
        table.left_out["the event ID and day of an earlier row"] += 1
        return False
    seen.add(event)
    if code.type is None:
        table.left_out[f"{code.code} {code.name}: {code.note}"] += 1
    elif source in NULL:
        table.left_out["no source actor"] += 1
    return code.type is not None and source not in NULL


# ---------------------------------------------------------------- ICEWS
def _icews(table: TableRead, lines: Iterator[tuple[int, bytes]], codes: Mapping[str, Code], seen: Seen) -> None:
    """One paper for each publisher and day: ICEWS names no article."""
    header = [c.strip() for c in decode(next(lines)[1].rstrip(b"\r")).split("\t")]
    for number, line in lines:
        table.rows += 1
        try:
            row = dict(zip(header, _cells(line, len(header)), strict=True))
            day, code = _day(row["Event Date"]), _code(codes, row["CAMEO Code"])
        except BadInput as error:
            table.wrong(number, error.reason)
            continue
        source, target, event = row["Source Name"], row["Target Name"], row["Event ID"]
        if not _wanted(table, code, source, (ICEWS, event, row["Event Date"]), seen):
            continue
        goal = None if target in NULL else target
        for name, side in ((source, "Source"), (goal, "Target")):
            if name and name not in table.kinds:
                table.is_a(name, _icews_kind(name, row.get(f"{side} Sectors", ""), row.get(f"{side} Country", "")))
        publisher = None if row["Publisher"] in NULL else row["Publisher"]
        place = ", ".join(dict.fromkeys(p for n in ICEWS_PLACE if (p := row.get(n, "")) not in NULL))
        story = [f"{word} {row[n]}" for word, n in (("story", "Story ID"), ("sentence", "Sentence Number")) if row.get(n, "") not in NULL]
        said = f"{row['Event Text']} ({row['CAMEO Code']})"
        text = sentence(source, said, goal, str(day), place, ", ".join([f"ICEWS event {event}", *story]))
        told_by = publisher or "publisher unknown"
        paper = table.paper((told_by, str(day)), f"{day} {told_by}", f"ICEWS: {told_by} on events of {day}", publisher=publisher)
        table.tell(paper, text, [(source, goal)], code, (day, day, "day"), f"icews {row['CAMEO Code']}")


def _icews_kind(name: str, sectors: str, country: str) -> str | None:
    """An actor's kind by its sectors, None where they do not tell. Roles and peoples are written "Police (India)"; a country is itself."""
    told = {s.strip() for s in sectors.split(",")}
    if name == country:
        return "government"
    if name and not name.endswith(")") and (told & ICEWS_PERSON or {"Parties", "Government"} <= told):
        return "person"
    return next((kind for sector, kind in ICEWS_KINDS if sector in told), None)


# ---------------------------------------------------------------- GDELT
def _gdelt(table: TableRead, lines: Iterator[tuple[int, bytes]], codes: Mapping[str, Code], seen: Seen) -> None:
    """One paper for each article. It was published, as far as GDELT knows, on the day it was added."""
    for number, line in lines:
        table.rows += 1
        try:
            row = _cells(line, GDELT_WIDTH)
            day, code = _day(row[DAY]), _code(codes, row[CODE])
        except BadInput as error:
            table.wrong(number, error.reason)
            continue
        source, target = (row[n + 1] for n in (ACTOR_1, ACTOR_2))
        if not _wanted(table, code, source, (GDELT, row[ID], row[DAY]), seen):
            continue
        for name, at in ((source, ACTOR_1), (target, ACTOR_2)):
            if name and name not in table.kinds:
                table.is_a(name, _gdelt_kind(row[at : at + 10]))
        added = _added(row[ADDED])
        if added and _round(day, added):
            table.noted[ROUND] += 1
        host, url = _address(row[URL])
        text = sentence(
            source,
            f"{code.name} ({row[CODE]})",
            target or None,
            str(day),
            row[PLACE],
            f"GDELT event {row[ID]}" + (f", {row[MENTIONS]} mentions" if row[MENTIONS] not in ("", "1") else ""),
        )
        key = (row[URL],) if row[URL] else ("", row[ADDED])
        name = f"{host} {digest(*key)[:10]}" if host else f"article unknown {row[ADDED]}"
        paper = table.paper(
            key,
            name,
            f"GDELT 2.0: {host or 'an article without address'}",
            publisher=host,
            url=url,
            published=str(added) if added else None,
            note="published: the day on which GDELT added it" if added else None,
        )
        if added and str(added) < paper.meta.get("published", ""):
            paper.meta["published"] = str(added)
        table.tell(paper, text, [(source, target or None)], code, (day, day, "day"), f"gdelt {row[CODE]}")


def _round(day: date, added: date) -> bool:
    """Whether a day lies just a week, a month or a year before another: 45 of 100 rows of a real file do."""
    months = (added.year - day.year) * 12 + added.month - day.month
    return added - day == timedelta(days=7) or (day.day == added.day and months in (1, 12))


def _added(cell: str) -> date | None:
    try:
        return _day(cell[:8]) if cell[:8].isdecimal() and len(cell) >= 8 else None
    except BadInput:
        return None


@lru_cache(maxsize=4096)
def _address(cell: str) -> tuple[str | None, str | None]:
    """The publisher and the address of SOURCEURL: the host, or the words themselves where it holds a citation."""
    if not cell.lower().startswith(("http://", "https://")):
        return cell[:60] or None, None
    try:
        host = (urlsplit(cell).hostname or "").removeprefix("www.")
    except ValueError:
        return None, None
    return host or None, cell


def _gdelt_kind(actor: list[str]) -> str | None:
    """An actor's kind by its type codes, the first that tells; an actor of a country and of nothing else stands for its government."""
    code, country, types = actor[0], actor[2], [t for t in actor[7:10] if t]
    if country and code == country:
        return "government"
    return next((GDELT_KINDS[t] for t in types if t in GDELT_KINDS), None)
