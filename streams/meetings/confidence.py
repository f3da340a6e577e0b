"""How sure a meeting is: a sum over named reasons, each with its weight, so that a reader can follow it.

telling, day, place --reasons that hold--> confidence from 0 to 1, and the sum in words
"""

from collections.abc import Iterator
from typing import Final

from streams.meetings.telling import Telling
from wire.records import EventDate, Place, Reason, Resolution

BASE: Final = 0.40  # something of the article made it a meeting
HIGHEST: Final = 0.99
MANY: Final = 2
WEIGHTS: Final = {
    "both sides in one sentence": 0.15,
    "told in the headline": 0.10,
    "told more than once": 0.10,
    "the counterpart is named": 0.10,
    "the counterpart is known to the lexicon": 0.10,
    "the day is told": 0.05,
    "the city is told": 0.05,
}


def confidence(telling: Telling, day: EventDate | None, place: Place | None) -> tuple[float, Reason]:
    """Return how sure a telling is, and the reason: every part of the sum."""
    parts = [(what, WEIGHTS[what]) for what in _holding(telling, day, place)]
    total = min(HIGHEST, BASE + sum(weight for _, weight in parts))
    said = " + ".join([f"{BASE:.2f}", *(f"{weight:.2f} {what}" for what, weight in parts)])
    return round(total, 2), Reason(code="confidence", text=said)


def _holding(telling: Telling, day: EventDate | None, place: Place | None) -> Iterator[str]:
    """Yield the reasons that hold, by their names in WEIGHTS."""
    if any(frame.explicit and not frame.attends for frame in telling.frames):
        yield "both sides in one sentence"
    if any(frame.line.title for frame in telling.frames):
        yield "told in the headline"
    if len({frame.line.number for frame in telling.frames}) >= MANY:
        yield "told more than once"
    if telling.other.resolution in (Resolution.NAMED, Resolution.INTRODUCED):
        yield "the counterpart is named"
    if telling.other.person is not None:
        yield "the counterpart is known to the lexicon"
    if day is not None and day.reason is not None and day.reason.code != "publication":
        yield "the day is told"
    if place is not None and place.city is not None:
        yield "the city is told"
