"""Dates as feeds write them, in five languages."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.dates import MONTHS, Moment, clamped, read
from wire.records import Quality


def month_of(moment: Moment | None) -> int | None:
    return moment.at.month if moment and moment.at else None


TEN = datetime(2025, 11, 3, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 03 Nov 2025 10:30:00 GMT",
        "Mon, 3 Nov 25 15:30:00 +0500",
        "2025-11-03T10:30:00Z",
        "2025-11-03T11:30:00.123+01:00",
        "2025-11-03 15:30:00 +05:00",
        "2025-11-03T15:30+05",
        "20251103T10:30:00Z",
        "3 қараша 2025, 15:30 +0500",
        "дүйсенбі, 3 қараша 2025 15:30 UTC+5",
        "2025 жылғы 3 қараша 10:30 UTC",
        "poniedziałek, 3 listopada 2025 r. 11:30 CET",
        "3 ноября 2025 г., 13:30 MSK",
        "الإثنين، ٣ نوفمبر ٢٠٢٥ 13:30 +0300",
        "3 تشرين الثاني 2025 - 13:30 +03:00",
        "Nov 3, 2025 10:30 AM UTC",
        "Mon Nov 03 10:30:00 GMT 2025",
    ],
)
def test_a_full_date_is_exact(text: str) -> None:
    assert read(text, "Asia/Almaty") == Moment(TEN, Quality.EXACT)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("сенбі, 1 қараша 2025 15:30", "Asia/Almaty"),
        ("1 lis 2025 11:30", "Europe/Warsaw"),
        ("01.11.2025 11:30", "Europe/Warsaw"),
        ("01/11/2025 13:30", "Asia/Riyadh"),
        ("2025/11/01 13:30", "Asia/Riyadh"),
        ("1 نوفمبر 2025 1:30 م", "Asia/Riyadh"),
        ("суббота, 1 ноября 2025, 15:30", "Asia/Almaty"),
        ("Sat, 01 Nov 2025 15:30:00 XYZ", "Asia/Almaty"),
    ],
)
def test_without_a_zone_the_feeds_own_is_assumed(text: str, zone: str) -> None:
    assert read(text, zone) == Moment(TEN - timedelta(days=2), Quality.ASSUMED)


def test_a_day_alone_begins_at_its_midnight_there() -> None:
    assert read("3 қараша 2025", "Asia/Almaty") == Moment(datetime(2025, 11, 2, 19, tzinfo=UTC), Quality.ASSUMED)


def test_summer_time_is_the_zones() -> None:
    at = datetime(2025, 7, 3, 10, 30, tzinfo=UTC)
    assert read("3 lipca 2025 12:30", "Europe/Warsaw") == Moment(at, Quality.ASSUMED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "бүгін",
        "12:30",
        "3 қараша",
        "31 February 2025",
        "2025-13-01",
        "99:99 3 Nov 2025",
        "0000-01-01",
        "محرم 1447",
    ],
)
def test_no_date_is_no_date(text: str) -> None:
    assert read(text, "UTC") is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "January February March April May June July August September October November December"),
        ("kk", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
        ("kk", "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"),
        ("kk", "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте"),
        ("pl", "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
        ("pl", "sty lut mar kwi maj cze lip sie wrz paź lis gru"),
        ("ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        ("ar", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        ("ar", "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"),
    ],
)
def test_every_month_has_its_words(language: str, words: str) -> None:
    assert language in MONTHS
    assert all(len(row) == 12 for row in MONTHS.values())
    for number, word in enumerate(words.split(), 1):
        found = read(f"15 {word} 2025 12:00 UTC", "UTC")
        assert month_of(found) == number, word


LEVANTINE = ("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول")


def test_levantine_months_have_two_words_some_of_them() -> None:
    for number, word in enumerate(LEVANTINE, 1):
        found = read(f"15 {word} 2025", "UTC")
        assert month_of(found) == number, word


@given(st.text(max_size=60))
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    found = read(text, "Asia/Almaty")
    assert found is None or (found.at and found.at.tzinfo is UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_what_is_believed_lies_between_2000_and_now(at: datetime) -> None:
    kept = clamped(Moment(at, Quality.EXACT), TEN)
    assert kept.at
    assert datetime(2000, 1, 1, tzinfo=UTC) <= kept.at <= TEN + timedelta(minutes=5)
    assert kept in ((at, Quality.EXACT), (TEN, Quality.CLAMPED))


def test_no_date_stays_none() -> None:
    assert clamped(Moment(None, Quality.MISSING), TEN) == Moment(None, Quality.MISSING)
