"""Date words that name a day, week, month, season, year or holiday of the calendar -> first and last day.

In: a phrase and what it is read against (Known). Out: Days, or None where its year cannot be told. Rule: a day that does not exist is
none, and of two readings that nothing tells apart (12/03) none is taken.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from loaders import feasts
from loaders.date_words import MONTHS, WEEKDAYS, Phrase

Tense = Literal["past", "future"]
Order = Literal["day first", "month first"]
Days = tuple[date, date, str, str]
"""First day, last day, granularity, basis."""

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
COARSE = {"instant": 0, "day": 0, "week": 1, "month": 2, "season": 2, "year": 3}
NEAR = 60
"""A day just gone by is not next year's, even beside "will", nor one to come last year's after "from": in days."""
FAR = 730
"""In days. An act told before and known to the month, further back than this, is a story of its own time: a bare month counts on from it
("In June 1915 ... In September ..."); no nearer one does (a bare month is then of the last twelve)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a phrase is read against."""

    tense: Tense
    published: date | None
    before: date | None
    """The last day of what was told before, and"""
    began: date | None
    """its first;"""
    coarse: int
    """how closely it is known: 0 a day, 1 a week, 2 a month or season, 3 a year."""
    close: bool
    """True where it is surely known to the month or better."""
    years: Mapping[int, int]
    order: Order | None
    tied: date | None = None
    """The first day of the phrase from which this one counts (Phrase.anchor)."""


def number_of(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def weekday_of(name: str) -> int:
    return next(i for w, i in WEEKDAYS.items() if w.startswith(name.rstrip(".").lower()[:3]))


def digits(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def real(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def point(day: date | None, basis: str) -> Days | None:
    return (day, day, "day", basis) if day else None


def basis_of_chain(k: Known) -> str:
    """An offset is relative; in an undated article it can only count from a stated date and is stated (codebook 8)."""
    return "relative" if k.published else "stated"


def unit_around(unit: str, day: date, step: int = 0) -> tuple[date, date]:
    """The week (Monday to Sunday), month or year around a day, or `step` of them on."""
    if unit.lower() == "week":
        monday = day - timedelta(day.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit.lower() == "month":
        index = day.year * 12 + day.month - 1 + step
        return whole_month(index // 12, index % 12 + 1)
    return date(day.year + step, 1, 1), date(day.year + step, 12, 31)


def iso(p: Phrase, k: Known) -> Days | None:
    return point(real(int(p.part("y")), int(p.part("m")), int(p.part("d"))), "stated")


def numeric(p: Phrase, k: Known) -> Days | None:
    """ "12/03": a number over 12 decides, else what the text's other dates say, else which reading alone lies near publication."""
    a, b = int(p.part("a")), int(p.part("b"))
    order: Order | None = "day first" if a > 12 or a == b or p.part("sep") == "." else "month first" if b > 12 else None
    order = order or k.order or nearer(p, k.tense, k.published)
    return point(_read(p, order, k.tense, k.published), "stated") if order else None


def _read(p: Phrase, order: Order, tense: Tense, published: date | None) -> date | None:
    a, b = int(p.part("a")), int(p.part("b"))
    day, month = (a, b) if order == "day first" else (b, a)
    if p.part("y"):
        year = int(p.part("y"))
        # Two digits: this century's, unless that lies more than ten years ahead of publication.
        if year < 100:
            year += 2000 if published is None or year + 2000 <= published.year + 10 else 1900
        return real(year, month, day)
    return _yearless(month, day, tense, published) if published and 1 <= month <= 12 else None


def nearer(p: Phrase, tense: Tense, published: date | None) -> Order | None:
    """The order by which a numeric date lies within three weeks of publication while the other lies over six weeks off, or on the
    wrong side of a past verb."""
    if published is None:
        return None
    off: dict[Order, int] = {}
    orders: tuple[Order, Order] = ("day first", "month first")
    for order in orders:
        day = _read(p, order, tense, published)
        off[order] = 9999 if day is None or (tense == "past" and day > published) else abs((published - day).days)
    near, far = sorted(off, key=lambda o: off[o])
    return near if off[near] <= 21 and off[far] > 42 else None


def _yearless(month: int, day: int, tense: Tense, published: date, weekday: str = "", lead: str = "") -> date | None:
    """A day without a year: past the latest up to publication, future the earliest from it on (a few weeks' grace); where the weekday is
    told and does not fit, the next best year in which it does. "29 February" takes a leap year."""
    years = range(published.year + 9, published.year - 10, -1)
    there = [d for d in (real(y, month, day) for y in years) if d]
    late = [d for d in there if d <= published]
    ahead = [d for d in reversed(there) if d >= published - timedelta(NEAR)]
    if tense == "past":
        ordered = late
        if lead in ("from", "as of") and ahead and published < ahead[0] <= published + timedelta(NEAR):
            ordered = [ahead[0], *late]
    else:
        ordered = ahead
    if not ordered:
        return None
    if weekday:
        # One year either way: further off, an error of the source is likelier.
        return next((d for d in ordered[:2] if d.weekday() == weekday_of(weekday)), ordered[0])
    return ordered[0]


def _on_from(month: int, day: int, k: Known, first: date) -> date | None:
    """The first such day of a year from a day told before on."""
    found = next((d for y in (first.year, first.year + 1) if (d := real(y, month, day)) and d >= first), None)
    return found if found and (k.published is None or found <= k.published or k.tense == "future") else None


def day_of(p: Phrase, k: Known) -> Days | None:
    month, number = number_of(p.part("m")), digits(p.part("d"))
    if p.part("y"):
        return point(real(int(p.part("y")), month, number), "stated")
    first = k.tied
    if first and (day := _on_from(month, number, k, first)):
        return point(day, "stated")
    if k.published is None:
        return point(real(k.years[month], month, number), "stated") if month in k.years else None
    weekday = re.match(r"([A-Z][A-Za-z]{2,})\b\.?,?\s", re.sub(r"^(?:[a-z]+ |On |Since |From |By )+", "", p.words))
    told = weekday[1] if weekday and any(w.startswith(weekday[1].lower()[:3]) for w in WEEKDAYS) else ""
    return point(_yearless(month, number, k.tense, k.published, told, p.part("lead")), "stated")


def days_between(p: Phrase, k: Known) -> Days | None:
    """ "3 to 9 June", "30 April to 3 May": from the first to the last day."""
    m, m2 = p.part("m"), p.part("m2") or p.part("m")
    last = day_of(replace(p, kind="day", parts=(("m", m2), ("d", p.part("d2")), *((("y", p.part("y")),) if p.part("y") else ()))), k)
    if last is None:
        return None
    year = int(p.part("y1")) if p.part("y1") else last[0].year - (number_of(m) > number_of(m2))
    first = real(year, number_of(m), digits(p.part("d")))
    if first is None or first > last[0]:
        return last
    if p.part("y1") and not p.part("y"):
        return first, real(year, last[0].month, last[0].day) or first, "day", "stated"
    return first, last[0], "day", "stated"


def week_of(p: Phrase, k: Known) -> Days | None:
    day = day_of(
        replace(p, kind="day", parts=(("m", p.part("m") or p.part("m2")), ("d", p.part("d") or p.part("d2")), ("y", p.part("y")))), k
    )
    if day is None:
        return None
    monday = day[0] - timedelta(day[0].weekday())
    return monday, monday + timedelta(6), "week", "stated"


def whole_year(p: Phrase, k: Known) -> Days | None:
    year = int(p.part("y"))
    return date(year, 1, 1), date(year, 12, 31), "year", "stated"


def years_between(p: Phrase, k: Known) -> Days | None:
    return date(int(p.part("y1") or p.part("y2")), 1, 1), date(int(p.part("y")), 12, 31), "year", "stated"


def decade(p: Phrase, k: Known) -> Days | None:
    year = int(p.part("y"))
    return date(year, 1, 1), date(year + 9, 12, 31), "year", "stated"


def half_year(p: Phrase, k: Known) -> Days | None:
    if not p.part("y") and k.published is None:
        return None
    year = int(p.part("y")) if p.part("y") else k.published.year - (p.part("this").lower() == "last") if k.published else 0
    first = 1 if p.part("n").lower() == "first" else 7
    return date(year, first, 1), whole_month(year, first + 5)[1], "season", "stated" if p.part("y") else "relative"


def month(p: Phrase, k: Known) -> Days | None:
    number = number_of(p.part("m"))
    year, basis = _month_year(p, number, k)
    if year is None:
        return None
    start, end = whole_month(year, number)
    if p.part("lead") == "since" and re.search(r"\bmid\b|\bmiddle\b", p.words):
        return start.replace(day=15), end, "day", basis
    return start, end, "month", basis


def _month_year(p: Phrase, number: int, k: Known) -> tuple[int | None, str]:
    """The year of a month, and whether it is stated or told by "last", "this", "next"."""
    side, this = p.part("side").strip().lower(), p.part("this").lower()
    if p.part("y"):
        return int(p.part("y")), "stated"
    if this:
        if this.split()[0] in ("that", "the"):
            step = {"the following year": 1, "the previous year": -1}.get(this, 0)
            return (k.before.year + step, "stated") if k.before else (None, "relative")
        return (k.published.year + {"last": -1, "this": 0, "next": 1}[this.split()[0]], "relative") if k.published else (None, "relative")
    if side in ("the following", "the next", "the previous"):
        if k.before is None:
            return None, "relative"
        later = side != "the previous"
        return k.before.year + (number <= k.before.month if later else -(number >= k.before.month)), "relative"
    first = k.tied
    if (
        first is None
        and k.close
        and k.before
        and k.published
        and k.before < k.published - timedelta(FAR)
        and side not in ("last", "next", "this")
    ):
        first = k.before
    if side == "that" and k.before:
        first = k.before.replace(month=1, day=1)
    if first and side not in ("last", "next", "this"):
        day = next(date(y, number, 1) for y in (first.year, first.year + 1) if whole_month(y, number)[1] >= first)
        if k.published is None or day <= k.published:
            return day.year, "stated"
    if k.published is None:
        return None, "relative"
    past = k.published.year if number <= k.published.month else k.published.year - 1
    ahead = k.published.year if number >= k.published.month else k.published.year + 1
    if side == "last":
        return (k.published.year if number < k.published.month else k.published.year - 1), "relative"
    if side == "next":
        return (ahead if number != k.published.month else ahead + 1), "relative"
    if side == "that":
        return past, "stated"
    if p.part("lead") in ("from", "as of") and date(ahead, number, 1) <= k.published + timedelta(NEAR):
        return ahead, "stated"
    return (ahead if k.tense == "future" else past), "relative" if side == "this" else "stated"


def months_between(p: Phrase, k: Known) -> Days | None:
    """Of a range of months the year is that of its end: "between November and January" told in January ends in that January."""
    first, last = number_of(p.part("m")), number_of(p.part("m2"))
    year, _ = _month_year(p, last, k)
    if year is None:
        return None
    first_year = int(p.part("y1")) if p.part("y1") else year if first <= last else year - 1
    if date(first_year, first, 1) > date(year, last, 1):
        year = first_year + (last < first)
    return date(first_year, first, 1), whole_month(year, last)[1], "month", "stated"


def end_of(p: Phrase, k: Known) -> Days | None:
    """ "By the end of April" is 30 April."""
    if p.part("y2"):
        return point(date(int(p.part("y2")), 12, 31), "stated")
    if p.part("m"):
        number = number_of(p.part("m"))
        year, basis = _month_year(p, number, k)
        return point(whole_month(year, number)[1], basis) if year else None
    day = k.before if p.part("side").lower() == "that" else k.published
    if day is None:
        return None
    step = {"last": -1, "next": 1}.get(p.part("side").lower(), 0)
    if step == 0 and k.tense == "past" and p.part("side").lower() != "that" and p.part("lead") not in ("by", "until", "before"):
        # "At the end of the month" told with a past verb is the last end that has come.
        step = 0 if day == (unit_around(p.part("u"), day)[1]) else -1
    return point(unit_around(p.part("u"), day, step)[1], "relative")


def season(p: Phrase, k: Known) -> Days | None:
    first, last = SEASONS[p.part("s").lower()]
    side, this = p.part("side").strip().lower(), p.part("this").lower()
    basis = "stated" if p.part("y") else "relative"
    chained = side.split(" ")[-1] in ("that", "following", "previous") or side == "the next" or this.startswith("that")
    if p.part("y"):
        year = int(p.part("y"))
    elif chained:
        if k.before is None:
            return None
        year = k.before.year
        if side in ("the following", "the next"):
            year += date(year, first, 1) <= k.before
        elif side == "the previous":
            year -= whole_month(year + (first > last), last)[1] >= k.before
    elif k.published is None:
        return None
    else:
        year = k.published.year
        begun = date(year, first, 1) <= k.published
        if this:
            year += {"last": -1, "next": 1}.get(this.split()[0], 0)
        elif side == "next" or k.tense == "future":
            year += begun and (side == "next" or whole_month(year + (first > last), last)[1] < k.published)
        elif side == "last":
            over = begun and k.published.month > last and first <= last
            running = first > last and k.published.month <= last  # told in January, "last winter" is not the one that runs
            year -= 0 if over else 2 if running else 1
        elif not begun:
            year -= 1
    end = year + (first > last)
    return date(year, first, 1), whole_month(end, last)[1], "season", basis


def feast(p: Phrase, k: Known) -> Days | None:
    """A holiday of the year told, else the latest up to publication or the earliest from it on, which must lie within ten months; of a
    name that can mean two days ("Labour Day") the one within a month of publication."""
    name, side = p.part("f"), p.part("side").lower()
    if p.part("y"):
        told = feasts.days(name, int(p.part("y")))
        return (*told[0], "day", "stated") if len(told) == 1 else None
    if k.published is None:
        return None
    published = k.published
    years = range(published.year - 1, published.year + 2)
    found = sorted(d for y in years for d in feasts.days(name, y))
    if k.tense == "future" and side != "last":
        ahead = [d for d in found if d[1] >= published]
    else:
        ahead = [d for d in reversed(found) if d[0] <= published and not (side == "last" and d[1] >= published)]
    if not ahead:
        return None
    day = ahead[0]
    if len(feasts.days(name, published.year)) > 1 and abs((published - day[0]).days) > 31:
        return None
    basis = "stated" if feasts.stated(name) and not side else "relative"
    return *day, "day", basis
