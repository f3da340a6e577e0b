"""What one line tells: a Frame (two who meet, in a form) or a Refusal (what it is instead).

trigger and two parties --> Frame; trigger and a code --> Refusal --> Reason of the record
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.refusals import TEXTS
from streams.meetings.who.party import Party
from wire.records import Form, Reason

FORMS: Final = {
    "phone": Form.PHONE_CALL, "video": Form.VIDEO_CALL, "talks": Form.MEETING, "receive": Form.MEETING,
    "visit": Form.VISIT, "travel": Form.VISIT, "discuss": Form.MEETING, "together": Form.MEETING,
    "guest": Form.MEETING, "company": Form.MEETING,
}  # fmt: skip
STRENGTH: Final = {
    "phone": 1.0,
    "video": 1.0,
    "talks": 1.0,
    "receive": 0.9,
    "discuss": 0.8,
    "visit": 0.7,
    "travel": 0.6,
    "together": 0.6,
    "guest": 0.5,
    "company": 0.6,
}
EXPLICIT, BY_PRONOUN, ONE_IMPLIED, BOTH_IMPLIED = 1.0, 0.8, 0.6, 0.4
MANY: Final = 3  # countries in one line: a list, not a meeting
Lines = Sequence[Sequence[Party]]


class Frame(NamedTuple):
    """One line that tells of one meeting."""

    line: Line
    kind: str
    trigger: Mention
    kz: Party
    other: Party
    score: float
    explicit: bool
    ahead: bool
    attends: bool = False


class Refusal(NamedTuple):
    """A line that looked like a meeting and is none, and why."""

    line: Line
    trigger: Mention
    code: str
    text: str
    country: str = ""


def refuse(reading: Reading, refusal: Refusal) -> Reason:
    """Return a refusal as records have it."""
    start, end = reading.text.span(refusal.trigger.first, refusal.trigger.last)
    return Reason(code=refusal.code, text=TEXTS[refusal.code], start=start, end=end)


def distance(party: Party, trigger: Mention) -> int:
    return distance_tokens(party.first, trigger) if party.first > trigger.last else abs(trigger.first - party.last)


def distance_tokens(at: int, trigger: Mention) -> int:
    return min(abs(at - trigger.first), abs(at - trigger.last))
