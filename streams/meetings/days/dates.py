"""Days spoken of in a text, resolved against the publication: tokens -> When, or why not.

A weekday counts back from the publication for what happened and forward for what is ahead. What contradicts
the publication (today, Tuesday, on a Wednesday) resolves to nothing, with the reason.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from streams.meetings.days import calendar
from streams.meetings.days.moments import When
from streams.meetings.days.named_days import ago, named
from streams.meetings.days.written_days import YEAR, written
from streams.meetings.reading import Line, Reading
from wire.records import EventDate, Reason

OLD: Final = 6  # days: what is older is recalled, not told


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
        found = written(reading, at, line.end) or ago(reading, at, line.end) or named(reading, at, line.end, ahead)
        if found and found.code == "weekday":  # we wtorek 14 października, السبت الموافق 28 نوفمبر
            found = next((day for ahead in (1, 2) if (day := written(reading, at + ahead, line.end))), found)
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
    if word in calendar.NUMBERS[language] or word in calendar.SPANS[language]:
        return True
    if language != "ar":
        return False
    if word == "قبل":
        return True
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
