"""Date words that count from publication or from the act told before -> first and last day.

In: a phrase and what it is read against (Known). Out: Days, or None where that day is not known. Rule: where there is nothing to count
from, nothing is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from loaders.calendar_days import COARSE, FAR, Days, Known, basis_of_chain, digits, point, real, unit_around, weekday_of
from loaders.date_words import NUMBERS, ORDINALS, Phrase

UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def count_of(word: str) -> int:
    """ "twenty-four" as 24; 0 where the number is not known ("several")."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    return sum(NUMBERS[w] for w in word.split("-")) if "-" in word else NUMBERS.get(word, 0)


def _moved(day: date, count: int, unit: str, basis: str, sign: int) -> Days | None:
    """So many units from a day: days and weeks give a day, months and years the month or year."""
    unit = unit.lower()
    if count == 0 or unit == "minute":
        return None
    if unit in ("month", "year"):
        if not 1 < day.year + sign * count // (12 if unit == "month" else 1) < 9999:
            return None
        return (*unit_around(unit, day, sign * count), unit, basis)
    if unit == "hour":
        # A day is told only by whole ones: "72 hours later" is three days on, "six hours later" may be the next morning.
        if count % 24:
            return None
        count, unit = count // 24, "day"
    return point(day + timedelta(sign * count * UNITS[unit]), basis)


def offset(p: Phrase, k: Known) -> Days | None:
    """ "Two days later" counts from the day told before."""
    if k.before is None or k.began is None:
        return None
    back = p.part("o").lower() in ("earlier", "before")
    if p.part("n").lower() == "the" and p.part("u").lower() in ("week", "month", "year"):
        return (*unit_around(p.part("u"), k.before, -1 if back else 1), p.part("u").lower(), basis_of_chain(k))
    return _moved(k.began if back else k.before, count_of(p.part("n")), p.part("u"), basis_of_chain(k), -1 if back else 1)


def gap(p: Phrase, k: Known) -> Days | None:
    """ "On Friday it quit, two days after K struck" tells K's day; "two days after Friday's strike" that of what came of it. Without
    either day nothing is guessed."""
    after = p.part("o").lower() == "after"
    # "The move came a day after K struck": the move is the act told before.
    day = k.tied or (k.began if p.part("came") and not p.part("towards") else None)
    if day is None:
        return None
    if not p.part("n"):
        # "Hours after": the same day, as far as the words go.
        return point(day, basis_of_chain(k))
    sign = 1 if after == bool(p.part("towards")) else -1
    return _moved(day, count_of(p.part("n")), p.part("u"), basis_of_chain(k), sign)


def then(p: Phrase, k: Known) -> Days | None:
    if k.before is None:
        return None
    if p.part("lead") == "since":
        return (k.before, k.published, "day", "relative") if k.published and k.before <= k.published and not k.coarse else None
    words = p.part("n").lower()
    step = 1 if re.search(r"next|following", words) else -1 if "previous" in words else 0
    return point(k.before + timedelta(step), basis_of_chain(k))


def nth(p: Phrase, k: Known) -> Days | None:
    """ "On the 9th": of the month told before in the sentence, else in the story where that is not long past, else the latest (or, of
    what is to come, the next) month that has one; "Friday the 29th" the nearest that is a Friday."""
    number = digits(p.part("d"))
    first = k.tied
    if first:
        return point(real(first.year, first.month, number), "stated")
    if p.part("this").lower() in ("last", "this") and k.published:
        month = unit_around("month", k.published, -1 if p.part("this").lower() == "last" else 0)[0]
        return point(real(month.year, month.month, number), "stated")
    if k.before and not k.coarse and not p.part("w") and (k.published is None or (k.published - k.before).days <= FAR):
        day = real(k.before.year, k.before.month, number)
        if day and (k.published is None or k.tense == "future" or day <= k.published):
            return point(day, "stated")
    if k.published is None:
        return None
    sign = 1 if k.tense == "future" or p.part("lead") in ("by", "until") else -1
    for step in range(13):
        month = unit_around("month", k.published, sign * step)[0]
        day = real(month.year, month.month, number)
        if day and (day - k.published).days * sign >= 0 and (not p.part("w") or day.weekday() == weekday_of(p.part("w"))):
            return point(day, "stated")
    return None


def nth_day(p: Phrase, k: Known) -> Days | None:
    """ "On the eleventh day of the strike": the day on which it began is the first."""
    word = p.part("n").lower()
    number = ORDINALS.get(word) or digits(word)
    return point(k.began + timedelta(number - 1), basis_of_chain(k)) if k.began else None


def near_publication(p: Phrase, k: Known, published: date) -> Days | None:
    word = p.part("n").lower()
    if word == "overnight" and k.tense == "past":
        return published - timedelta(1), published, "day", "relative"
    steps = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
    return point(published + timedelta(steps.get(word, 0)), "relative")


def ago(p: Phrase, k: Known, published: date) -> Days | None:
    return _moved(published, count_of(p.part("n")), p.part("u"), "relative", -1)


def weekday(p: Phrase, k: Known) -> Days | None:
    """Past: the latest such day up to and including publication; future: the earliest from it on. "Last Friday" is not today; "the
    following Friday" and "that Friday" count from the day told before."""
    wanted, side, of = weekday_of(p.part("w")), p.part("side").strip().lower(), p.part("of").lower()
    if side in ("the following", "the next", "the previous", "the same", "that"):
        if k.before is None or k.coarse > 1:
            return None
        ahead = (wanted - k.before.weekday()) % 7
        if side in ("the same", "that"):
            return point(k.before + timedelta(wanted - k.before.weekday()), basis_of_chain(k))
        return point(k.before + timedelta(ahead - 7 if side == "the previous" else ahead or 7), basis_of_chain(k))
    if k.published is None:
        return None
    published = k.published
    monday = published - timedelta(published.weekday())
    if p.anchor:
        return point(monday - timedelta(7 - wanted), "relative")
    ahead = (wanted - published.weekday()) % 7
    back = (published.weekday() - wanted) % 7
    if of.endswith("last week"):
        day = monday - timedelta(7 - wanted)
    elif of.endswith("next week"):
        day = monday + timedelta(7 + wanted)
    elif of.endswith("this week"):
        day = monday + timedelta(wanted)
    elif of == "week":
        day = published + timedelta((ahead or 7) + 7)
    elif side == "next" or (k.tense == "future" and side not in ("last", "past") and p.part("lead") != "since"):
        day = published + timedelta(ahead or (7 if side == "next" else 0))
    elif p.part("lead") in ("by", "until", "till"):
        day = published + timedelta(ahead)
    else:
        day = published - timedelta(back or (7 if side == "last" else 0))
    return point(day, "relative")


def weekdays(p: Phrase, k: Known, published: date) -> Days | None:
    """ "From Monday to Wednesday": the latest such stretch that has begun, or the next."""
    first, last = weekday_of(p.part("w")), weekday_of(p.part("w2"))
    length = (last - first) % 7
    if k.tense == "future":
        start = published + timedelta((first - published.weekday()) % 7)
    else:
        end = published - timedelta((published.weekday() - last) % 7)
        start = end - timedelta(length)
    return start, start + timedelta(length), "day", "relative"


def weekend(p: Phrase, k: Known, published: date) -> Days | None:
    """Saturday and Sunday: past the latest that has begun ("last weekend" the latest that is over), future the next that is not over."""
    side = p.part("side").strip().lower()
    saturday = published - timedelta((published.weekday() - 5) % 7)
    if side == "last":
        saturday -= timedelta(7 * (published.weekday() >= 5))
    elif side == "next" or (k.tense == "future" and saturday + timedelta(1) < published):
        saturday += timedelta(7)
    return saturday, saturday + timedelta(1), "day", "relative"


def week(p: Phrase, k: Known) -> Days | None:
    """This, last, next week, month or year; "the following week", "that year" from the day told before."""
    unit, side, part = p.part("u").lower(), p.part("side").lower().removeprefix("the very "), p.part("part").strip().lower()
    if side.startswith("that") or side in ("the following", "the next", "the previous", "the same"):
        if k.before is None or k.coarse > COARSE[unit]:
            return None
        step = {"the following": 1, "the next": 1, "the previous": -1}.get(side, 0)
        day = (*unit_around(unit, k.before, step), unit, basis_of_chain(k))
        # With "will", "the next year" is the one to come.
        return day if not (side == "the next" and k.tense == "future") else None
    if k.published is None:
        return None
    step = {"last": -1, "next": 1}.get(side, 0)
    start, end = unit_around(unit, k.published, step)
    if side in ("past", "the past"):
        start, end = _back(k.published, 1, unit), k.published
    elif part.endswith("end of"):
        start = max(start, k.published) if k.tense == "future" and step == 0 else start
    elif part.endswith("start of"):
        return start, start if p.part("lead") != "since" else end, "day", "relative"
    elif step == 0:
        ahead = k.tense == "future" or part == "later" or p.part("lead") in ("by", "until")
        start, end = (k.published, end) if ahead else (start, k.published)
    return start, end, unit, "relative"


def _back(day: date, count: int, unit: str) -> date:
    """So many units before a day (after it where count is negative), the day of the month kept where the month has it."""
    if unit in UNITS:
        return day - timedelta(count * UNITS[unit])
    index = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def past_stretch(p: Phrase, k: Known, published: date) -> Days | None:
    """ "Over the past two weeks": so many up to publication. "In the last 200 years" is no date of an act."""
    count, unit = count_of(p.part("n") or "a"), p.part("u").lower()
    if not 0 < count <= (99 if unit != "year" else 20):
        return None
    return _back(published, count, unit), published, {"fortnight": "week"}.get(unit, unit), "relative"


def coming_stretch(p: Phrase, k: Known, published: date) -> Days | None:
    """ "Over the next two weeks": from publication on; "in two weeks' time": that day."""
    count, unit = count_of(p.part("n") or "a"), p.part("u").lower()
    if not 0 < count <= (99 if unit != "year" else 20):
        return None
    if re.search(r"time$|now$|today$", p.words):
        return _moved(published, count, unit, "relative", 1)
    return published, _back(published, -count, unit), {"fortnight": "week"}.get(unit, unit), "relative"
