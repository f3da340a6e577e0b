"""The day of a telling's meeting, or why it is unknown.

lines that tell --dates, datelines, the publication--> EventDate or Reason
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings import tenses
from streams.meetings.days.dates import dates, event_date
from streams.meetings.days.moments import When
from streams.meetings.framing.frame import FORMS, Frame, distance_tokens
from streams.meetings.reading import Line, Reading
from streams.meetings.telling import Telling
from streams.meetings.wordlists import words
from wire.records import EventDate, Evidence, Form, Reason, Status

DATELINES: Final = 3  # lines of the body that may hold place and day of writing

Day = tuple[EventDate | None, Reason | None, tuple[Evidence, ...]]
"""The day of a meeting or why it is unknown, and what proves it."""


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


def day_of(reading: Reading, telling: Telling, lines: list[tuple[Line, float]], state: Status, form: Form) -> Day:
    """Return the day of the meeting, or why it is unknown."""
    ahead = state is not Status.HELD
    frames = _likeliest(telling, form, ahead)
    around = [line for line, _ in lines]
    if ahead and (when := _first_ahead(reading, [*(frame.line for frame in frames), *around])):
        return _proven(reading, when)
    blocked: When | None = None
    for place in _places(reading, frames, around):
        done = tenses.told_done(reading, place.line)
        for when in _nearest(reading, place, ahead):
            of_its_place = (when.code == "dateline") is place.dateline
            if when.day is None:
                blocked = blocked or when
            elif (
                of_its_place
                and _plausible(reading, when, ahead, form, done)
                and not _of_another_thing(reading, place.line, when)
            ):
                return _proven(reading, when)
    return _unknown(reading, blocked, ahead)


class _Place(NamedTuple):
    """A line in which the day may stand: beside its word of meeting, or in its dateline."""

    line: Line
    trigger: Mention | None = None
    dateline: bool = False


def _likeliest(telling: Telling, form: Form, ahead: bool) -> list[Frame]:
    """Return the frames that may tell the day, the best first; of what was held none that looks ahead, if others do."""
    frames = sorted(telling.frames, key=lambda f: (f.ahead != ahead, FORMS[f.kind] is not form, -f.score))
    return frames if ahead else [f for f in frames if not f.ahead] or frames


def _places(reading: Reading, frames: Sequence[Frame], around: Sequence[Line]) -> Collection[_Place]:
    """Return each place once, in the order of belief: the lines that tell, the datelines, the lines around."""
    first = min(frame.line.number for frame in frames)
    places = [
        *(_Place(frame.line, frame.trigger) for frame in frames),
        *(_Place(line, dateline=True) for line in reading.body_lines[:DATELINES]),
        *(_Place(line) for line in around if line.number <= first or _speaks_of_them(line)),
    ]
    once: dict[tuple[int, bool], _Place] = {}
    for place in places:
        once.setdefault((place.line.number, place.dateline), place)
    return once.values()


THEY: Final = ("person", "surname", "office", "counterpart", "source")
THEIRS: Final = (
    "talks", "receive", "visit", "phone", "video", "guest", "host", "both", "together", "discuss", "airport",
)  # fmt: skip


def _speaks_of_them(line: Line) -> bool:
    """Whether a line behind the meeting's own may date it: wczoraj spłonął magazyn does not."""
    return line.title or not line.present.isdisjoint((*THEY, *THEIRS))


def _nearest(reading: Reading, place: _Place, ahead: bool) -> list[When]:
    """Return the days of a line, those nearest to its word of meeting first."""
    found, trigger = dates(reading, place.line, ahead), place.trigger
    return found if trigger is None else sorted(found, key=lambda when: distance_tokens(when.first, trigger))


def _first_ahead(reading: Reading, told: Iterable[Line]) -> When | None:
    """Return the first day ahead that the lines speak of."""
    published = reading.published
    if published is None:
        return None
    ahead = ((line, when) for line in told for when in dates(reading, line, True) if when.day and when.day > published)
    return next((when for line, when in ahead if not _of_another_thing(reading, line, when)), None)


def _proven(reading: Reading, when: When) -> Day:
    """Return a day that was told, with the words that tell it."""
    proof = reading.evidence(when.first, when.last, "date")
    return event_date(when, f"{proof.quote!r} told on {reading.published}"), None, (proof,)


def _unknown(reading: Reading, blocked: When | None, ahead: bool) -> Day:
    """Return why no day is known; of what was held and tells none, the day of publication."""
    if blocked is not None:
        start, end = reading.text.span(blocked.first, blocked.last)
        return None, Reason(code=blocked.code, text=blocked.why, start=start, end=end), ()
    day = reading.published
    if day is None:
        return None, Reason(code="no-publication", text="no date in the text, and the publication date is unknown"), ()
    if ahead:
        return None, Reason(code="not-told", text="the day is not told"), ()
    reason = Reason(code="publication", text=f"no day in the text: the day of publication, {day}")
    return EventDate(start=day, end=day, reason=reason), None, ()


def _plausible(reading: Reading, when: When, ahead: bool, form: Form, done: bool) -> bool:
    """Whether a day is near enough to the publication: behind it by a week, ahead by a year, as the status has it."""
    if when.day is None or reading.published is None:
        return when.day is not None
    off = (when.day - reading.published).days
    if ahead:
        return -1 <= off <= 400
    arrives = when.code == "explicit" and form is Form.VISIT and not done
    return -8 <= off <= 0 or (arrives and 0 < off <= 120)


def _of_another_thing(reading: Reading, line: Line, when: When) -> bool:
    """Whether a day belongs to a summit in the line, not to the meeting: ертең ... саммиті басталады."""
    day = reading.published
    later = when.code == "relative" and when.day is not None and day is not None and when.day > day
    return later and bool(line.signs("multilateral"))
