"""Holidays: the days of some years, looked up in calendars."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.feasts import NAMES, days, easter, stated


@pytest.mark.parametrize("day", ["1818-03-22", "1943-04-25", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2038-04-25"])
def test_easter(day: str) -> None:
    assert str(easter(int(day[:4]))) == day


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("Good Friday", 2024, "2024-03-29", "2024-03-29"),
        ("Easter weekend", 2024, "2024-03-29", "2024-04-01"),
        ("Ash Wednesday", 2024, "2024-02-14", "2024-02-14"),
        ("Ascension Day", 2024, "2024-05-09", "2024-05-09"),
        ("Whit Monday", 2024, "2024-05-20", "2024-05-20"),
        ("New Year\u2019s Eve", 2023, "2023-12-31", "2023-12-31"),
        ("St. Patrick's Day", 2023, "2023-03-17", "2023-03-17"),
        ("Saint Patrick's Day", 2023, "2023-03-17", "2023-03-17"),
        ("Black Friday", 2019, "2019-11-29", "2019-11-29"),
        ("Cyber Monday", 2019, "2019-12-02", "2019-12-02"),
        ("Labor Day", 2025, "2025-09-01", "2025-09-01"),
        ("Martin Luther King Jr. Day", 2024, "2024-01-15", "2024-01-15"),
        ("Memorial Day", 2021, "2021-05-31", "2021-05-31"),
    ],
)
def test_days(name: str, year: int, first: str, last: str) -> None:
    assert days(name, year) == [(date.fromisoformat(first), date.fromisoformat(last))]


def test_a_name_of_two_days_gives_both_and_an_unknown_one_none() -> None:
    assert days("Labour Day", 2023) == [(date(2023, 5, 1),) * 2, (date(2023, 9, 4),) * 2]
    assert days("Thanksgiving", 2023) == [(date(2023, 11, 23),) * 2, (date(2023, 10, 9),) * 2]
    assert days("Independence Day", 2023) == []


def test_every_name_has_a_day_in_every_year() -> None:
    assert all(days(name, year) for name in NAMES for year in (1900, 2000, 2023))


def test_a_day_of_the_calendar_is_stated() -> None:
    assert stated("Christmas Eve") and not stated("Easter Monday")
