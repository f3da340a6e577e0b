"""Days spoken of in a text, resolved against the publication: tokens -> When, or why not.

A weekday counts back from the publication for what happened and forward for what is ahead. What contradicts
the publication (today, Tuesday, on a Wednesday) resolves to nothing, with the reason.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from streams.meetings.days import calendar
from streams.meetings.days.moments import YEAR, When
from streams.meetings.days.named_days import ABLATIVE_KK, ago, hence, named
from streams.meetings.days.written_days import written
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import Told
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
    behind = line.first
    for at in reading.told(line, _MAY_DATE[reading.language]):
        if at < behind:
            continue
        found = written(reading, at, line.end) or ago(reading, at, line.end)
        found = found or (hence(reading, at, line.end) if ahead else None) or named(reading, at, line.end, ahead)
        if found and found.code == "weekday":  # we wtorek 14 października, السبت الموافق 28 نوفمبر
            found = next((day for step in _behind(reading, at) if (day := written(reading, step, line.end))), found)
        if found is not None:
            found = _through(reading, found, line.end)
            yield _replace_dateline(reading, found)
            behind = found.last + 1


CORRESPONDING: Final = "الموافق"  # behind a day of the Hijra stands the one that we count
HIJRA: Final = 7  # tokens


def _behind(reading: Reading, weekday: int) -> Iterator[int]:
    """Yield the tokens behind a weekday where its day and month may stand."""
    yield from (weekday + 1, weekday + 2)
    if reading.language == "ar":
        yield from (at + 1 for at in range(weekday + 2, weekday + HIJRA) if reading.folded(at) == CORRESPONDING)


UNTIL: Final = {"kk": frozenset[str](), "pl": frozenset({"do"}), "ar": frozenset({"الي", "وحتي", "حتي"})}
LONGEST: Final = timedelta(days=31)


def _through(reading: Reading, first: When, end: int) -> When:
    """Return a day with the later one that a dash or `until` joins to it: 30 maja do 1 czerwca."""
    if first.code != "explicit" or first.day is None or first.end != first.day:
        return first
    at = first.last + 1
    dash = any(mark in reading.gap(first.last, at) for mark in "-–—")
    if reading.folded(at) in UNTIL[reading.language]:
        at += 1 + (calendar.weekday(reading.language, reading.folded(at + 1)) >= 0)
    elif not dash and not (reading.language == "kk" and reading.folded(first.last).endswith(ABLATIVE_KK)):
        return first
    last = written(reading, at, end) if at < end else None
    if last is None or last.day is None or not first.day < last.day <= first.day + LONGEST:
        return first
    return first._replace(last=last.last, end=last.day)


def _may_date(language: str, word: str) -> bool:
    """Whether a word can begin a day: most words cannot, and most of a text is they."""
    if word[:1].isdigit() or calendar.weekday(language, word) >= 0 or word in calendar.RELATIVE[language]:
        return True
    if word in calendar.NUMBERS[language] or word in calendar.SPANS[language]:
        return True
    if word in calendar.PHRASE_BEGINS[language]:
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


_MAY_DATE: Final = {language: Told(partial(_may_date, language)) for language in calendar.NUMBERS}
_YEARS: Final = Told(YEAR.match)
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
    return [(at, int(reading.words[at])) for at in reading.told(line, _YEARS)]
