"""The records themselves, a message each: Article, Report, Story, Alert, Notice, Delivery, DeadLetter."""

from datetime import datetime

import msgspec

from wire.records.values import (
    Actor,
    Country,
    EventDate,
    Evidence,
    Fact,
    Meeting,
    Names,
    Place,
    Reason,
    RuleHit,
    Source,
    Value,
)
from wire.records.words import (
    AlertKind,
    Form,
    NoticeState,
    Origin,
    Outcome,
    Priority,
    Quality,
    Status,
    StatusDetail,
    StoryState,
)


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
    names: tuple[Names | None, ...] = ()  # what people call each value, where it has a name


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

    @property
    def event(self) -> str:
        """Return the id of its message: that a trouble began and that it ended are two."""
        return f"{self.key}/{self.at.isoformat()}"


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


WIRE_RECORDS = (Article, Report, Story, Alert, Notice, Delivery, DeadLetter)
