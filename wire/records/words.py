"""The closed sets that records speak in: a value of a later version reads as unknown."""

from enum import Enum
from typing import Any


class WireEnum(Enum):
    """A closed set that may grow: values of a later version read as UNKNOWN."""

    @classmethod
    def _missing_(cls, value: object) -> Any:
        return cls.__members__["UNKNOWN"] if isinstance(value, str) else None


class Origin(WireEnum):
    """How a record came to be; only live alerts are delivered."""

    LIVE = "live"
    BACKLOG = "backlog"
    REPLAY = "replay"
    UNKNOWN = "unknown"


class Quality(WireEnum):
    """How far a claimed publication time can be trusted."""

    EXACT = "exact"  # a full date with a zone
    ASSUMED = "assumed"  # the zone or the time of day is the feed's default
    CLAMPED = "clamped"  # nonsense (the future, 1970): replaced by the time seen
    MISSING = "missing"
    UNKNOWN = "unknown"


class Form(WireEnum):
    """The four forms of a bilateral meeting (DESIGN 4)."""

    MEETING = "meeting"
    PHONE_CALL = "phone-call"
    VIDEO_CALL = "video-call"
    VISIT = "visit"
    UNKNOWN = "unknown"


class Status(WireEnum):
    """Whether a meeting took place; `cancelled` includes postponed."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class StatusDetail(WireEnum):
    """What the status alone does not say."""

    ANNOUNCED = "announced"
    UNDER_WAY = "under-way"
    POSTPONED = "postponed"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Level(WireEnum):
    """The rank of an actor."""

    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    MINISTER = "minister"
    SPEAKER = "speaker"
    OTHER_OFFICIAL = "other-official"
    UNKNOWN = "unknown"


class Resolution(WireEnum):
    """How an actor was found."""

    NAMED = "named"  # the name stands in the text
    OFFICE = "office"  # the office stands in the text, the holder of that day in the lexicon
    INTRODUCED = "introduced"  # a short name, title or pronoun of somebody introduced before
    UNKNOWN = "unknown"  # an office and a country, nobody known to the lexicon


class FactKind(WireEnum):
    """What came of a meeting."""

    DOCUMENT = "document"
    INVITATION = "invitation"
    FIGURE = "figure"
    TOPIC = "topic"
    UNKNOWN = "unknown"


class FactState(WireEnum):
    """Whether a fact is done, or how far from it."""

    DONE = "done"
    TO_BE_DONE = "to-be-done"
    PROPOSED = "proposed"
    BACKGROUND = "background"
    UNKNOWN = "unknown"


class Priority(WireEnum):
    """How loudly a rule wants to be heard."""

    FLASH = "flash"
    URGENT = "urgent"
    ROUTINE = "routine"
    UNKNOWN = "unknown"


class AlertKind(WireEnum):
    """What an alert tells of its story."""

    FIRST = "first"
    UPDATE = "update"
    STATUS_CHANGE = "status-change"
    CORRECTION = "correction"
    UNKNOWN = "unknown"


class StoryState(WireEnum):
    """Whether a story still takes articles."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class NoticeState(WireEnum):
    """Whether a notice's subject is in trouble now."""

    FIRING = "firing"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class Outcome(WireEnum):
    """How one delivery attempt ended."""

    SENT = "sent"
    RETRY = "retry"  # the receiver is away or busy; sent again later
    PLAIN = "plain"  # the markup was refused; sent again as plain text
    PARKED = "parked"  # the receiver refuses us; an operator must look
    DEAD = "dead"  # this message is refused, marked up and plain
    SUPPRESSED = "suppressed"  # nothing in it is new to this receiver
    UNKNOWN = "unknown"
