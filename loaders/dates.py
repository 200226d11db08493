"""Date words + tense + publication date -> an interval with granularity and basis.

`resolve(phrase, tense, published)` says which days the date words found by `phrases` (loaders.date_words) mean, by the codebook's section
4: a past verb takes the latest such day up to publication, a future one the earliest from it on. Days are counted in
loaders.calendar_days and loaders.story_days; dateparser reads clock times with their zones. Rule: publication unknown means that a
relative date stays unresolved; nothing is ever filled in from today.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import dateparser

from loaders import calendar_days as calendar
from loaders import story_days as story
from loaders.calendar_days import COARSE, Days, Known, Order, Tense
from loaders.date_words import Phrase, phrases

__all__ = ["Order", "Phrase", "Tense", "When", "order_told", "phrases", "resolve", "years_told"]

EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class When:
    """The days that date words mean. `start` and `end` None where they stay unresolved; `time` ISO 8601 with offset."""

    start: date | None
    end: date | None
    granularity: str
    basis: str
    words: str
    time: str | None = None


def years_told(found: Iterable[Phrase]) -> dict[int, int]:
    """For each month the one year with which the text names days of it: what "January 8th" means where nothing else tells."""
    years: dict[int, set[int]] = {}
    for p in found:
        if p.kind in ("day", "days") and p.part("y"):
            years.setdefault(calendar.number_of(p.part("m")), set()).add(int(p.part("y")))
    return {month: some.pop() for month, some in years.items() if len(some) == 1}


def order_told(found: Iterable[Phrase], published: date | None = None) -> Order | None:
    """Which comes first in a text's numeric dates: told by those with a number over 12, else by those of which one reading alone lies near
    publication; None where they tell nothing or both."""
    sure: set[Order] = set()
    near: set[Order] = set()
    for p in found:
        if p.kind == "numeric":
            a, b = int(p.part("a")), int(p.part("b"))
            if a > 12 or b > 12:
                sure.add("day first" if a > 12 else "month first")
            elif a != b:
                order = calendar.nearer(p, "past", published)
                near |= {order} if order else set()
    told = sure or near
    return told.pop() if len(told) == 1 else None


def resolve(
    phrase: Phrase,
    tense: Tense,
    published: date | None,
    before: date | When | None = None,
    years: Mapping[int, int] | None = None,
    *,
    order: Order | None = None,
) -> When:
    """The days that a phrase means.

    `before`: the day of the act told before, for "two days later", "the same day" (given as its When, days are not counted from what is
    known only to the month or year); `years`: what years_told says of the document, used
    where its publication is unknown; `order`: what order_told says of it.
    """
    if isinstance(before, When):
        first, last, coarse = before.start, before.end, COARSE.get(before.granularity, 3)
    else:
        first, last, coarse = before, before, 0
    close = isinstance(before, When) and coarse <= 2
    known = Known(tense, published, last, first, coarse, close, years or {}, order)
    day = _resolve(phrase, known)
    if day is None or not (EARLIEST <= day[0] <= day[1] <= LATEST):
        return When(None, None, "unknown", "relative" if phrase.kind != "deadline" else "unknown", phrase.words)
    start, end, granularity, basis = day
    if phrase.part("lead") == "since" and published and start <= published:
        end = published
    time = _clock(phrase, start) if granularity == "day" and start == day[1] else None
    return When(start, end, granularity, basis, phrase.words, time)


def _resolve(p: Phrase, k: Known) -> Days | None:
    """By kind; what counts from publication is left out where there is none."""
    tied = _resolve(p.anchor, k) if p.anchor else None
    k = replace(k, tied=tied[0] if tied else None)
    if p.kind in CALENDAR:
        return _spanned(p, CALENDAR[p.kind](p, k))
    if p.kind in CHAINED:
        if k.coarse > COARSE.get(p.part("u").lower(), 0) and not p.anchor:
            return None
        day = CHAINED[p.kind](p, k)
        if day is None or (k.published and k.tense == "past" and day[0] > k.published):
            return None
        return day
    if k.published is None or p.kind not in RELATIVE:
        return None
    return _spanned(p, RELATIVE[p.kind](p, k, k.published))


def _spanned(p: Phrase, day: Days | None) -> Days | None:
    """ "For three days from Monday", "a two-day strike from Monday": as many days from the first."""
    count = story.count_of(p.part("n")) if p.part("u") in ("day", "week") and p.kind in ("day", "weekday", "nth") else 0
    if day is None or not count:
        return day
    return day[0], day[0] + timedelta(count * story.UNITS[p.part("u")] - 1), day[2], day[3]


CALENDAR = {
    "iso": calendar.iso,
    "numeric": calendar.numeric,
    "weekof": calendar.week_of,
    "days": calendar.days_between,
    "day": calendar.day_of,
    "range": calendar.months_between,
    "years": calendar.years_between,
    "decade": calendar.decade,
    "end": calendar.end_of,
    "half": calendar.half_year,
    "month": calendar.month,
    "season": calendar.season,
    "feast": calendar.feast,
    "year": calendar.whole_year,
    "nth": story.nth,
    "weekday": story.weekday,
    "week": story.week,
}
"""Kinds that may be told without a publication date."""
CHAINED = {"offset": story.offset, "gap": story.gap, "then": story.then, "nthday": story.nth_day}
"""Kinds that count from another day of the text. Told with a past verb, a day after publication is a wrong tie and stays unresolved."""
RELATIVE = {
    "near": story.near_publication,
    "ago": story.ago,
    "weekdays": story.weekdays,
    "weekend": story.weekend,
    "past": story.past_stretch,
    "coming": story.coming_stretch,
}
"""Kinds that count from publication."""

_AHEAD = re.compile(r"^,? ?(?:at|by|from)? ?")
_STANDARD = {"E": ("EST", "EDT"), "C": ("CST", "CDT"), "M": ("MST", "MDT"), "P": ("PST", "PDT")}


def _clock(phrase: Phrase, day: date) -> str | None:
    """The clock time told with a day, as ISO 8601 with its offset where a zone is named."""
    clock = _AHEAD.sub("", phrase.part("clock")).strip()
    clock = re.sub(r"^noon\b", "12:00", re.sub(r"^midnight\b", "00:00", clock, flags=re.IGNORECASE), flags=re.IGNORECASE)
    if not clock or not re.search(r"[:.]\d\d|[ap]\.?m", clock, re.IGNORECASE):
        return None
    # "ET" and "PT" name no offset of their own: daylight time from the second Sunday of March to the first of November.
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    summer = march + timedelta((6 - march.weekday()) % 7) <= day < november + timedelta((6 - november.weekday()) % 7)
    clock = re.sub(r"\b([ECMP])T\b", lambda m: _STANDARD[m[1]][summer], re.sub(r"(\d)\.(\d\d)", r"\1:\2", clock))
    return _read_clock(f"{day.isoformat()} {clock.removesuffix('hours').strip()}")


@lru_cache(maxsize=4096)
def _read_clock(text: str) -> str | None:
    read = dateparser.parse(text, languages=["en"])
    return read.isoformat(timespec="minutes") if read else None
