"""Date words become days: the table of the codebook, for a story of Saturday 2021-01-09."""

from datetime import date

import pytest

from loaders.dates import phrases, resolve

SATURDAY = date(2021, 1, 9)


def one(text: str, tense: str = "past", published: date | None = SATURDAY, before: date | None = None):
    found = phrases(text)
    assert len(found) == 1, found
    return resolve(found[0], tense, published, before)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "tense", "start", "end", "granularity", "basis"),
    [
        ("on Friday", "past", "2021-01-08", "2021-01-08", "day", "relative"),
        ("Saturday", "past", "2021-01-09", "2021-01-09", "day", "relative"),
        ("late Saturday", "past", "2021-01-09", "2021-01-09", "day", "relative"),
        ("last Saturday", "past", "2021-01-02", "2021-01-02", "day", "relative"),
        ("on Sunday", "future", "2021-01-10", "2021-01-10", "day", "relative"),
        ("by Thursday", "past", "2021-01-14", "2021-01-14", "day", "relative"),
        ("earlier this week", "past", "2021-01-04", "2021-01-09", "week", "relative"),
        ("last week", "past", "2020-12-28", "2021-01-03", "week", "relative"),
        ("at the weekend", "past", "2021-01-09", "2021-01-10", "day", "relative"),
        ("this month", "past", "2021-01-01", "2021-01-09", "month", "relative"),
        ("Last April", "past", "2020-04-01", "2020-04-30", "month", "relative"),
        ("In 2019", "past", "2019-01-01", "2019-12-31", "year", "stated"),
        ("January 6th", "past", "2021-01-06", "2021-01-06", "day", "stated"),
        ("Dec. 6", "past", "2020-12-06", "2020-12-06", "day", "stated"),
        ("on 3 February", "future", "2021-02-03", "2021-02-03", "day", "stated"),
        ("on 11 June 2018", "past", "2018-06-11", "2018-06-11", "day", "stated"),
        ("in March 2020", "past", "2020-03-01", "2020-03-31", "month", "stated"),
        ("since March", "past", "2020-03-01", "2021-01-09", "month", "stated"),
        ("Between June and October 2013", "past", "2013-06-01", "2013-10-31", "month", "stated"),
        ("two weeks ago", "past", "2020-12-21", "2020-12-27", "week", "relative"),
        ("Friday of last week", "past", "2021-01-01", "2021-01-01", "day", "relative"),
        ("between November and January", "past", "2020-11-01", "2021-01-31", "month", "stated"),
        ("yesterday", "past", "2021-01-08", "2021-01-08", "day", "relative"),
        ("overnight", "past", "2021-01-09", "2021-01-09", "day", "relative"),
        ("last summer", "past", "2020-06-01", "2020-08-31", "season", "relative"),
        ("2021-01-08", "past", "2021-01-08", "2021-01-08", "day", "stated"),
    ],
)
def test_words_mean_days(words: str, tense: str, start: str, end: str, granularity: str, basis: str) -> None:
    when = one(words, tense)
    assert (str(when.start), str(when.end), when.granularity, when.basis) == (start, end, granularity, basis)


def test_a_clock_with_its_zone_is_kept() -> None:
    when = one("from Sunday at 11:59 p.m. PT", "future")
    assert when.start == date(2021, 1, 10)
    assert when.time == "2021-01-10T23:59-08:00"


def test_capital_pm_and_its_zone() -> None:
    assert one("on Sunday at 11:59 PM EST", "future").time == "2021-01-10T23:59-05:00"


def test_hours_make_days_only_whole() -> None:
    assert one("72 hours later", before=date(2021, 1, 5)).start == date(2021, 1, 8)
    assert one("six hours later", before=date(2021, 1, 5)).start is None


@pytest.mark.parametrize("words", ["three days after the riot", "a week before its election"])
def test_days_from_something_named_are_not_guessed(words: str) -> None:
    assert phrases(words) == []


def test_within_is_a_deadline_and_no_day() -> None:
    when = one("within 24 hours")
    assert when.start is None and phrases("within 24 hours")[0].kind == "deadline"


@pytest.mark.parametrize("words", ["on Friday", "yesterday", "last week", "in March", "on 3 May", "two days ago", "last summer"])
def test_without_publication_nothing_relative_is_guessed(words: str) -> None:
    assert one(words, published=None).start is None


def test_offsets_from_the_act_before() -> None:
    assert one("two days later", before=date(2021, 1, 5)).start == date(2021, 1, 7)
    assert one("the following day", before=date(2021, 1, 5)).start == date(2021, 1, 6)
    assert one("two days later").start is None


@pytest.mark.parametrize(
    "text", ["© 2024 Example News", "He may march to the office", "room 2019", "a 1984-style ban", "The Sunday Post said"]
)
def test_what_is_no_date(text: str) -> None:
    assert [p for p in phrases(text) if p.kind not in ("weekday",)] == []


def test_month_ends_and_years() -> None:
    assert one("on 31 December", published=date(2021, 1, 1)).start == date(2020, 12, 31)
    assert one("on 29 February 2020").start == date(2020, 2, 29)
    assert one("by the end of this month", "future", date(2020, 2, 10)).end == date(2020, 2, 29)
