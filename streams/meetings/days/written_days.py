"""Days written out: 17.05, 17-18 мамыр, w dniach 20-22 maja, الثامن والعشرين من نوفمبر, resolved.

tokens --day, range, month, year--> When; a weekday beside it that was another day contradicts it
"""

import re
from datetime import date
from typing import Final

from streams.meetings.days import calendar
from streams.meetings.days.kazakh_days import of_a_month
from streams.meetings.days.moments import NAMES, YEAR, When
from streams.meetings.reading import Reading
from streams.meetings.wordlists import words

NUMERIC: Final = re.compile(r"^(\d{1,2})(?:[./](\d{1,2})(?:[./](\d{4}|\d{2}))?|-(\d{1,2})-(\d{4}))$")
RANGE: Final = re.compile(r"^(\d{1,2})-(\d{1,2})(?:-?\D*)?$")
DAY: Final = re.compile(r"^(\d{1,2})$")
GLUED: Final = re.compile(r"^(\D{3,})-(\d{1,2})$")  # 30 maja–1 czerwca


def written(reading: Reading, at: int, end: int) -> When | None:
    """Return the day, or the days from one to another, written out from a token on."""
    word = reading.folded(at)
    if NUMERIC.match(word):
        return _in_figures(reading, at)
    if reading.language == "kk" and (of_month := of_a_month(reading, at)) is not None:
        return _made(reading, *of_month)
    if (slashed := _slashed(reading, at)) is not None:
        return _made(reading, at, at + 2, *slashed)
    ordinal, used = _ordinal(reading, at) if reading.language == "ar" else (0, 0)
    span = RANGE.match(word)
    alone = DAY.match(word)
    if not (ordinal or span or alone):
        return None
    here = at + (used or 1)
    if span:
        return _with_month(reading, at, here, end, int(span[1]), int(span[2]))
    first = int(alone[1]) if alone else ordinal
    return (_glued(reading, at, here) if alone else None) or _from_day(reading, at, here, end, first)


def _from_day(reading: Reading, at: int, here: int, end: int, first: int) -> When | None:
    """Return the days from one on: to another that `and` or a dash joins to it, else that one alone."""
    if through := _through(reading, here, end):
        until, here = through
        return _with_month(reading, at, here, end, first, until)
    if here < end and (second := DAY.match(reading.folded(here))) and _dash(reading, here):
        return _with_month(reading, at, here + 1, end, first, int(second[1]))
    return _with_month(reading, at, here, end, first, first)


def _in_figures(reading: Reading, at: int) -> When | None:
    """Return a day in figures: 14.05, 14/05/2024; 1.5 is no day."""
    numeric = NUMERIC.match(reading.folded(at))
    if numeric is None:
        return None
    day, month, year = int(numeric[1]), int(numeric[2] or numeric[4]), numeric[3] or numeric[5]
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is None and (reading.language != "pl" or len(numeric[2]) != 2):
        return None
    return _made(reading, at, at, day, day, month, _full_year(year))


JOINTS: Final = words("الي do i oraz و мен пен бен және")


def _through(reading: Reading, here: int, end: int) -> tuple[int, int] | None:
    """Return the last day of a range and where its month is looked for: 20 do 22 sierpnia, الثامن والعاشر من تموز."""
    word = reading.folded(here)
    if word in JOINTS and here + 2 < end:
        here += 1 + (calendar.weekday(reading.language, reading.folded(here + 1)) >= 0)  # od wtorku 18 do czwartku 20
        ordinal, used = _ordinal(reading, here) if reading.language == "ar" else (0, 0)
        if day := DAY.match(reading.folded(here)):
            return int(day[1]), here + 1
        return (ordinal, here + used) if ordinal else None
    if reading.language == "ar" and reading.surface(here).startswith("و"):
        if day := DAY.match(word):  # يومي 23 و24 مايو
            return int(day[1]), here + 1
        ordinal, used = _ordinal(reading, here)
        return (ordinal, here + used) if ordinal else None
    return None


def _slashed(reading: Reading, at: int) -> tuple[int, int, int, int] | None:
    """Return day, last day, month and year of a date between strokes, whose parts are tokens: 14/5/2024."""
    if reading.gap(at, at + 1) != "/" or reading.gap(at + 1, at + 2) != "/":
        return None
    parts = [reading.folded(at + step) for step in range(3)]
    day, month, year = reversed(parts) if YEAR.match(parts[0]) else parts
    if not (DAY.match(day) and DAY.match(month) and YEAR.match(year) and 1 <= int(month) <= 12):
        return None
    return int(day), int(day), int(month), int(year)


def _glued(reading: Reading, at: int, here: int) -> When | None:
    """Return the days from one month into another that a dash without spaces joins: 30 maja–1 czerwca."""
    glued = GLUED.match(reading.folded(here))
    month = calendar.month(reading.language, glued[1]) if glued else 0
    until = calendar.month(reading.language, reading.folded(here + 1)) if month else 0
    if not glued or not until:
        return None
    first = _made(reading, at, here + 1, int(reading.folded(at)), int(reading.folded(at)), month, None)
    last = _made(reading, at, here + 1, int(glued[2]), int(glued[2]), until, None)
    return first._replace(end=last.day) if first.day and last.day and first.day <= last.day else first


def _dash(reading: Reading, at: int) -> bool:
    return any(mark in reading.gap(at - 1, at) for mark in "-–—")


def _with_month(reading: Reading, at: int, here: int, end: int, first: int, last: int) -> When | None:  # noqa: PLR0917
    if here < end and reading.folded(here) in ("من", "و"):
        here += 1 + (reading.folded(here + 1) == "شهر")
    month = calendar.month(reading.language, reading.folded(here), reading.folded(here + 1)) if here < end else 0
    if not month and reading.published and (stop := _this_month(reading, at, here)):
        return _made(reading, at, stop, first, last, reading.published.month, None)
    if not month or not 1 <= first <= 31 or not 1 <= last <= 31:
        return None
    stop = here
    if reading.language == "ar":
        if (reading.folded(here), reading.folded(here + 1)) in calendar.LEVANTINE:
            stop += 1
        if calendar.month("ar", reading.folded(stop + 1), reading.folded(stop + 2)) == month:  # اكتوبر/تشرين الاول
            stop += 2 if (reading.folded(stop + 1), reading.folded(stop + 2)) in calendar.LEVANTINE else 1
    year, stop = _year_beside(reading, at, stop)
    return _made(reading, at, stop, first, last, month, year)


THIS_MONTH: Final = {
    "kk": (("осы", "айдың"), ("ағымдағы", "айдың")),
    "pl": (("bieżącego", "miesiąca"), ("tego", "miesiąca"), ("bm", ""), ("b.m", "")),
    "ar": (("الشهر", "الجاري"), ("الشهر", "الحالي"), ("هذا", "الشهر"), ("الجاري", "")),
}


def _this_month(reading: Reading, at: int, here: int) -> int:
    """Return the last token of `this month` beside a day, 0 where it is not: осы айдың 21-22 күні, 5 bm."""
    beside = (at - 2, at - 1) if reading.language == "kk" else (here, here + 1)
    said = tuple(reading.folded(each) for each in beside)
    for first, second in THIS_MONTH[reading.language]:
        if said[0] == first and second in ("", said[1]):
            return here - 1 if reading.language == "kk" else here + bool(second)
    return 0


def _year_beside(reading: Reading, at: int, stop: int) -> tuple[int | None, int]:
    for ahead in (1, 2):
        if YEAR.match(reading.folded(stop + ahead)):
            return int(reading.folded(stop + ahead)), stop + ahead
    for back in (1, 2):  # 2025 жылғы 12 наурыз
        if reading.language == "kk" and at - back >= 0 and YEAR.match(reading.folded(at - back)):
            return int(reading.folded(at - back)), stop
    return None, stop


def _full_year(year: str | None) -> int | None:
    return None if year is None else int(year) if len(year) == 4 else 2000 + int(year)


def _ordinal(reading: Reading, at: int) -> tuple[int, int]:
    """Return the day that Arabic ordinals name, and how many words they take."""
    word, after = reading.folded(at), reading.folded(at + 1)
    unit = calendar.ORDINALS_AR.get(word.removeprefix("و").removeprefix("ل"), 0)
    if unit and after in calendar.ORDINALS_AR_TENS:
        return unit + calendar.ORDINALS_AR_TENS[after], 2
    if word in ("العشرين", "الثلاثين"):
        return calendar.ORDINALS_AR_TENS[word], 1
    return (unit, 1) if unit else (0, 0)


def _made(reading: Reading, first: int, last: int, day: int, until: int, month: int, year: int | None) -> When:  # noqa: PLR0917
    stated = _weekday_near(reading, first, last)
    if year is None and reading.published is None:
        return When(
            first,
            last,
            None,
            None,
            "no-year",
            "a day and a month without a year, and no publication date",
            (month, day),
        )
    start = _dated(year, month, day) if year else _nearest(reading.published, month, day)
    stop = _dated(start.year, month, until) if start else None
    if start is None or stop is None:
        return When(first, last, None, None, "no-such-day", f"there is no day {day}.{month}")
    if stated >= 0 and start == stop and start.weekday() != stated:
        return When(first, last, None, None, "contradiction", f"{start} is no {NAMES[stated]}", (month, day))
    return When(first, last, start, max(start, stop), "explicit", "", (month, day))


def _weekday_near(reading: Reading, first: int, last: int) -> int:
    for at in (first - 1, first - 2, last + 1):
        if 0 <= at < reading.size:
            found = calendar.weekday(reading.language, reading.folded(at))
            if found >= 0 and not any(mark in reading.gap(min(at, first), max(at, first)) for mark in ".!?\n"):
                return found
    return -1


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(published: date | None, month: int, day: int) -> date | None:
    if published is None:
        return None
    tried = [_dated(published.year + shift, month, day) for shift in (-1, 0, 1)]
    known = [each for each in tried if each is not None]
    return min(known, key=lambda each: abs((each - published).days)) if known else None
