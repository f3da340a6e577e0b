"""The records on the wire: frozen msgspec Structs, versioned, JSON.

Article --recognise--> Report (of Meetings) --gather--> Story --tell--> Alert --send--> Delivery

Unknown fields are ignored on reading and unknown enum values read as `unknown`, so a writer may add
both without breaking a reader. A change that a reader must not miss raises the version in the tag:
an older reader then refuses with `NewerRecord` and its worker stops (readers upgrade first).
"""

from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

import msgspec


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


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a record; encodes without its defaults."""


class Names(Value, frozen=True, kw_only=True):
    """One thing's name in every frame language of an alert."""

    en: str
    kk: str
    pl: str
    ar: str


class Country(Value, frozen=True, kw_only=True):
    """A party: ISO 3166 alpha-2, or EU."""

    code: str
    names: Names


class Reason(Value, frozen=True, kw_only=True):
    """A named why: `code` for machines, `text` for people, and where it shows."""

    code: str
    text: str
    start: int | None = None
    end: int | None = None


class Evidence(Value, frozen=True, kw_only=True):
    """Words that prove it: code points [start, end) into `Article.body`, and the quote that stands there."""

    article: str
    start: int
    end: int
    quote: str
    about: str = ""  # what it proves: form, status, place, date, a fact ...


class Actor(Value, frozen=True, kw_only=True):
    """One side's office holder."""

    country: str
    office: str  # lexicon id: head-of-state, foreign-minister, envoy ...
    level: Level
    office_names: Names
    person: str | None = None  # lexicon id
    names: Names | None = None  # None when the office's holder is not known
    resolution: Resolution = Resolution.UNKNOWN


class Place(Value, frozen=True, kw_only=True):
    """Where: a city when one is said, else at least a country."""

    country: str | None = None
    city: str | None = None  # lexicon id
    names: Names | None = None  # of the city, else of the country


class EventDate(Value, frozen=True, kw_only=True):
    """When: a day or a range of days, and how the date is known."""

    start: date
    end: date
    reason: Reason


class Fact(Value, frozen=True, kw_only=True):
    """One thing that came of a meeting; `value` is comparable between articles and languages."""

    kind: FactKind
    state: FactState
    value: str  # document:treaty, documents:13:signed, invitation:state-visit:CN:2022-09, trade:1.82e+10:USD:2021 ...
    names: Names
    title: str = ""  # of a document, in the words of its text
    said_by: str | None = None  # country code of the side that says so
    evidence: tuple[Evidence, ...] = ()


class RuleHit(Value, frozen=True, kw_only=True):
    """A rule that wants a meeting, and why."""

    rule: str
    title: str
    priority: Priority
    desks: tuple[str, ...]
    follow: bool = False
    reasons: tuple[Reason, ...] = ()


class Meeting(Value, frozen=True, kw_only=True):
    """What one article tells of one event, with evidence."""

    partner: Country
    kz: Actor
    counterpart: Actor
    form: Form
    status: Status
    status_detail: StatusDetail | None = None
    new_date: EventDate | None = None  # of a postponed meeting
    place: Place | None = None
    date: EventDate | None = None
    date_unknown: Reason | None = None  # why there is no date
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()
    codes: tuple[str, ...] = ()  # CAMEO/PLOVER
    rules: tuple[RuleHit, ...] = ()

    @property
    def roles(self) -> str:
        """Return the pair of offices that meets, Kazakhstan's first."""
        return f"{self.kz.office}/{self.counterpart.office}"

    @property
    def mode(self) -> str:
        """Return whether the two are in one place."""
        return "remote" if self.form in (Form.PHONE_CALL, Form.VIDEO_CALL) else "in-person"

    @property
    def tense(self) -> str:
        """Return whether the article looks ahead to the meeting or back on it."""
        return "past" if self.status is Status.HELD else "ahead"


class Source(Value, frozen=True, kw_only=True):
    """Where something was read: what an alert needs to cite an article."""

    article: str
    title: str
    outlet: str
    feed: str
    language: str
    seen: datetime
    url: str | None = None
    published: datetime | None = None
    quality: Quality = Quality.MISSING
    country: str | None = None  # the outlet's
    credits: str | None = None  # whom the article credits (Ақорда, PAP, Xinhua): its origin in the field's sense
    credits_names: Names | None = None
    keys: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message on a topic."""


class Article(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.article.v1"):
    """One feed entry as a reader would see it: plain text, no markup."""

    id: str
    keys: tuple[str, ...]
    feed: str
    outlet: str
    language: str  # the feed's claim: kk, pl, ar or ""
    title: str
    text: str
    seen: datetime
    url: str | None = None
    guid: str | None = None
    published: datetime | None = None
    quality: Quality = Quality.MISSING
    updated: datetime | None = None
    country: str | None = None  # the outlet's
    zone: str = "UTC"  # the feed's IANA time zone: "today" is a day there
    text_from: str = "summary"  # summary, content or page
    truncated: bool = False
    origin: Origin = Origin.LIVE

    @property
    def body(self) -> str:
        """Return title and text as one string: what evidence points into."""
        return f"{self.title}\n\n{self.text}" if self.text else self.title


class Report(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.report.v1"):
    """An article's meetings with one partner and the rules that want them; none means withdrawn."""

    id: str
    partner: Country
    source: Source
    revision: int  # the article's offset in its partition of jarshy.articles
    meetings: tuple[Meeting, ...]
    content: str  # hash of what was recognised: equal hash, nothing changed
    rule_set: str
    recognised: datetime
    origin: Origin = Origin.LIVE


class Claim(Value, frozen=True, kw_only=True):
    """One thing a story asserts; `id` is opaque and equal for equal claims of one story."""

    id: str
    kind: str  # event, status, date, place, fact, confirmation, language, source ...
    text: str  # for people, in English: frames have their own words for each kind
    at: datetime  # since when it is claimed
    value: str = ""
    new: bool = False
    rings: bool = False  # worth waking a desk for


class StatusChange(Value, frozen=True, kw_only=True):
    """One step in a story's status history."""

    status: Status
    at: datetime
    source: str  # id of the article that says so first
    detail: StatusDetail | None = None
    outlet: str = ""  # its
    credits: str | None = None  # whom it credits
    said_by: str | None = None  # country code of the side that speaks in it


class Dispute(Value, frozen=True, kw_only=True):
    """Values that sources give differently; all are kept."""

    what: str
    values: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]  # article ids, one tuple for each value


class StoryCore(Record, frozen=True, kw_only=True):
    """What a story and an alert on it have in common."""

    partner: Country
    kz: Actor
    counterpart: Actor
    form: Form
    status: Status
    sources: tuple[Source, ...]
    more_sources: int = 0  # beyond those listed
    origins: int  # independent ones: twenty copies of one agency are one
    status_detail: StatusDetail | None = None
    status_history: tuple[StatusChange, ...] = ()
    new_date: EventDate | None = None
    place: Place | None = None
    date: EventDate | None = None
    date_unknown: Reason | None = None
    facts: tuple[Fact, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[RuleHit, ...] = ()
    rule_set: str = ""
    codes: tuple[str, ...] = ()
    visit: str | None = None
    origin: Origin = Origin.LIVE


class Story(StoryCore, frozen=True, kw_only=True, tag_field="type", tag="jarshy.story.v1"):
    """The whole current state of one event, told by all its articles."""

    id: str
    revision: int
    state: StoryState
    claims: tuple[Claim, ...]
    updated: datetime
    merged_into: str | None = None


class Times(Value, frozen=True, kw_only=True):
    """Where an alert's seconds went."""

    seen: datetime
    recognised: datetime
    told: datetime
    published: datetime | None = None


class Alert(StoryCore, frozen=True, kw_only=True, tag_field="type", tag="jarshy.alert.v1"):
    """What a desk should hear about a story."""

    id: str
    story: str
    story_revision: int
    kind: AlertKind
    claims: tuple[Claim, ...]  # all of the story's, the new ones marked
    keys: tuple[str, ...]  # by which a receiver's thread is found
    times: Times
    priority: Priority
    desks: tuple[str, ...]
    trigger: str  # id of the article that made it


class Notice(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.notice.v1"):
    """What an operator should hear; the newest of its key (source + subject) counts."""

    source: str  # collectors, streams, alerts
    subject: str  # feed:ID, rules, receiver:NAME ...
    state: NoticeState
    text: str
    at: datetime
    severity: str = "warning"
    details: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the topic key: one trouble, one key."""
        return f"{self.source}/{self.subject}"


class Delivery(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.delivery.v1"):
    """One attempt to one receiver."""

    id: str
    receiver: str
    story: str
    thread: str
    alerts: tuple[str, ...]
    kind: str  # an AlertKind's value, agenda or notice
    outcome: Outcome
    at: datetime
    attempt: int = 1
    reason: Reason | None = None
    seconds: float | None = None  # from the event time of the article that triggered it
    digest: str | None = None  # the message told several stories: what all their deliveries share


class DeadLetter(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.dead-letter.v1"):
    """What could not be worked on: where it came from, why, and its first 256 KB."""

    stage: str
    reason: Reason
    at: datetime
    topic: str = ""
    partition: int = -1
    offset: int = -1
    key: bytes | None = None
    value: bytes = b""
    size: int = 0
    detail: str = ""  # a traceback's last lines, never a secret


R = TypeVar("R", bound=Record)
WIRE_RECORDS = (Article, Report, Story, Alert, Notice, Delivery, DeadLetter)
DEAD_LETTER_BYTES = 256 * 1024


class UndecodableRecord(ValueError):
    """The bytes are not a record of this kind: poison, for the dead letters."""


class NewerRecord(RuntimeError):
    """The record was written by a later version: this reader must be upgraded first."""


_encode = msgspec.json.Encoder().encode
_decoders: dict[type, msgspec.json.Decoder[Any]] = {}


class _Envelope(msgspec.Struct):
    type: str


def type_of(record: type[Record] | Record) -> str:
    """Return the record's CloudEvents type, such as `jarshy.story.v1`."""
    return str(record.__struct_config__.tag)


def encode(record: Record) -> bytes:
    """Return the record as JSON bytes."""
    return _encode(record)


def decode(kind: type[R], raw: bytes | None) -> R:
    """Return the record in `raw`, or say why it is none.

    Raises UndecodableRecord for anything but a `kind`, NewerRecord for a later version of it.
    """
    try:
        record: R = _decoder(kind).decode(raw or b"")
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        _refuse_newer(kind, raw or b"")
        raise UndecodableRecord(f"not a {type_of(kind)}: {error}") from error
    return record


def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


def _refuse_newer(kind: type[Record], raw: bytes) -> None:
    try:
        found = msgspec.json.decode(raw, type=_Envelope).type
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return
    name, _, version = type_of(kind).rpartition(".v")
    found_name, _, found_version = found.rpartition(".v")
    if found_name == name and found_version.isdigit() and int(found_version) > int(version):
        raise NewerRecord(
            f"found {found}, this reader knows {type_of(kind)}: upgrade the readers of {name} first, then its writers"
        )


def cloud_event(record: Record, *, id: str, source: str, time: datetime) -> tuple[tuple[str, bytes], ...]:
    """Return the CloudEvents binary-mode headers of a published record."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_id", id.encode()),
        ("ce_type", type_of(record).encode()),
        ("ce_source", source.encode()),
        ("ce_time", time.isoformat().encode()),
        ("content-type", b"application/json"),
    )
