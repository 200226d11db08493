"""Text to masked spans: what stands in an article's file and is no part of the article.

In: the text, and its title where one is known. Out: sorted, disjoint (start, end, why) in code points.
Rule: patterns are data (lexicons/boilerplate.csv) and general; masked text stays where it is; a correction is text and never masked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import BadInput
from graph.quotes import fold

TABLE = Path(__file__).parent / "lexicons" / "boilerplate.csv"
SCOPES = ("line", "start", "part", "block", "end")
# The longest footer of the 197 articles looked at has 150 characters; on longer lines only `start` and `part` patterns run,
# so that no pattern meets a line on which it could grow slow.
LONGEST_LINE = 600
# A footer may open the last paragraphs only, else a line "Comments" in the middle would hide an article.
FOOTER_LINES = 6
FOOTER_SHARE = 0.25
# Above a headline stand menus and slogans: eight lines in the longest of the pages looked at.
MASTHEAD_LINES = 10
# Boxes of links hold three to five in the pages looked at.
LONGEST_LIST = 8

_CORRECTION = re.compile(
    r"\W*(?:correct(?:s|ed|ion)|clarif|rettifica|amended|editor'?s note|an earlier version"
    r"|this (?:article|story|report) (?:was|has been) (?:corrected|changed|updated to))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;,:]['\")\]]*$")
_LINK_END = re.compile(r"[.;,:]['\")\]]*$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row: `regex` runs on folded text; `hits` is an example it must mask, `spares` one it must leave."""

    regex: re.Pattern[str]
    scope: str
    why: str
    hits: str
    spares: str


@lru_cache(maxsize=4)
def patterns(table: Path = TABLE) -> tuple[Pattern, ...]:
    """The rows of a pattern table. Errors: BadInput naming file and line of a row that cannot be used."""
    rows = []
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if row["scope"] not in SCOPES:
                raise BadInput(f"scope {row['scope']!r} is none of {', '.join(SCOPES)}", table, reader.line_num)
            try:
                regex = re.compile(row["pattern"], re.IGNORECASE)
            except re.error as error:
                raise BadInput(f"not a regular expression: {error}", table, reader.line_num) from None
            rows.append(Pattern(regex, row["scope"], row["why"], row["hits"], row["spares"]))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    """Folded and without the white space around it; `start` and `end` are those of this text."""


def _lines(folded: str) -> list[_Line]:
    found = []
    for match in re.finditer(r"[^\r\n]+", folded):
        text = match[0].strip()
        if text:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            found.append(_Line(start, start + len(text), text))
    return found


def masks(text: str, title: str | None = None, table: Path = TABLE) -> tuple[tuple[int, int, str], ...]:
    """The spans of the text that are no article; `title` None where none is known from outside the text."""
    folded = fold(text)
    lines = _lines(folded)
    spans: list[tuple[int, int, str]] = []
    for pattern in patterns(table):
        spans += _of_pattern(pattern, folded, lines)
    spans += _around_headline(lines, title)
    return _disjoint(spans)


def _of_pattern(pattern: Pattern, folded: str, lines: list[_Line]) -> Iterator[tuple[int, int, str]]:
    if pattern.scope == "part":
        for match in pattern.regex.finditer(folded):
            yield match.start(), match.end(), pattern.why
        return
    for number, line in enumerate(lines):
        if (pattern.scope != "start" and len(line.text) > LONGEST_LINE) or _CORRECTION.match(line.text):
            continue
        matches = pattern.regex.match if pattern.scope == "start" else pattern.regex.fullmatch
        if not matches(line.text):
            continue
        yield line.start, line.end, pattern.why
        if pattern.scope == "block":
            yield from ((x.start, x.end, pattern.why) for x in _links(lines[number + 1 :]))
        elif pattern.scope == "end" and _is_footer(lines, number, len(folded)):
            yield from ((x.start, x.end, pattern.why) for x in lines[number + 1 :] if not _CORRECTION.match(x.text))


def _links(after: list[_Line]) -> Iterator[_Line]:
    """The lines of a list of links: short and without the end of a sentence."""
    for line in after[:LONGEST_LIST]:
        if len(line.text) > 120 or _LINK_END.search(line.text):
            return
        yield line


def _is_footer(lines: list[_Line], number: int, length: int) -> bool:
    rest = lines[number + 1 :]
    return len(rest) <= FOOTER_LINES and sum(len(x.text) for x in rest) <= FOOTER_SHARE * length


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _around_headline(lines: list[_Line], title: str | None) -> Iterator[tuple[int, int, str]]:
    """The headline told again, lines without a sentence told twice, and what stands above the headline."""
    wanted = _bare(fold(title)) if title else None
    seen: set[str] = set()
    for number, line in enumerate(lines):
        bare = _bare(line.text)
        if bare.count(" ") < 2:
            continue
        if bare in seen and (bare == wanted or not _SENTENCE_END.search(line.text)):
            yield line.start, line.end, "repeated"
        elif bare == wanted and 0 < number <= MASTHEAD_LINES:
            above = lines[:number]
            if not any(re.search(r"[.!?]['\")\]]*$", x.text) or len(x.text) > 150 or _CORRECTION.match(x.text) for x in above):
                yield from ((x.start, x.end, "above the headline") for x in above)
        seen.add(bare)


def _disjoint(spans: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Sorted; a span that overlaps an earlier one is joined to it under the earlier reason."""
    joined: list[tuple[int, int, str]] = []
    for start, end, why in sorted(set(spans)):
        if joined and start < joined[-1][1]:
            last = joined[-1]
            joined[-1] = (last[0], max(last[1], end), last[2])
        elif end > start:
            joined.append((start, end, why))
    return tuple(joined)
