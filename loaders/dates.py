"""Date words + tense + publication date -> an interval with granularity and basis.

`phrases(text)` finds the date words of a sentence; `resolve(phrase, tense, published)` says which days they mean.
Calendar days, offsets and clock times are read by dateparser; what it gets wrong or cannot read (measured: weekdays of the
day itself, "earlier this week", "last week" as a point, "late Saturday night", "within 24 hours", a month's missing year) is decided
here. Rule: publication unknown means that a relative date stays unresolved; nothing is ever filled in from today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

import dateparser

Tense = Literal["past", "future"]

MONTHS = {
    m: i
    for i, m in enumerate(
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
    )
}
MONTHS |= {m[:3]: i for m, i in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {d: i for i, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
NUMBERS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
} | {"a": 1, "an": 1, "several": 0, "couple": 2, "fortnight": 2}
UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:19|20)\d\d\b"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b"
_PART = r"(?:early |late |later |earlier |mid-)?(?:on )?"
_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_CLOCK = r"(?:(?:,? at |,? by |,? from )\d{1,2}(?:[:.]\d\d)?\s*(?:[apAP]\.?[mM]\.?|hours)?(?:\s+(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T))?)"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if kind in ("week", "season", "offset", "near", "deadline", "weekend") else 0))
    for kind, pattern in (
        ("iso", r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
        ("range", rf"\b[Bb]etween (?P<m>{_MONTH})(?: (?P<y1>{_YEAR}))? and (?P<m2>{_MONTH})(?: (?P<y>{_YEAR}))?"),
        ("range", rf"\b[Ff]rom (?P<m>{_MONTH})(?: (?P<y1>{_YEAR}))? (?:to|until|through) (?P<m2>{_MONTH})(?: (?P<y>{_YEAR}))?"),
        ("years", rf"\b(?:[Bb]etween (?P<y1>{_YEAR}) and|[Ff]rom (?P<y2>{_YEAR}) (?:to|until)) (?P<y>{_YEAR})"),
        ("days", rf"\b(?P<d>{_DAY})(?: ?[-–] ?| and | to )(?P<d2>{_DAY}) (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?"),
        ("day", rf"(?:\b(?:{_WEEKDAY}),? (?:the )?)?\b(?P<d>{_DAY})(?: of)? (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?(?P<clock>{_CLOCK})?"),
        ("day", rf"(?:\b(?:{_WEEKDAY}),? )?\b(?P<m>{_MONTH}) (?P<d>{_DAY})(?:,? (?P<y>{_YEAR}))?(?P<clock>{_CLOCK})?"),
        (
            "month",
            rf"\b(?P<side>[Ll]ast |[Nn]ext |this |early |late |mid-|since |the end of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))(?P<this> (?:last|this|next) year)?",
        ),
        (
            "season",
            rf"\b(?P<side>last |next |this |in the |in |early |late |since (?:the )?)(?P<s>spring|summer|autumn|winter)(?: of)?(?: (?P<y>{_YEAR}))?(?P<this> last year)?\b",
        ),
        (
            "month",
            rf"(?:\b(?P<side>[Ll]ast|[Nn]ext|[Tt]his|[Ii]n (?:early |late |mid-)?|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Oo]f|[Dd]uring|[Ee]arly|[Ll]ate|the end of|end of|mid-?) ?)(?P<m>{_MONTH})(?P<this> (?:last|this|next) year)?(?! ?\d)",
        ),
        (
            "weekday",
            rf"\b(?P<side>[Ll]ast |[Nn]ext |[Tt]his |on |by |until |since |from |of |before )?{_PART}(?P<w>{_WEEKDAY})(?: (?:of )?(?:last|next) week| (?:early |late )?(?:morning|afternoon|evening|night|lunchtime|noon|midnight)\b)?(?P<clock>{_CLOCK})?",
        ),
        (
            "near",
            r"\b(?:earlier |later |early |late )?(?P<n>today|yesterday|tomorrow|tonight|overnight)(?: (?:morning|afternoon|evening|night))?\b",
        ),
        (
            "near",
            r"\b(?P<n>this morning|this afternoon|this evening|last night|this lunchtime|(?<!\w )hours (?:later|earlier|after)|the same day|that day|the same (?:morning|afternoon|evening))\b",
        ),
        (
            "near",
            r"\b(?P<n>the (?:next|following) (?:day|morning)|a day (?:later|earlier|after|before)|the day (?:before|after)|the previous day)\b",
        ),
        (
            "week",
            r"\b(?P<part>earlier |later |early |late |since |until |by the end of |at the end of )?(?P<side>this|last|next|past|the past|that) (?P<u>week|month|year|quarter)\b",
        ),
        ("weekend", r"\b(?:at|over|during|by|on)? ?(?P<side>the |this |last |next )weekend\b"),
        ("deadline", rf"\bwithin (?:the next )?{_NUMBER} (?:working )?(?:hours?|days?|weeks?|months?)\b"),
        (
            "offset",
            rf"\b(?:about |some |nearly |almost |only )?(?P<n>{_NUMBER}|a couple of|several|a few) (?P<u>hour|day|week|fortnight|month|year)s? (?P<o>ago|earlier|later|before|after|on)\b(?! (?:the|a|an|its|his|her|their|this|that|it|he|she|they|[A-Z]))",
        ),
        ("year", rf"\b(?:[Ii]n |[Ss]ince |[Uu]ntil |[Bb]y |[Ff]rom |[Dd]uring |early |late |mid-|of |throughout )(?P<y>{_YEAR})(?!-)"),
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Date words in a text: offsets, their kind and pieces."""

    start: int
    end: int
    words: str
    kind: str
    parts: tuple[tuple[str, str], ...]

    def part(self, name: str) -> str:
        return dict(self.parts).get(name, "")


@dataclass(frozen=True, slots=True)
class When:
    """The days that date words mean. `start` and `end` None where they stay unresolved; `time` ISO 8601 with offset."""

    start: date | None
    end: date | None
    granularity: str
    basis: str
    words: str
    time: str | None = None


def phrases(text: str) -> list[Phrase]:
    """The date words of a sentence, left to right, none overlapping; the more specific pattern first."""
    found: list[Phrase] = []
    for kind, pattern in PATTERNS:
        for m in pattern.finditer(text):
            if any(m.start() < f.end and f.start < m.end() for f in found):
                continue
            words = m.group().strip(" ,")
            if kind == "month" and not _month_is_meant(text, m):
                continue
            start = m.start() + m.group().index(words)
            found.append(Phrase(start, start + len(words), words, kind, tuple((k, v) for k, v in m.groupdict().items() if v)))
    return sorted(found, key=lambda f: f.start)


def _month_is_meant(text: str, m: re.Match[str]) -> bool:
    """ "May" and "March" without a year are no months before a name ("in May Lindqvist's view")."""
    name = m.group("m").rstrip(".")
    return name not in ("May", "March", "Mar") or bool(m.groupdict().get("y")) or not re.match(r"\s+[A-Z]", text[m.end() : m.end() + 3])


def years_told(found: Iterable[Phrase]) -> dict[int, int]:
    """For each month the one year with which the text names days of it: what "January 8th" means where nothing else tells."""
    years: dict[int, set[int]] = {}
    for p in found:
        if p.kind in ("day", "days") and p.part("y"):
            years.setdefault(_number_of(p.part("m")), set()).add(int(p.part("y")))
    return {month: some.pop() for month, some in years.items() if len(some) == 1}


def resolve(
    phrase: Phrase, tense: Tense, published: date | None, before: date | None = None, years: Mapping[int, int] | None = None
) -> When:
    """The days that a phrase means. `before`: the day of the act told before, for "two days later", "the same day"; `years`: what
    years_told says of the document, used where its publication is unknown."""
    day = _resolve(phrase, tense, published, before, years or {})
    if day is None:
        return When(None, None, "unknown", "relative" if phrase.kind != "deadline" else "unknown", phrase.words)
    start, end, granularity, basis = day
    if re.match(r"[Ss]ince\b", phrase.words) and published and start <= published:
        end = published
    time = _clock(phrase, start) if granularity == "day" else None
    return When(start, end, granularity, basis, phrase.words, time)


def _resolve(
    p: Phrase, tense: Tense, published: date | None, before: date | None, years: Mapping[int, int]
) -> tuple[date, date, str, str] | None:
    year = int(p.part("y")) if p.part("y") else None
    if year is None and published is None and p.kind in ("day", "days"):
        year = years.get(_number_of(p.part("m")))
    if p.kind in ("iso", "day"):
        return _calendar_day(p, tense, published, year)
    if p.kind == "days":
        first = _calendar_day(p, tense, published, year)
        if first is None:
            return None
        last = int(re.sub(r"\D", "", p.part("d2")))
        return (
            (first[0], first[0].replace(day=last), "day", "stated")
            if first[0].day <= last <= monthrange(first[0].year, first[0].month)[1]
            else first
        )
    if p.kind == "year":
        return (date(year, 1, 1), date(year, 12, 31), "year", "stated") if year else None
    if p.kind == "years":
        return (date(int(p.part("y1") or p.part("y2")), 1, 1), date(year or 1, 12, 31), "year", "stated")
    if p.kind in ("month", "range"):
        return _month(p, tense, published, year)
    if p.kind == "season":
        return _season(p, tense, published, year)
    if p.kind == "deadline":
        return None
    anchor = published
    if p.kind == "offset":
        return _offset(p, published, before)
    if p.kind == "near" and re.match(r"(the (next|following|previous|same|day)|a day|that day|hours)", p.part("n"), re.IGNORECASE):
        anchor = before
        if anchor is None:
            return None
        step = -1 if re.search(r"previous|before|earlier", p.part("n")) else 0 if re.search(r"same|that day|hours", p.part("n")) else 1
        return (*(anchor + timedelta(step),) * 2, "day", "relative")
    if anchor is None:
        return None
    if p.kind == "near":
        word = p.part("n").lower()
        step = -1 if word in ("yesterday", "last night") else 1 if word == "tomorrow" else 0
        return (*(anchor + timedelta(step),) * 2, "day", "relative")
    if p.kind == "weekday":
        return _weekday(p, tense, anchor)
    if p.kind == "weekend":
        return _weekend(p, tense, anchor)
    return _week(p, anchor)


@lru_cache(maxsize=4096)
def _parse(text: str) -> datetime | None:
    """A full calendar day or a clock time with zone, by dateparser (strict: no part is filled in from today)."""
    return dateparser.parse(
        text, languages=["en"], settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month"], "RETURN_AS_TIMEZONE_AWARE": False}
    )


def _calendar_day(p: Phrase, tense: Tense, published: date | None, year: int | None) -> tuple[date, date, str, str] | None:
    if p.kind == "iso":
        try:
            day = date.fromisoformat(p.words)
        except ValueError:
            return None
        return day, day, "day", "stated"
    month, number = _number_of(p.part("m")), int(re.sub(r"\D", "", p.part("d")))
    if year is None:
        if published is None:
            return None
        year = _year_for(date(2000, month, 1), number, tense, published)
    read = _parse(f"{number} {list(MONTHS)[month - 1]} {year}")
    return (read.date(), read.date(), "day", "stated") if read else None


def _year_for(month: date, number: int, tense: Tense, published: date) -> int:
    """The year of a day without one: past the latest up to publication, future the earliest from it on."""

    def real(y: int) -> date:
        return date(y, month.month, min(number, monthrange(y, month.month)[1]))

    if tense == "past":
        return published.year if real(published.year) <= published else published.year - 1
    # A day just gone by is not next year's, even beside "will": 60 days keep a report's own recent date in its year.
    return published.year if real(published.year) >= published - timedelta(60) else published.year + 1


def _number_of(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def _month(p: Phrase, tense: Tense, published: date | None, year: int | None) -> tuple[date, date, str, str] | None:
    # Of a range the year is that of its end: "between November and January" told in January ends in that January.
    number = _number_of(p.part("m2") or p.part("m"))
    side = p.part("side").strip().lower()
    basis = "stated"
    if year is None:
        if published is None:
            return None
        this = p.part("this").strip()
        if this:
            year = published.year + {"last year": -1, "this year": 0, "next year": 1}[this]
        elif side == "next" or (tense == "future" and side != "last"):
            year = published.year if number >= published.month else published.year + 1
        elif side == "last":
            year = published.year if number < published.month else published.year - 1
            basis = "relative"
        else:
            year = published.year if number <= published.month else published.year - 1
        if side in ("this", "next"):
            basis = "relative"
    if p.kind == "range":
        first = _number_of(p.part("m"))
        first_year = int(p.part("y1")) if p.part("y1") else year if first <= number else year - 1
        return date(first_year, first, 1), date(year, number, monthrange(year, number)[1]), "month", "stated"
    return date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month", basis


def _season(p: Phrase, tense: Tense, published: date | None, year: int | None) -> tuple[date, date, str, str] | None:
    first, last = SEASONS[p.part("s").lower()]
    basis = "stated" if year else "relative"
    if year is None:
        if published is None:
            return None
        year = published.year
        begun = date(year, first, 1) <= published
        side = p.part("side").strip().lower()
        if p.part("this"):
            year -= 1
        elif side == "next" or tense == "future":
            year += begun
        elif side == "last":
            over = begun and (published.month > last or first > last)
            year -= 0 if over and first <= last else 1
        elif not begun:
            year -= 1
    end = year + (first > last)
    return date(year, first, 1), date(end, last, monthrange(end, last)[1]), "season", basis


def _weekday(p: Phrase, tense: Tense, published: date) -> tuple[date, date, str, str]:
    """Past: the latest such day up to and including publication; future: the earliest from it on. "Last Friday" is not today."""
    wanted = WEEKDAYS[p.part("w").lower().rstrip("s") if p.part("w").lower() not in WEEKDAYS else p.part("w").lower()]
    side, words = p.part("side").strip().lower(), p.words.lower()
    monday = published - timedelta(published.weekday())
    if words.endswith("last week"):
        day = monday - timedelta(7 - wanted)
    elif words.endswith("next week"):
        day = monday + timedelta(7 + wanted)
    elif side == "next" or (tense == "future" and side not in ("last", "since")):
        day = published + timedelta((wanted - published.weekday()) % 7 or (7 if side == "next" else 0))
    elif side in ("by", "until"):
        day = published + timedelta((wanted - published.weekday()) % 7)
    else:
        day = published - timedelta((published.weekday() - wanted) % 7 or (7 if side == "last" else 0))
    return day, day, "day", "relative"


def _weekend(p: Phrase, tense: Tense, published: date) -> tuple[date, date, str, str]:
    saturday = published - timedelta((published.weekday() - 5) % 7)
    side = p.part("side").strip().lower()
    if side == "next" or (tense == "future" and saturday + timedelta(1) < published):
        saturday += timedelta(7)
    return saturday, saturday + timedelta(1), "day", "relative"


def _week(p: Phrase, published: date) -> tuple[date, date, str, str]:
    unit, side, part = p.part("u").lower(), p.part("side").lower(), p.part("part").strip().lower()
    step = {"last": -1, "next": 1}.get(side, 0)
    if unit == "week":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        start, end = monday, monday + timedelta(6)
    elif unit == "month":
        index = published.year * 12 + published.month - 1 + step
        start = date(index // 12, index % 12 + 1, 1)
        end = date(start.year, start.month, monthrange(start.year, start.month)[1])
    elif unit == "quarter":
        index = published.year * 4 + (published.month - 1) // 3 + step
        start = date(index // 4, index % 4 * 3 + 1, 1)
        end = date(start.year, start.month + 2, monthrange(start.year, start.month + 2)[1])
    else:
        start, end = date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    if step == 0:
        if part in ("later", "until", "by the end of", "at the end of"):
            start = published
        else:
            end = published
    return start, end, {"quarter": "season"}.get(unit, unit), "relative"


def _offset(p: Phrase, published: date | None, before: date | None) -> tuple[date, date, str, str] | None:
    """ "Two days ago" counts from publication, "two days later" from the day told before."""
    word = p.part("n").lower().removesuffix(" of").removeprefix("a couple").strip() or "two"
    count = int(word) if word.isdigit() else NUMBERS.get(word, 0)
    unit, way = p.part("u").lower(), p.part("o").lower()
    anchor = published if way == "ago" else before
    if anchor is None or count == 0:
        return None
    sign = 1 if way in ("later", "after", "on") else -1
    if unit in ("month", "year"):
        index = anchor.year * 12 + anchor.month - 1 + sign * count * (12 if unit == "year" else 1)
        year, month = index // 12, index % 12 + 1
        if unit == "year":
            return date(year, 1, 1), date(year, 12, 31), "year", "relative"
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", "relative"
    if unit in ("week", "fortnight") and way == "ago":
        day = anchor - timedelta(UNITS[unit] * count)
        monday = day - timedelta(day.weekday())
        return monday, monday + timedelta(6), "week", "relative"
    if unit == "hour":
        # A day is told only by whole ones: "72 hours later" is three days on, "six hours later" may be the next morning.
        if count % 24:
            return None
        count, unit = count // 24, "day"
    day = anchor + timedelta(sign * UNITS[unit] * count)
    return day, day, "day", "relative"


def _clock(p: Phrase, day: date) -> str | None:
    """The clock time told with a day, as ISO 8601 with its offset where a zone is named."""
    clock = re.sub(r"^,? ?(?:at|by|from) ", "", p.part("clock")).strip()
    if not clock or not re.search(r"[:.]\d\d|[ap]\.?m", clock):
        return None
    # North American "PT" and "ET" name no offset of their own; dateparser knows the standard form.
    read = dateparser.parse(re.sub(r"\b([ECMP])T\b", r"\1ST", f"{day.isoformat()} {clock}"), languages=["en"])
    return read.isoformat(timespec="minutes") if read else None
