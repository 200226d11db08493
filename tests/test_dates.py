"""Date words become days: a grid of words, tense and publication, then what holds for every phrase."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.dates import Phrase, When, order_told, phrases, resolve, years_told

SATURDAY = date(2021, 1, 9)
D = date.fromisoformat


def one(text: str, tense: str = "past", published: date | None = SATURDAY, before: date | When | None = None) -> When:
    found = phrases(text)
    assert len(found) == 1, found
    return resolve(found[0], tense, published, before)  # type: ignore[arg-type]


def last(text: str, tense: str = "past", published: date | None = SATURDAY, before: date | When | None = None) -> When:
    return resolve(phrases(text)[-1], tense, published, before)  # type: ignore[arg-type]


SINCE = """
on Friday                                  | past   | 2021-01-09 | 2021-01-08 | 2021-01-08 | day    | relative
Saturday                                   | past   | 2021-01-09 | 2021-01-09 | 2021-01-09 | day    | relative
late Saturday                              | past   | 2021-01-09 | 2021-01-09 | 2021-01-09 | day    | relative
last Saturday                              | past   | 2021-01-09 | 2021-01-02 | 2021-01-02 | day    | relative
on Sunday                                  | future | 2021-01-09 | 2021-01-10 | 2021-01-10 | day    | relative
by Thursday                                | past   | 2021-01-09 | 2021-01-14 | 2021-01-14 | day    | relative
earlier this week                          | past   | 2021-01-09 | 2021-01-04 | 2021-01-09 | week   | relative
last week                                  | past   | 2021-01-09 | 2020-12-28 | 2021-01-03 | week   | relative
at the weekend                             | past   | 2021-01-09 | 2021-01-09 | 2021-01-10 | day    | relative
this month                                 | past   | 2021-01-09 | 2021-01-01 | 2021-01-09 | month  | relative
Last April                                 | past   | 2021-01-09 | 2020-04-01 | 2020-04-30 | month  | relative
In 2019                                    | past   | 2021-01-09 | 2019-01-01 | 2019-12-31 | year   | stated
January 6th                                | past   | 2021-01-09 | 2021-01-06 | 2021-01-06 | day    | stated
Dec. 6                                     | past   | 2021-01-09 | 2020-12-06 | 2020-12-06 | day    | stated
on 3 February                              | future | 2021-01-09 | 2021-02-03 | 2021-02-03 | day    | stated
on 11 June 2018                            | past   | 2021-01-09 | 2018-06-11 | 2018-06-11 | day    | stated
in March 2020                              | past   | 2021-01-09 | 2020-03-01 | 2020-03-31 | month  | stated
since March                                | past   | 2021-01-09 | 2020-03-01 | 2021-01-09 | month  | stated
Between June and October 2013              | past   | 2021-01-09 | 2013-06-01 | 2013-10-31 | month  | stated
two weeks ago                              | past   | 2021-01-09 | 2020-12-26 | 2020-12-26 | day    | relative
Friday of last week                        | past   | 2021-01-09 | 2021-01-01 | 2021-01-01 | day    | relative
between November and January               | past   | 2021-01-09 | 2020-11-01 | 2021-01-31 | month  | stated
yesterday                                  | past   | 2021-01-09 | 2021-01-08 | 2021-01-08 | day    | relative
overnight                                  | past   | 2021-01-09 | 2021-01-08 | 2021-01-09 | day    | relative
last summer                                | past   | 2021-01-09 | 2020-06-01 | 2020-08-31 | season | relative
2021-01-08                                 | past   | 2021-01-09 | 2021-01-08 | 2021-01-08 | day    | stated
"""
"""The codebook's own story, a Saturday."""

WEEKDAYS = """
on Friday                                  | past   | 2022-07-15 | 2022-07-15 | 2022-07-15 | day    | relative
last Friday                                | past   | 2022-07-15 | 2022-07-08 | 2022-07-08 | day    | relative
last Friday                                | past   | 2022-07-18 | 2022-07-15 | 2022-07-15 | day    | relative
this Friday                                | future | 2022-07-12 | 2022-07-15 | 2022-07-15 | day    | relative
next Friday                                | future | 2022-07-15 | 2022-07-22 | 2022-07-22 | day    | relative
Tuesday of next week                       | future | 2022-07-15 | 2022-07-19 | 2022-07-19 | day    | relative
Tuesday last week                          | past   | 2022-07-15 | 2022-07-05 | 2022-07-05 | day    | relative
on Friday week                             | future | 2022-07-12 | 2022-07-22 | 2022-07-22 | day    | relative
from Monday                                | future | 2022-07-15 | 2022-07-18 | 2022-07-18 | day    | relative
since Monday                               | past   | 2022-07-15 | 2022-07-11 | 2022-07-15 | day    | relative
Since late on Monday                       | past   | 2022-07-15 | 2022-07-11 | 2022-07-15 | day    | relative
idle since Tuesday, when guards walked off | past   | 2022-07-15 | 2022-07-12 | 2022-07-15 | day    | relative
early on Thursday                          | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
before dawn on Thursday                    | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
THURSDAY                                   | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
TUE - Cooks walk off the ferry.            | past   | 2022-07-15 | 2022-07-12 | 2022-07-12 | day    | relative
WED 13 JULY: the depot is shut             | past   | 2022-07-15 | 2022-07-13 | 2022-07-13 | day    | stated
MONDAY, June 3                             | past   | 2022-07-15 | 2022-06-03 | 2022-06-03 | day    | stated
from Monday to Wednesday                   | past   | 2022-07-15 | 2022-07-11 | 2022-07-13 | day    | relative
from Monday to Wednesday                   | future | 2022-07-15 | 2022-07-18 | 2022-07-20 | day    | relative
between Friday and Sunday                  | past   | 2022-07-18 | 2022-07-15 | 2022-07-17 | day    | relative
as late as Wednesday                       | past   | 2022-07-15 | 2022-07-13 | 2022-07-13 | day    | relative
By Wednesday 40 shops had dropped it       | past   | 2022-07-15 | 2022-07-13 | 2022-07-13 | day    | relative
it must answer by Wednesday                | past   | 2022-07-15 | 2022-07-20 | 2022-07-20 | day    | relative
until Friday                               | future | 2022-07-12 | 2022-07-15 | 2022-07-15 | day    | relative
for three days from Monday                 | future | 2022-07-15 | 2022-07-18 | 2022-07-20 | day    | relative
a two-day walkout from Monday              | future | 2022-07-15 | 2022-07-18 | 2022-07-19 | day    | relative
last weekend                               | past   | 2022-07-16 | 2022-07-09 | 2022-07-10 | day    | relative
last weekend                               | past   | 2022-07-18 | 2022-07-16 | 2022-07-17 | day    | relative
over the weekend                           | past   | 2022-07-18 | 2022-07-16 | 2022-07-17 | day    | relative
this weekend                               | future | 2022-07-13 | 2022-07-16 | 2022-07-17 | day    | relative
next weekend                               | future | 2022-07-16 | 2022-07-23 | 2022-07-24 | day    | relative
Friday the 29th                            | future | 2022-07-15 | 2022-07-29 | 2022-07-29 | day    | stated
Wednesday the 29th                         | past   | 2022-07-15 | 2022-06-29 | 2022-06-29 | day    | stated
"""

NEAR = """
today                                      | past   | 2022-07-15 | 2022-07-15 | 2022-07-15 | day    | relative
earlier today                              | past   | 2022-07-15 | 2022-07-15 | 2022-07-15 | day    | relative
Yesterday afternoon                        | past   | 2022-01-01 | 2021-12-31 | 2021-12-31 | day    | relative
last night                                 | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
this morning                               | past   | 2022-07-15 | 2022-07-15 | 2022-07-15 | day    | relative
TOMORROW                                   | future | 2022-12-31 | 2023-01-01 | 2023-01-01 | day    | relative
the day before yesterday                   | past   | 2022-07-15 | 2022-07-13 | 2022-07-13 | day    | relative
the day after tomorrow                     | future | 2022-07-15 | 2022-07-17 | 2022-07-17 | day    | relative
since yesterday                            | past   | 2022-07-15 | 2022-07-14 | 2022-07-15 | day    | relative
As of yesterday                            | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
three days ago                             | past   | 2022-03-01 | 2022-02-26 | 2022-02-26 | day    | relative
a fortnight ago the firm left              | past   | 2022-07-15 | 2022-07-01 | 2022-07-01 | day    | relative
Three years ago the board sued             | past   | 2022-07-15 | 2019-01-01 | 2019-12-31 | year   | relative
two months ago                             | past   | 2022-01-15 | 2021-11-01 | 2021-11-30 | month  | relative
twenty-four hours ago                      | past   | 2022-07-15 | 2022-07-14 | 2022-07-14 | day    | relative
in two weeks' time                         | future | 2022-07-15 | 2022-07-29 | 2022-07-29 | day    | relative
three days from now                        | future | 2022-07-30 | 2022-08-02 | 2022-08-02 | day    | relative
over the past two weeks                    | past   | 2022-07-15 | 2022-07-01 | 2022-07-15 | week   | relative
in the last three months                   | past   | 2022-05-31 | 2022-02-28 | 2022-05-31 | month  | relative
for the past four days                     | past   | 2022-07-15 | 2022-07-11 | 2022-07-15 | day    | relative
over the next two weeks                    | future | 2022-07-15 | 2022-07-15 | 2022-07-29 | week   | relative
this week                                  | future | 2022-07-12 | 2022-07-12 | 2022-07-17 | week   | relative
later this month                           | past   | 2022-07-12 | 2022-07-12 | 2022-07-31 | month  | relative
earlier this month                         | past   | 2022-07-12 | 2022-07-01 | 2022-07-12 | month  | relative
next month                                 | future | 2022-12-12 | 2023-01-01 | 2023-01-31 | month  | relative
last month                                 | past   | 2022-01-12 | 2021-12-01 | 2021-12-31 | month  | relative
last year                                  | past   | 2022-01-12 | 2021-01-01 | 2021-12-31 | year   | relative
this year                                  | past   | 2022-07-12 | 2022-01-01 | 2022-07-12 | year   | relative
since last week                            | past   | 2022-07-15 | 2022-07-04 | 2022-07-15 | week   | relative
since the start of the year                | past   | 2022-07-15 | 2022-01-01 | 2022-07-15 | day    | relative
next week                                  | future | 2022-12-30 | 2023-01-02 | 2023-01-08 | week   | relative
"""

MONTHS = """
in December                                | past   | 2022-01-05 | 2021-12-01 | 2021-12-31 | month  | stated
in December                                | past   | 2022-12-05 | 2022-12-01 | 2022-12-31 | month  | stated
in January                                 | future | 2022-12-05 | 2023-01-01 | 2023-01-31 | month  | stated
last December                              | past   | 2022-12-05 | 2021-12-01 | 2021-12-31 | month  | relative
next May                                   | future | 2022-07-05 | 2023-05-01 | 2023-05-31 | month  | relative
March 2020                                 | past   | 2022-07-05 | 2020-03-01 | 2020-03-31 | month  | stated
mid-March                                  | past   | 2022-07-05 | 2022-03-01 | 2022-03-31 | month  | stated
in the middle of December                  | past   | 2022-02-05 | 2021-12-01 | 2021-12-31 | month  | stated
since mid-May                              | past   | 2022-07-05 | 2022-05-15 | 2022-07-05 | day    | stated
early in 2019                              | past   | 2022-07-05 | 2019-01-01 | 2019-12-31 | year   | stated
as recently as August                      | past   | 2022-07-05 | 2021-08-01 | 2021-08-31 | month  | stated
As early as 2013                           | past   | 2022-07-05 | 2013-01-01 | 2013-12-31 | year   | stated
in February of last year                   | past   | 2022-07-05 | 2021-02-01 | 2021-02-28 | month  | relative
in June last year                          | past   | 2022-07-05 | 2021-06-01 | 2021-06-30 | month  | relative
that June                                  | past   | 2022-07-05 | 2022-06-01 | 2022-06-30 | month  | stated
from August                                | future | 2022-07-27 | 2022-08-01 | 2022-08-31 | month  | stated
by the end of April                        | future | 2022-03-27 | 2022-04-30 | 2022-04-30 | day    | stated
at the end of June                         | past   | 2022-03-27 | 2021-06-30 | 2021-06-30 | day    | stated
the end of February 2024                   | past   | 2024-03-27 | 2024-02-29 | 2024-02-29 | day    | stated
by the end of the month                    | past   | 2022-02-10 | 2022-02-28 | 2022-02-28 | day    | relative
by the end of the year                     | future | 2022-02-10 | 2022-12-31 | 2022-12-31 | day    | relative
at the end of last month                   | past   | 2022-03-10 | 2022-02-28 | 2022-02-28 | day    | relative
in May and June                            | past   | 2022-07-05 | 2022-05-01 | 2022-06-30 | month  | stated
from March to May 2018                     | past   | 2022-07-05 | 2018-03-01 | 2018-05-31 | month  | stated
from November 2018 to January 2019         | past   | 2022-07-05 | 2018-11-01 | 2019-01-31 | month  | stated
In June Holm resigned                      | past   | 2022-07-05 | 2022-06-01 | 2022-06-30 | month  | stated
Since December                             | past   | 2022-07-05 | 2021-12-01 | 2022-07-05 | month  | stated
Until March it hosted the forum            | past   | 2022-07-05 | 2022-03-01 | 2022-03-31 | month  | stated
the 1990s                                  | past   | 2022-07-05 | 1990-01-01 | 1999-12-31 | year   | stated
between 2014 and 2016                      | past   | 2022-07-05 | 2014-01-01 | 2016-12-31 | year   | stated
since 2020                                 | past   | 2022-07-05 | 2020-01-01 | 2022-07-05 | year   | stated
They recall 2017, when it struck           | past   | 2022-07-05 | 2017-01-01 | 2017-12-31 | year   | stated
at the 2014 signing                        | past   | 2022-07-05 | 2014-01-01 | 2014-12-31 | year   | stated
in the second half of 2019                 | past   | 2022-07-05 | 2019-07-01 | 2019-12-31 | season | stated
in the summer of 2018                      | past   | 2022-07-05 | 2018-06-01 | 2018-08-31 | season | stated
the spring of 2010                         | past   | 2022-07-05 | 2010-03-01 | 2010-05-31 | season | stated
In the spring the town refused             | past   | 2022-07-05 | 2022-03-01 | 2022-05-31 | season | relative
last winter                                | past   | 2022-07-05 | 2021-12-01 | 2022-02-28 | season | relative
last autumn                                | past   | 2022-07-05 | 2021-09-01 | 2021-11-30 | season | relative
this summer                                | future | 2022-07-05 | 2022-06-01 | 2022-08-31 | season | relative
by the autumn                              | future | 2022-07-05 | 2022-09-01 | 2022-11-30 | season | relative
"""

DAYS = """
on 31 December                             | past   | 2022-01-01 | 2021-12-31 | 2021-12-31 | day    | stated
on 2 January                               | future | 2022-12-30 | 2023-01-02 | 2023-01-02 | day    | stated
on 29 February                             | past   | 2022-06-01 | 2020-02-29 | 2020-02-29 | day    | stated
on 29 February                             | future | 2022-06-01 | 2024-02-29 | 2024-02-29 | day    | stated
on 29 February 2020                        | past   | 2022-06-01 | 2020-02-29 | 2020-02-29 | day    | stated
Since 6 January, 480 members have refused  | past   | 2022-02-01 | 2022-01-06 | 2022-02-01 | day    | stated
On 6 January, 2000 members left            | past   | 2022-02-01 | 2022-01-06 | 2022-01-06 | day    | stated
On January 6, 2020, members left           | past   | 2022-02-01 | 2020-01-06 | 2020-01-06 | day    | stated
for two weeks on 2 March                   | past   | 2022-06-01 | 2022-03-02 | 2022-03-02 | day    | stated
the 3rd of May                             | past   | 2022-06-01 | 2022-05-03 | 2022-05-03 | day    | stated
May 3, 2019                                | past   | 2022-06-01 | 2019-05-03 | 2019-05-03 | day    | stated
12 March: pickers strike                   | past   | 2022-06-01 | 2022-03-12 | 2022-03-12 | day    | stated
on Friday, 14 October                      | past   | 2023-09-01 | 2022-10-14 | 2022-10-14 | day    | stated
on Friday, 14 October                      | past   | 2022-11-01 | 2022-10-14 | 2022-10-14 | day    | stated
between 3 and 7 May                        | past   | 2022-06-01 | 2022-05-03 | 2022-05-07 | day    | stated
from 3 to 9 June                           | past   | 2022-07-01 | 2022-06-03 | 2022-06-09 | day    | stated
on 10 and 11 June                          | past   | 2022-07-01 | 2022-06-10 | 2022-06-11 | day    | stated
June 10-12                                 | past   | 2022-07-01 | 2022-06-10 | 2022-06-12 | day    | stated
from 28 December to 3 January              | past   | 2022-07-01 | 2021-12-28 | 2022-01-03 | day    | stated
from 28 December 2019 to 3 January 2020    | past   | 2022-07-01 | 2019-12-28 | 2020-01-03 | day    | stated
in the week of 15 February                 | past   | 2022-07-01 | 2022-02-14 | 2022-02-20 | week   | stated
on the night of 19 September               | past   | 2022-12-01 | 2022-09-19 | 2022-09-19 | day    | stated
from 5 March                               | past   | 2022-03-03 | 2022-03-05 | 2022-03-05 | day    | stated
from 6 January                             | past   | 2022-03-03 | 2022-01-06 | 2022-01-06 | day    | stated
on the 9th, when it opened                 | past   | 2022-03-20 | 2022-03-09 | 2022-03-09 | day    | stated
on the 29th.                               | past   | 2022-03-20 | 2022-01-29 | 2022-01-29 | day    | stated
on the 9th of last month                   | past   | 2022-01-20 | 2021-12-09 | 2021-12-09 | day    | stated
a two-day strike from 14 May 2019          | past   | 2022-03-20 | 2019-05-14 | 2019-05-15 | day    | stated
the three-day sit-in, which began on 3 May | past   | 2022-06-20 | 2022-05-03 | 2022-05-05 | day    | stated
14 MAY                                     | past   | 2022-06-20 | 2022-05-14 | 2022-05-14 | day    | stated
"""

NUMERIC = """
on 3/14/2024                               | past   | 2024-05-20 | 2024-03-14 | 2024-03-14 | day    | stated
on 14/3/2024                               | past   | 2024-05-20 | 2024-03-14 | 2024-03-14 | day    | stated
on 14/3/24                                 | past   | 2024-05-20 | 2024-03-14 | 2024-03-14 | day    | stated
on 14/3/98                                 | past   | 2024-05-20 | 1998-03-14 | 1998-03-14 | day    | stated
on 05.03.2024                              | past   | 2024-05-20 | 2024-03-05 | 2024-03-05 | day    | stated
on 14-03-2024                              | past   | 2024-05-20 | 2024-03-14 | 2024-03-14 | day    | stated
2024/03/14                                 | past   | 2024-05-20 | 2024-03-14 | 2024-03-14 | day    | stated
on 12/03                                   | past   | 2022-03-19 | 2022-03-12 | 2022-03-12 | day    | stated
on 03/12                                   | past   | 2022-03-19 | 2022-03-12 | 2022-03-12 | day    | stated
Update, 23/09, 16:40: talks fail           | past   | 2022-09-23 | 2022-09-23 | 2022-09-23 | day    | stated
on 05/05                                   | past   | 2022-09-23 | 2022-05-05 | 2022-05-05 | day    | stated
"""

FEASTS = """
since Easter                               | past   | 2022-05-29 | 2022-04-17 | 2022-05-29 | day    | relative
at Easter                                  | future | 2022-03-30 | 2022-04-17 | 2022-04-17 | day    | relative
on Good Friday                             | past   | 2022-05-29 | 2022-04-15 | 2022-04-15 | day    | relative
on Easter Monday                           | past   | 2022-03-01 | 2021-04-05 | 2021-04-05 | day    | relative
over the Easter weekend                    | past   | 2022-05-01 | 2022-04-15 | 2022-04-18 | day    | relative
on Easter Sunday 2019                      | past   | 2022-05-01 | 2019-04-21 | 2019-04-21 | day    | stated
on Whit Monday                             | past   | 2022-07-01 | 2022-06-06 | 2022-06-06 | day    | relative
on Christmas Eve                           | past   | 2022-01-05 | 2021-12-24 | 2021-12-24 | day    | stated
since Christmas                            | past   | 2022-05-08 | 2021-12-25 | 2022-05-08 | day    | stated
by Christmas                               | future | 2022-05-08 | 2022-12-25 | 2022-12-25 | day    | stated
last Christmas                             | past   | 2022-05-08 | 2021-12-25 | 2021-12-25 | day    | relative
on Boxing Day                              | past   | 2022-12-27 | 2022-12-26 | 2022-12-26 | day    | stated
on New Year’s Day                          | past   | 2022-01-03 | 2022-01-01 | 2022-01-01 | day    | stated
on New Year's Eve                          | past   | 2022-01-03 | 2021-12-31 | 2021-12-31 | day    | stated
on May Day                                 | past   | 2022-05-03 | 2022-05-01 | 2022-05-01 | day    | stated
marked Labour Day with a march             | past   | 2022-05-03 | 2022-05-01 | 2022-05-01 | day    | relative
on Labor Day                               | past   | 2022-09-08 | 2022-09-05 | 2022-09-05 | day    | relative
on Black Friday                            | past   | 2022-12-01 | 2022-11-25 | 2022-11-25 | day    | relative
on Memorial Day                            | past   | 2022-06-02 | 2022-05-30 | 2022-05-30 | day    | relative
"""

GRID = [
    tuple(cell.strip() for cell in line.split("|"))
    for table in (SINCE, WEEKDAYS, NEAR, MONTHS, DAYS, NUMERIC, FEASTS)
    for line in table.strip().splitlines()
]


@pytest.mark.parametrize(("words", "tense", "published", "start", "end", "granularity", "basis"), GRID)
def test_words_mean_days(words: str, tense: str, published: str, start: str, end: str, granularity: str, basis: str) -> None:
    when = one(words, tense, D(published))
    assert (str(when.start), str(when.end), when.granularity, when.basis) == (start, end, granularity, basis)


CHAINS = """
two days later                             | 2022-07-05 | 2022-07-07 | 2022-07-07 | day
Nine days later a court agreed             | 2022-07-01 | 2022-07-10 | 2022-07-10 | day
A week earlier                             | 2022-07-08 | 2022-07-01 | 2022-07-01 | day
the following day                          | 2022-06-30 | 2022-07-01 | 2022-07-01 | day
the very next day                          | 2022-06-30 | 2022-07-01 | 2022-07-01 | day
the day before                             | 2022-07-01 | 2022-06-30 | 2022-06-30 | day
a day after                                | 2022-07-05 | 2022-07-06 | 2022-07-06 | day
the previous evening                       | 2022-07-05 | 2022-07-04 | 2022-07-04 | day
the same evening                           | 2022-07-05 | 2022-07-05 | 2022-07-05 | day
that night                                 | 2022-07-05 | 2022-07-05 | 2022-07-05 | day
within hours                               | 2022-07-05 | 2022-07-05 | 2022-07-05 | day
Two days after that date,                  | 2022-07-05 | 2022-07-07 | 2022-07-07 | day
Two weeks on, nobody has replied           | 2022-06-05 | 2022-06-19 | 2022-06-19 | day
72 hours later                             | 2022-07-05 | 2022-07-08 | 2022-07-08 | day
since then                                 | 2022-07-05 | 2022-07-05 | 2022-07-15 | day
the following week                         | 2022-06-22 | 2022-06-27 | 2022-07-03 | week
the following month                        | 2021-12-22 | 2022-01-01 | 2022-01-31 | month
a year later                               | 2019-06-22 | 2020-01-01 | 2020-12-31 | year
the year after                             | 2019-06-22 | 2020-01-01 | 2020-12-31 | year
that year                                  | 2019-06-22 | 2019-01-01 | 2019-12-31 | year
in May of that year                        | 2019-06-22 | 2019-05-01 | 2019-05-31 | month
that June                                  | 2017-02-01 | 2017-06-01 | 2017-06-30 | month
the following March                        | 2017-06-01 | 2018-03-01 | 2018-03-31 | month
the following spring                       | 2017-12-31 | 2018-03-01 | 2018-05-31 | season
that summer                                | 2017-02-01 | 2017-06-01 | 2017-08-31 | season
the following Monday                       | 2022-06-24 | 2022-06-27 | 2022-06-27 | day
the previous Friday                        | 2022-06-24 | 2022-06-17 | 2022-06-17 | day
that Friday                                | 2022-06-22 | 2022-06-24 | 2022-06-24 | day
On the eleventh day of the hunger strike   | 2022-06-01 | 2022-06-11 | 2022-06-11 | day
on the 9th, as agreed                      | 2022-05-02 | 2022-05-09 | 2022-05-09 | day
The move came a day after dockers struck   | 2022-07-06 | 2022-07-05 | 2022-07-05 | day
"""
CHAIN_ROWS = [tuple(c.strip() for c in line.split("|")) for line in CHAINS.strip().splitlines()]
FRIDAY = date(2022, 7, 15)


@pytest.mark.parametrize(("words", "before", "start", "end", "granularity"), CHAIN_ROWS)
def test_words_that_count_from_the_act_before(words: str, before: str, start: str, end: str, granularity: str) -> None:
    when = one(words, "past", FRIDAY, D(before))
    assert (str(when.start), str(when.end), when.granularity) == (start, end, granularity)


@pytest.mark.parametrize("words", [row[0] for row in CHAIN_ROWS if not row[0].startswith(("that June", "on the 9th"))])
def test_without_an_act_before_chains_stay_open(words: str) -> None:
    assert one(words, "past", FRIDAY).start is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The lender quit on Thursday, two days after pickers had blocked its gate.", "2022-07-12"),
        ("It fired him on 4 July, a week before its workers rose.", "2022-07-11"),
        ("The council paid yesterday, the day after the nurses walked out.", "2022-07-13"),
        ("The firm quit on Thursday, hours after drivers had shut its gate.", "2022-07-14"),
        ("The union sat down two days after Monday's vote.", "2022-07-13"),
        ("The mill reopened three days before the 12 July hearing.", "2022-07-09"),
    ],
)
def test_a_gap_counts_from_the_day_told_beside_it(text: str, start: str) -> None:
    gap = next(p for p in phrases(text) if p.kind == "gap")
    assert resolve(gap, "past", FRIDAY, D("2022-02-02")).start == D(start)


@pytest.mark.parametrize("words", ["three days after the riot", "a week before its election", "two days after the platform banned him"])
def test_days_from_something_named_are_not_guessed(words: str) -> None:
    (gap,) = phrases(words)
    assert resolve(gap, "past", SATURDAY, date(2021, 1, 5)).start is None


def test_days_are_not_counted_from_a_month() -> None:
    june = When(date(2020, 6, 1), date(2020, 6, 30), "month", "stated", "in June")
    assert one("two days later", before=june).start is None
    assert one("the following month", before=june).start == date(2020, 7, 1)
    year = When(date(2017, 1, 1), date(2017, 12, 31), "year", "stated", "in 2017")
    assert one("the following month", before=year).start is None
    assert one("the following spring", before=year).start == date(2018, 3, 1)


def test_a_story_of_long_ago_keeps_its_years() -> None:
    june = When(date(1915, 6, 1), date(1915, 6, 30), "month", "stated", "In June 1915")
    assert one("in September", before=june).start == date(1915, 9, 1)
    assert one("in September", before=date(2019, 6, 1)).start == date(2020, 9, 1)


def test_a_wrong_tie_never_leads_past_publication() -> None:
    assert one("two weeks later", before=date(2021, 1, 5)).start is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("It froze the fund on 2 March and freed it on the 9th.", "2020-03-09"),
        ("It struck on 3 November 2018 and 4 January 2019.", "2019-01-04"),
        ("It struck between 30 December 2018 and 4 January 2019.", "2018-12-30"),
        ("In June 2018 the guild sued, and in March it won.", "2019-03-01"),
        ("It met them on 3 November 2018 and again on 4 January.", "2019-01-04"),
        ("The club, founded in June 2018, quit the league in March.", "2020-03-01"),
        ("Shops pulled it last week, the first on Monday and the other on Thursday.", "2020-12-31"),
        ("Stores in two towns dropped it in May and June, respectively.", "2020-06-01"),
    ],
)
def test_words_that_lean_on_others_of_the_sentence(text: str, start: str) -> None:
    assert last(text).start == D(start)


def test_since_is_a_range_and_a_point_for_what_began_it() -> None:
    (p,) = phrases("The mill has been idle since Tuesday, when welders stopped work")
    assert (resolve(p, "past", SATURDAY).start, resolve(p, "past", SATURDAY).end) == (date(2021, 1, 5), SATURDAY)
    assert resolve(p.without_lead(), "past", SATURDAY).end == date(2021, 1, 5)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("from Sunday at 11:59 p.m. PT", "2021-01-10T23:59-08:00"),
        ("on Sunday at 11:59 PM EST", "2021-01-10T23:59-05:00"),
        ("at 9 a.m. ET on Sunday", "2021-01-10T09:00-05:00"),
        ("by noon on Sunday", "2021-01-10T12:00"),
        ("by 9 hours or so on Sunday", None),
        ("on 12 July at 14:30 BST", "2021-07-12T14:30+01:00"),
        ("July 12 at 9 a.m. ET", "2021-07-12T09:00-04:00"),
        ("on 12 July, 16:40", "2021-07-12T16:40"),
        ("2021-07-12T09:30:00Z", "2021-07-12T09:30+00:00"),
        ("2021-07-12 09:30 UTC", "2021-07-12T09:30+00:00"),
    ],
)
def test_a_clock_with_its_zone_is_kept(text: str, time: str | None) -> None:
    assert one(text, "future").time == time


def test_hours_make_days_only_whole() -> None:
    assert one("six hours later", before=date(2021, 1, 5)).start is None


@pytest.mark.parametrize("words", ["within 24 hours", "if the clip stays up beyond Monday", "gave the firm 48 hours to reply"])
def test_a_deadline_is_no_day_of_the_act(words: str) -> None:
    when = one(words)
    assert when.start is None and phrases(words)[0].kind == "deadline"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It must go by 12 March.", "by 12 March"),
        ("It has until the end of May.", "until the end of May"),
        ("It must go by midnight on Saturday.", "by midnight on Saturday"),
        ("It must go before Easter.", "before Easter"),
        ("On Monday evening it left.", "On Monday evening"),
        ("It sat down late on Thursday.", "late on Thursday"),
        ("By Thursday forty had left.", "Thursday"),
    ],
)
def test_the_words_are_those_of_the_text(text: str, words: str) -> None:
    (p,) = phrases(text)
    assert p.words == words == text[p.start : p.end]


@pytest.mark.parametrize(
    "words",
    ["on Friday", "yesterday", "last week", "in March", "on 3 May", "two days ago", "last summer", "on 12/03", "since Easter"],
)
def test_without_publication_nothing_relative_is_guessed(words: str) -> None:
    assert one(words, published=None).start is None


def test_offsets_in_an_undated_article_are_stated() -> None:
    when = one("the next day", published=None, before=date(2018, 5, 9))
    assert (when.start, when.basis) == (date(2018, 5, 10), "stated")


def test_which_number_is_the_month() -> None:
    far = date(2022, 8, 1)
    assert one("on 05/04", published=far).start is None
    (p,) = phrases("on 05/04")
    assert resolve(p, "past", far, order="day first").start == date(2022, 4, 5)
    assert resolve(p, "past", far, order="month first").start == date(2022, 5, 4)
    assert order_told(phrases("It wrote on 05/04 and on 23/05.")) == "day first"
    assert order_told(phrases("It wrote on 5/4/2022 and on 5/23/2022.")) == "month first"
    assert order_told(phrases("It wrote on 13/5/2022 and on 5/23/2022.")) is None
    assert order_told(phrases("It wrote on 05/04.")) is None
    assert order_told(phrases("It wrote on 12/03."), date(2022, 3, 19)) == "day first"


def test_the_years_a_text_tells() -> None:
    found = phrases("On 8 January 2019 it sued. On January 9th it won. In May 2020, on 3 May 2020 and 3 May 2021, it lost.")
    assert years_told(found) == {1: 2019}
    assert resolve(phrases("on January 9th")[0], "past", None, years=years_told(found)).start == date(2019, 1, 9)


@pytest.mark.parametrize(
    "text",
    [
        "© 2024 Example News",
        "He may march to the office",
        "room 2019",
        "a 1984-style ban",
        "after 9/11, a 24/7 service, a 50/50 split, 3/4 of them",
        "in the third quarter, in Q3 and second-quarter sales",
        "in the third quarter of 2019",
        "a two-day strike for 12 months",
        "for the third day running",
        "aged 34, a 12-year-old",
        "protests every Friday and on Sundays",
        "Fridays for Future marched; The Sunday Post wrote",
        "on Bloody Sunday",
        "on the 9th floor",
        "the last week of talks",
        "Easter Island, the Christmas market, Christmas bonuses",
        "by May Lindqvist and in March Berg's view",
        "as March Networks said",
        "version 1.2.24",
        "the in-fight of a spring roll",
        "in the run-up to the vote",
        "on Orthodox Easter",
        "14:20 - guards arrive",
        "for 30 days after tests, every two years after a course",
        "more than 2000 workers",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert phrases(text) == []


@pytest.mark.parametrize("words", ["on 31 June 2020", "on 30 February", "on 13/13/2020", "2021-13-40", "on Labour Day 2020"])
def test_days_that_do_not_exist_stay_open(words: str) -> None:
    assert all(resolve(p, "past", SATURDAY).granularity != "day" for p in phrases(words))


# What holds for every phrase ------------------------------------------------------------------------------------------------------

ALL_WORDS = sorted({row[0] for row in GRID} | {row[0] for row in CHAIN_ROWS})
DAYS_OF_NEWS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LATER = ("next", "tomorrow", "time", "from now", "coming", "later this", "from Monday", "week", "by ", "the end of the")
PAST_WORDS = [
    row[0]
    for row in GRID
    if row[1] == "past" and not any(x in row[0].lower() for x in LATER) and not any(c.isdigit() and len(row[0]) > 3 for c in row[0][-4:])
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAST_WORDS), DAYS_OF_NEWS)
def test_a_past_day_is_never_after_publication(words: str, published: date) -> None:
    for p in phrases(words):
        when = resolve(p, "past", published)
        years = any(len(x) == 4 and x.isdigit() for x in words.replace(",", " ").replace("-", " ").replace("s", " ").split())
        if when.start is not None and not years and p.part("lead") not in ("from", "as of"):
            assert when.start <= published


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL_WORDS), st.sampled_from(["past", "future"]), DAYS_OF_NEWS, st.none() | DAYS_OF_NEWS)
def test_an_interval_never_runs_backwards(words: str, tense: str, published: date, before: date | None) -> None:
    for p in phrases(words):
        when = resolve(p, tense, published, before)  # type: ignore[arg-type]
        assert (when.start is None) == (when.end is None)
        assert when.start is None or when.end is None or when.start <= when.end


GLUE = ["and", ",", "the union", "3", "2019", "May", "since", "by", ".", "\n", "12/03", "Sept."]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ALL_WORDS, *GLUE]), max_size=12))
def test_phrases_never_overlap_and_quote_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = phrases(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[p.start : p.end] == p.words and p.words for p in found)
    for p in found:
        resolve(p, "past", SATURDAY, date(2021, 1, 5))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789/-., :MayJune13thofsinceonby\n", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for p in phrases(text):
        resolve(p, "future", SATURDAY, date(2021, 1, 5))
        resolve(p, "past", None)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1970, 1, 1), date(2070, 12, 31)), st.integers(0, 3))
def test_a_full_date_is_read_as_written(day: date, form: int) -> None:
    month = day.strftime("%B")
    dotted = f"{day.day:02}.{day.month:02}.{day.year}"
    text = [f"on {day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat(), dotted]
    assert one(text[form], published=None).start == day


@settings(max_examples=60, deadline=None)
@given(DAYS_OF_NEWS, st.integers(0, 6))
def test_a_weekday_told_in_the_past_is_within_the_week(published: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    when = one(f"on {name}", published=published)
    assert when.start is not None and when.start.weekday() == weekday and timedelta(0) <= published - when.start < timedelta(7)


def test_a_long_text_is_read_fast() -> None:
    line = "The union (3,400 members) struck on Friday, two days after the firm had dropped its offer of 12 May; nobody replied by 4 p.m. "
    phrases(line)
    text = (line + "The plant makes parts for ferries and nothing else, and it always did so well that others came to look.\n") * 200
    started = time.perf_counter()
    found = phrases(text)
    assert len(found) >= 600 and isinstance(found[0], Phrase)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("words", ["a week on Friday", "a fortnight on Monday", "a week last Tuesday", "two weeks from Thursday"])
def test_a_weekday_moved_by_weeks_stays_open(words: str) -> None:
    (found,) = phrases(f"The crews will walk out {words} over pay.")
    assert found.words == words and resolve(found, "future", SATURDAY).start is None


def test_last_winter_told_in_january_is_not_the_one_that_runs() -> None:
    (found,) = phrases("The harbour froze last winter.")
    assert resolve(found, "past", SATURDAY).start == date(2019, 12, 1)
