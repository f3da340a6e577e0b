"""The day of a telling's meeting, or why it is unknown.

lines that tell --dates, datelines, the publication--> EventDate or Reason
"""

from collections.abc import Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings import tenses
from streams.meetings.days.dates import dates, event_date
from streams.meetings.days.moments import When
from streams.meetings.framing.frame import FORMS, distance_tokens
from streams.meetings.reading import Line, Reading
from streams.meetings.telling import Telling
from streams.meetings.wordlists import words
from wire.records import EventDate, Evidence, Form, Reason, Status

DATELINES: Final = 3  # lines of the body that may hold place and day of writing


def put_off(reading: Reading, lines: list[tuple[Line, float]]) -> tuple[EventDate | None, EventDate | None]:
    """Return the new date, which stands behind the word for putting off, and the old one, which stands elsewhere."""
    day = reading.published
    new = old = None
    for line, _ in lines:
        moved = [m.first for m in line.signs("postponed")]
        for when in dates(reading, line, True):
            due_today = when.code == "today" and _was_due(reading, when) and new is None
            if due_today and old is None:
                old = event_date(when, "put off from")
            if day is None or when.day is None or when.day <= day or when.code in ("dateline", "today"):
                continue
            behind = moved and (when.first > moved[0] if reading.language != "kk" else 0 < moved[-1] - when.first <= 4)
            if behind and new is None and not _was_due(reading, when):
                new = event_date(when, "put off to")
            elif old is None:
                old = event_date(when, "put off from")
    return new, old


WAS_DUE: Final = words(
    "مقررة مقررا المقررة كانت planowana planowany planowaną zaplanowana zaplanowany жоспарланған белгіленген"
    " тиіс керек miał miała mieli مقرر المقرر المقررة"
)


def _was_due(reading: Reading, when: When) -> bool:
    """Whether a day is told as the one that had been set."""
    near = range(when.first - 4, when.last + 4)
    return any(reading.folded(at) in WAS_DUE for at in near)


def day_of(
    reading: Reading, telling: Telling, lines: list[tuple[Line, float]], state: Status, form: Form
) -> tuple[EventDate | None, Reason | None, tuple[Evidence, ...]]:
    """Return the day of the meeting, or why it is unknown."""
    day = reading.published
    ahead = state is not Status.HELD
    order = sorted(telling.frames, key=lambda f: (f.ahead != ahead, FORMS[f.kind] is not form, -f.score))
    order = order if ahead else [f for f in order if not f.ahead] or order
    told = [f.line for f in order] + [line for line, _ in lines]
    blocked: When | None = None
    seen: set[tuple[int, bool]] = set()
    if ahead and (found := _future(reading, told)):
        return found
    own = len(order)
    for at, line in enumerate([*told[:own], *_datelines(reading), *told[own:]]):
        dateline = own <= at < own + len(_datelines(reading))
        if (line.number, dateline) in seen:
            continue
        seen.add((line.number, dateline))
        done = tenses.told_done(reading, line)
        for when in _nearest(reading, line, ahead, order[at].trigger if at < own else None):
            if when.day is None:
                blocked = blocked or when
            elif (when.code == "dateline") is not dateline:
                continue
            elif _plausible(when, day, ahead, form, done) and not _of_another_thing(reading, line, when):
                text = f"{reading.text.original[slice(*reading.text.span(when.first, when.last))]!r} told on {day}"
                return event_date(when, text), None, (reading.evidence(when.first, when.last, "date"),)
    if blocked is not None:
        start, end = reading.text.span(blocked.first, blocked.last)
        return None, Reason(code=blocked.code, text=blocked.why, start=start, end=end), ()
    if day is None:
        return None, Reason(code="no-publication", text="no date in the text, and the publication date is unknown"), ()
    if ahead:
        return None, Reason(code="not-told", text="the day is not told"), ()
    reason = Reason(code="publication", text=f"no day in the text: the day of publication, {day}")
    return EventDate(start=day, end=day, reason=reason), None, ()


def _nearest(reading: Reading, line: Line, ahead: bool, trigger: Mention | None) -> list[When]:
    """Return the days of a line, those nearest to its word of meeting first."""
    found = dates(reading, line, ahead)
    return found if trigger is None else sorted(found, key=lambda when: distance_tokens(when.first, trigger))


def _datelines(reading: Reading) -> list[Line]:
    return reading.body_lines[:DATELINES]


def _future(
    reading: Reading, told: Sequence[Line]
) -> tuple[EventDate | None, Reason | None, tuple[Evidence, ...]] | None:
    """Return the first day ahead that the lines speak of."""
    day = reading.published
    for line in told:
        for when in dates(reading, line, True):
            if (
                day is not None
                and when.day is not None
                and when.day > day
                and not _of_another_thing(reading, line, when)
            ):
                text = f"{reading.text.original[slice(*reading.text.span(when.first, when.last))]!r} told on {day}"
                return event_date(when, text), None, (reading.evidence(when.first, when.last, "date"),)
    return None


def _plausible(when: When, published: object, ahead: bool, form: Form, done: bool) -> bool:
    if published is None or when.day is None:
        return when.day is not None
    off = (when.day - published).days  # type: ignore[operator]
    return (
        -1 <= off <= 400
        if ahead
        else -8 <= off <= 0 or (when.code == "explicit" and 0 < off <= 120 and form is Form.VISIT and not done)
    )


def _of_another_thing(reading: Reading, line: Line, when: When) -> bool:
    """Whether a day belongs to a summit or an earlier event in the line: ertең ... саммиті басталады."""
    return (
        when.code == "relative"
        and when.day is not None
        and bool(reading.published)
        and (
            when.day > reading.published and bool(line.signs("multilateral"))  # type: ignore[operator]
        )
    )
