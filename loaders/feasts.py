"""Church and public holidays: a name and a year -> the days.

`days(name, year)` answers for the holidays whose day is the same wherever English news is written, or whose name says whose it is.
Rule: a name that means different days in different countries ("Independence Day") is not known here.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

FIXED = {
    "new year's day": (1, 1),
    "new year": (1, 1),
    "australia day": (1, 26),
    "waitangi day": (2, 6),
    "valentine's day": (2, 14),
    "international women's day": (3, 8),
    "st patrick's day": (3, 17),
    "earth day": (4, 22),
    "anzac day": (4, 25),
    "may day": (5, 1),
    "juneteenth": (6, 19),
    "canada day": (7, 1),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
"""Month and day; the name tells the calendar day, so it counts as stated."""
FROM_EASTER = {
    "shrove tuesday": (-47, -47),
    "ash wednesday": (-46, -46),
    "palm sunday": (-7, -7),
    "maundy thursday": (-3, -3),
    "good friday": (-2, -2),
    "easter weekend": (-2, 1),
    "holy saturday": (-1, -1),
    "easter saturday": (-1, -1),
    "easter sunday": (0, 0),
    "easter": (0, 0),
    "easter monday": (1, 1),
    "ascension day": (39, 39),
    "pentecost": (49, 49),
    "whit sunday": (49, 49),
    "whit monday": (50, 50),
}
"""First and last day counted from (western) Easter Sunday."""
FROM_THANKSGIVING = {"black friday": 1, "cyber monday": 4}
_NTH_MONDAY = {"martin luther king jr day": (1, 3), "martin luther king day": (1, 3), "memorial day": (5, -1)}

_OTHERS = {"thanksgiving", "labour day", "labor day"}
NAMES = tuple(sorted({*FIXED, *FROM_EASTER, *FROM_THANKSGIVING, *_NTH_MONDAY, *_OTHERS}, key=lambda n: (-len(n), n)))
"""Every name known, the longest first; ties by the alphabet, so that the order is the same in every run."""


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the rule of Meeus, Jones and Butcher).

    >>> easter(2023)
    datetime.date(2023, 4, 9)
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _monday(year: int, month: int, nth: int) -> date:
    """The nth Monday of a month; -1 is the last."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return last - timedelta(last.weekday())
    first = date(year, month, 1)
    return first + timedelta((7 - first.weekday()) % 7 + 7 * (nth - 1))


def _thanksgiving(year: int) -> date:
    """The fourth Thursday of November (United States)."""
    first = date(year, 11, 1)
    return first + timedelta((3 - first.weekday()) % 7 + 21)


def key(name: str) -> str:
    """A holiday's name as NAMES writes it: lower case, straight apostrophe, single spaces, no full stop."""
    return re.sub(r"\s+", " ", name.lower().replace("\u2019", "'").replace(".", "").replace("saint ", "st ")).strip()


def stated(name: str) -> bool:
    """True where the name stands for a day of the calendar (Christmas), false where the day moves (Easter)."""
    return key(name) in FIXED


def days(name: str, year: int) -> list[tuple[date, date]]:
    """First and last day of a holiday in a year, one pair for each day that the name can mean ("Labour Day": 1 May, or the first Monday
    of September); none for a name that is not known."""
    name = key(name)
    if name in FIXED:
        day = date(year, *FIXED[name])
    elif name in FROM_EASTER:
        first, last = FROM_EASTER[name]
        return [(easter(year) + timedelta(first), easter(year) + timedelta(last))]
    elif name in FROM_THANKSGIVING:
        day = _thanksgiving(year) + timedelta(FROM_THANKSGIVING[name])
    elif name in _NTH_MONDAY:
        day = _monday(year, *_NTH_MONDAY[name])
    elif name == "labor day":
        day = _monday(year, 9, 1)
    elif name == "labour day":
        return [(d, d) for d in (date(year, 5, 1), _monday(year, 9, 1))]
    elif name == "thanksgiving":
        # Canada keeps it on the second Monday of October.
        return [(d, d) for d in (_thanksgiving(year), _monday(year, 10, 2))]
    else:
        return []
    return [(day, day)]
