"""Every frame has every word, in its own script, and no closed set is half covered."""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, get_args

import msgspec
import pytest

from alerts.frames import FRAMES, Frame
from alerts.lines import FrameLanguage
from streams.stories.claims import CORRECTABLE
from wire.records import AlertKind, FactState, Form, NoticeState, Status, StatusDetail

SETS: dict[str, type[Enum]] = {
    "kinds": AlertKind, "forms": Form, "statuses": Status, "details": StatusDetail, "states": FactState,
    "notices": NoticeState,
}  # fmt: skip
SCRIPTS = {"kk": "[Ѐ-ӿ]", "pl": "[a-zżźćńółęąś]", "ar": "[؀-ۿ]", "en": "[a-z]"}
HOLES = {
    "change": {"was", "now"}, "day_form": {"day", "month", "year"}, "said_by": {"who"}, "independent": {"n"},
    "near_day_form": {"day", "month"}, "weekday_form": {"weekday", "day"}, "also_in": {"language"},
    "no_longer": {"what"}, "sources": {"n"},
    "published": {"clock", "span"}, "seen": {"span"}, "seconds": {"n"}, "minutes": {"n"}, "hours": {"n"}, "days": {"n"},
}  # fmt: skip


def test_there_is_a_frame_for_every_language_a_desk_may_ask_for() -> None:
    assert set(FRAMES) == set(get_args(FrameLanguage))
    assert all(frame.language == name for name, frame in FRAMES.items())


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_covers_every_closed_set(name: str) -> None:
    for field, members in SETS.items():
        table: Mapping[Any, str] = getattr(FRAMES[name], field)
        assert set(table) == set(members), field
        assert len(set(table.values())) == len(table), f"two {field} are called alike"
    assert set(FRAMES[name].languages) == {"kk", "pl", "ar"}
    assert set(FRAMES[name].date_from) == set(FRAMES["en"].date_from)
    assert set(FRAMES[name].things) == set(CORRECTABLE)
    assert (len(FRAMES[name].months), len(set(FRAMES[name].weekdays))) == (12, 7)


@pytest.mark.parametrize("name", FRAMES)
def test_every_word_is_there_and_in_its_script(name: str) -> None:
    for field, words in _words(FRAMES[name]):
        assert words.strip() == words
        assert words, field
        bare = re.sub(r"\{\w+\}|[ ,،:→←·–]", "", words)
        assert not bare or re.search(SCRIPTS[name], bare, re.IGNORECASE), f"{field}: {words}"


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_has_the_same_holes(name: str) -> None:
    for field, holes in HOLES.items():
        assert set(re.findall(r"\{(\w+)\}", getattr(FRAMES[name], field))) == holes, field


def test_dates_and_spans_read_as_in_the_language() -> None:
    day = date(2024, 8, 8)
    assert [FRAMES[name].day(day) for name in ("en", "kk", "pl", "ar")] == [
        "8 August 2024", "2024 ж. 8 тамыз", "8 sierpnia 2024", "8 أغسطس 2024",
    ]  # fmt: skip
    assert FRAMES["en"].days_of(day, date(2024, 8, 9)) == "8 August 2024 – 9 August 2024"
    spans = (-1, 42.4, 119, 120, 7199, 7200, 172_800)
    assert [FRAMES["en"].span(each).replace("\u00a0", " ") for each in spans] == [
        "0 s",
        "42 s",
        "119 s",
        "2 min",
        "120 min",
        "2 h",
        "2 d",
    ]


def test_days_for_people_name_the_weekday_and_no_year_that_is_this_one() -> None:
    day, today = date(2026, 11, 27), date(2026, 11, 22)
    assert [FRAMES[name].when(day, day, today) for name in ("en", "kk", "pl", "ar")] == [
        "Friday, 27 November", "27 қараша, жұма", "piątek, 27 listopada", "الجمعة 27 نوفمبر",
    ]  # fmt: skip
    english = FRAMES["en"]
    assert english.when(day, date(2026, 11, 28), today) == "27–28 November"
    assert english.when(day, date(2026, 12, 1), today) == "27 November – 1 December"
    assert english.when(day, day, date(2027, 1, 1)) == "Friday, 27 November 2026"


def _words(frame: Frame) -> list[tuple[str, str]]:
    found = []
    for field, value in msgspec.structs.asdict(frame).items():
        if field in ("language", "direction"):
            continue
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else [value]
        found += [(field, each) for each in values]
    return found
