"""The release calendar, across the nights on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.release import read_calendar
from render.core.fault import UsageFault


def dates(every: str, zone: str, after: datetime, count: int) -> list[str]:
    return [f"{date:%m-%dT%H:%M}" for date in islice(read_calendar(every, zone).dates(after), count)]


def test_the_hour_stays_when_summer_time_begins_and_ends() -> None:
    spring = datetime(2027, 3, 24, tzinfo=UTC)
    assert dates("mon,thu 16:00", "Europe/Berlin", spring, 3) == ["03-25T15:00", "03-29T14:00", "04-01T14:00"]
    autumn = datetime(2027, 10, 27, tzinfo=UTC)
    assert dates("thu,mon 16:00", "Europe/Berlin", autumn, 3) == ["10-28T14:00", "11-01T15:00", "11-04T15:00"]


def test_an_hour_that_spring_leaves_out_is_an_hour_later() -> None:
    assert dates("sun 2:30", "Europe/Berlin", datetime(2027, 3, 27, tzinfo=UTC), 1) == [
        "03-28T01:30"
    ]  # 3:30 there


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    assert dates("sun 2:30", "Europe/Berlin", datetime(2027, 10, 30, tzinfo=UTC), 1) == ["10-31T00:30"]


def test_days_are_those_of_the_zone() -> None:
    assert dates("mon 8:00", "Pacific/Auckland", datetime(2026, 11, 29, 12, tzinfo=UTC), 1) == ["11-29T19:00"]


def test_what_is_taken_is_left_out() -> None:
    calendar, after = read_calendar("daily 9:00", "UTC"), datetime(2026, 12, 1, tzinfo=UTC)
    first, second, third = islice(calendar.dates(after), 3)
    assert list(islice(calendar.dates(after, {first, third}), 1)) == [second]


@given(
    st.integers(1_770_000_000, 1_900_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.sampled_from(["mon 0:00", "sat,sun 23:59", "daily 2:30"]),
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "UTC"]),
)
def test_dates_rise_and_lie_ahead(after: datetime, every: str, zone: str) -> None:
    found = list(islice(read_calendar(every, zone).dates(after), 5))
    assert all(one < other for one, other in zip([after, *found], found, strict=False))


@pytest.mark.parametrize(
    ("every", "zone", "words"),
    [
        ("mon 25:00", "UTC", "expected days and a time"),
        ("16:00", "UTC", "expected days and a time"),
        ("mon,moon 16:00", "UTC", "moon is no day; expected mon, tue"),
        ("mon 16:00", "Europe/Berlinn", "--zone Europe/Berlinn: no such time zone"),
        ("mon 16:00", "../etc", "no such time zone"),
    ],
)
def test_what_is_no_calendar_is_told(every: str, zone: str, words: str) -> None:
    with pytest.raises(UsageFault, match=words.replace("(", r"\(")):
        read_calendar(every, zone)
