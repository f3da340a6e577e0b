"""Days spoken of in a text, resolved against the publication: tokens -> When, or why not.

A weekday counts back from the publication for what happened and forward for what is ahead. What contradicts
the publication (today, Tuesday, on a Wednesday) resolves to nothing, with the reason.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from streams.meetings import calendar
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words
from wire.records import EventDate, Reason

NUMERIC: Final = re.compile(r"^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?$")
RANGE: Final = re.compile(r"^(\d{1,2})-(\d{1,2})(?:-?\D*)?$")
DAY: Final = re.compile(r"^(\d{1,2})$")
YEAR: Final = re.compile(r"^(?:19|20)\d\d$")
WEEK: Final = 7
HALF_YEAR: Final = 183
OLD: Final = 6  # days: what is older is recalled, not told


class When(NamedTuple):
    """A day (or range) spoken of; `day` is None when it cannot be told, `why` says why."""

    first: int
    last: int
    day: date | None
    end: date | None
    code: str  # explicit, weekday, today, month ...
    why: str = ""
    day_month: tuple[int, int] | None = None


def dates(reading: Reading, line: Line, ahead: bool = False) -> list[When]:
    """Return the days spoken of in a line; `ahead` when the line looks forward."""
    key = ("dates", line.number, ahead)
    if key not in reading.memo:
        reading.memo[key] = list(_dates(reading, line, ahead))
    found: list[When] = reading.memo[key]
    return found


def _dates(reading: Reading, line: Line, ahead: bool) -> Iterator[When]:
    at = line.first
    while at < line.end:
        if not _may_date(reading.language, reading.words[at]):
            at += 1
            continue
        found = _explicit(reading, at, line.end) or _relative(reading, at, line.end, ahead)
        if found and found.code == "weekday":  # we wtorek 14 października, السبت الموافق 28 نوفمبر
            found = next((day for ahead in (1, 2) if (day := _explicit(reading, at + ahead, line.end))), found)
        if found is None:
            at += 1
            continue
        yield _replace_dateline(reading, found)
        at = found.last + 1


@lru_cache(maxsize=50_000)
def _may_date(language: str, word: str) -> bool:
    """Whether a word can begin a day: most words cannot, and most of a text is they."""
    if word[:1].isdigit() or calendar.weekday(language, word) >= 0 or word in calendar.RELATIVE[language]:
        return True
    if language != "ar":
        return False
    plain = word.removeprefix("و")
    return (
        plain in calendar.RELATIVE["ar"]
        or plain.removeprefix("ل") in calendar.ORDINALS_AR
        or word in calendar.ORDINALS_AR_TENS
    )


DATELINE_TOKENS: Final = 9


def _replace_dateline(reading: Reading, when: When) -> When:
    """Mark a day that stands in the dateline: it is when one writes, not when one meets."""
    body = reading.body_lines
    if not body or when.code != "explicit" or when.first - body[0].first >= DATELINE_TOKENS or when.day is None:
        return when
    day = reading.published
    recent = day is None or 0 <= (day - when.day).days <= 1
    return when._replace(code="dateline") if recent and body[0].first <= when.first else when


def _explicit(reading: Reading, at: int, end: int) -> When | None:
    word = reading.folded(at)
    if numeric := NUMERIC.match(word):
        day, month, year = int(numeric[1]), int(numeric[2]), numeric[3]
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        if year is None and (reading.language != "pl" or len(numeric[2]) != 2):  # 1.5 is a figure
            return None
        return _made(reading, at, at, day, day, month, _full_year(year))
    ordinal, used = _ordinal(reading, at) if reading.language == "ar" else (0, 0)
    span = RANGE.match(word)
    alone = DAY.match(word)
    if not (ordinal or span or alone):
        return None
    first = int(span[1]) if span else int(alone[1]) if alone else ordinal
    last = int(span[2]) if span else first
    here = at + (used or 1)
    if not span and (through := _through(reading, here, end)):
        until, here = through
        return _with_month(reading, at, here, end, first, until)
    if here < end and not span and (second := DAY.match(reading.folded(here))) and _dash(reading, here):
        last, here = int(second[1]), here + 1
    return _with_month(reading, at, here, end, first, last)


JOINTS: Final = words("الي do i oraz و мен пен бен және")


def _through(reading: Reading, here: int, end: int) -> tuple[int, int] | None:
    """Return the last day of a range and where its month is looked for: 20 do 22 sierpnia, الثامن والعاشر من تموز."""
    word = reading.folded(here)
    if word in JOINTS and here + 2 < end:
        ordinal, used = _ordinal(reading, here + 1) if reading.language == "ar" else (0, 0)
        if day := DAY.match(reading.folded(here + 1)):
            return int(day[1]), here + 2
        return (ordinal, here + 1 + used) if ordinal else None
    if reading.language == "ar" and word.startswith("و"):
        ordinal, used = _ordinal(reading, here)
        return (ordinal, here + used) if ordinal else None
    return None


def _dash(reading: Reading, at: int) -> bool:
    return any(mark in reading.gap(at - 1, at) for mark in "-–—")


def _with_month(reading: Reading, at: int, here: int, end: int, first: int, last: int) -> When | None:  # noqa: PLR0917
    if here < end and reading.folded(here) in ("من", "و"):
        here += 1
    month = calendar.month(reading.language, reading.folded(here), reading.folded(here + 1)) if here < end else 0
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


NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekday_near(reading: Reading, first: int, last: int) -> int:
    for at in (first - 1, first - 2, last + 1):
        if 0 <= at < len(reading.text.tokens):
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


def _relative(reading: Reading, at: int, end: int, ahead: bool) -> When | None:
    word, language, day = reading.folded(at), reading.language, reading.published
    shift = calendar.RELATIVE[language].get(word)
    if shift is None and language == "ar" and word.startswith("و"):
        shift = calendar.RELATIVE[language].get(word[1:])
    if shift is not None:
        return _shifted(reading, at, end, shift)
    stated = calendar.weekday(language, word)
    if stated < 0 or (
        language == "pl"
        and reading.folded(at - 1) not in ("w", "we", "po", "na", "od", "do", "przed", "dzień", "przyszły", "przyszłą")
    ):
        return None
    if language == "pl" and reading.folded(at - 1) in ("do", "od", "przed", "po"):
        return None
    if day is None:
        return When(at, at, None, None, "no-publication", f"{NAMES[stated]}, but the publication date is unknown")
    near = {reading.folded(at + step) for step in (-2, -1, 1, 2)}
    if near & calendar.NEXT[language]:
        ahead = True
    back = (day.weekday() - stated) % WEEK
    if near & calendar.LAST[language] and back == 0:
        back = WEEK
    found = day + timedelta(days=(WEEK - back) % WEEK) if ahead else day - timedelta(days=back)
    return When(at, at, found, found, "weekday")


def _shifted(reading: Reading, at: int, end: int, shift: int) -> When | None:
    day = reading.published
    stated = -1
    stop = at
    for ahead in (1, 2):
        if at + ahead < end and (found := calendar.weekday(reading.language, reading.folded(at + ahead))) >= 0:
            stated, stop = found, at + ahead
            break
    if day is None:
        said = f" ({NAMES[stated]})" if stated >= 0 else ""
        return When(
            at, stop, None, None, "no-publication", f"{reading.surface(at)}{said}, but the publication date is unknown"
        )
    found_day = day + timedelta(days=shift)
    if stated >= 0 and found_day.weekday() != stated:
        return When(at, stop, None, None, "contradiction", f"{found_day} is no {NAMES[stated]}")
    return When(at, stop, found_day, found_day, "today" if shift == 0 else "relative")


def event_date(when: When, text: str) -> EventDate | None:
    """Return a When as records have it."""
    if when.day is None or when.end is None:
        return None
    return EventDate(start=when.day, end=when.end, reason=Reason(code=when.code, text=text))


def years(reading: Reading, line: Line) -> list[tuple[int, int]]:
    """Return (token, year) of every year written in a line."""
    words = reading.words
    return [
        (at, int(words[at])) for at in range(line.first, line.end) if words[at][:1].isdigit() and YEAR.match(words[at])
    ]
