"""The one shape of a frame: every field is needed, every closed set is covered (tested)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from wire.records import AlertKind, FactState, Form, NoticeState, Status, StatusDetail

NO_BREAK = "\u00a0"


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """All the words of one language."""

    language: Literal["kk", "pl", "ar", "en"]
    direction: Literal["ltr", "rtl"]
    comma: str
    kazakhstan: str
    kinds: Mapping[AlertKind, str]
    forms: Mapping[Form, str]
    statuses: Mapping[Status, str]
    details: Mapping[StatusDetail, str]
    change: str  # {was}, {now}
    new_date: str
    had_been: str  # before the day of what was called off
    date_unknown: str
    date_from: Mapping[str, str]  # Reason.code of a date, or of its lack -> how it is known, or why not
    day_form: str  # {day}, {month}, {year}
    near_day_form: str  # {day}, {month}: this year's
    weekday_form: str  # {weekday}, {day}: a day in words
    months: tuple[str, ...]
    weekdays: tuple[str, ...]  # Monday first
    topics: str  # what they spoke of
    states: Mapping[FactState, str]
    new: str
    said_by: str  # {who}
    both_sides: str
    also_in: str  # {language}
    no_longer: str  # {what}
    things: Mapping[str, str]  # kind of a claim -> what it is called
    told_again: str
    withdrawn: str
    disputed: str
    sources: str  # {n}
    independent: str  # {n}
    languages: Mapping[str, str]
    published: str  # {clock}, {span} before it is told
    publication_unknown: str
    seen: str  # {span}
    seconds: str  # {n}
    minutes: str
    hours: str
    days: str
    notice: str
    notices: Mapping[NoticeState, str]

    def day(self, day: date) -> str:
        """Return a date in words."""
        return self.day_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def days_of(self, start: date, end: date) -> str:
        """Return a day or a range of days in words."""
        return self.day(start) if start == end else f"{self.day(start)} – {self.day(end)}"

    def when(self, start: date, end: date, today: date) -> str:
        """Return a day with its weekday, or a range of days, for people: without the year when it is this one."""
        if start != end:
            if (start.year, start.month) == (end.year, end.month):
                return self._near(end, today, f"{start.day}–{end.day}")
            return f"{self._near(start, today)} – {self._near(end, today)}"
        return self.weekday_form.format(weekday=self.weekdays[start.weekday()], day=self._near(start, today))

    def _near(self, day: date, today: date, number: str = "") -> str:
        form = self.near_day_form if day.year == today.year else self.day_form
        return form.format(day=number or day.day, month=self.months[day.month - 1], year=day.year)

    def span(self, seconds: float) -> str:
        """Return a length of time in words that no line's end parts."""
        seconds = max(0.0, seconds)
        if seconds < 120:
            form, unit = self.seconds, 1
        elif seconds < 2 * 3600:
            form, unit = self.minutes, 60
        elif seconds < 48 * 3600:
            form, unit = self.hours, 3600
        else:
            form, unit = self.days, 86400
        return form.format(n=round(seconds / unit)).replace(" ", NO_BREAK)
