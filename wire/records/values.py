"""The parts of records: names, actors, places, dates, facts, meetings, sources."""

from datetime import date, datetime

import msgspec

from wire.records.words import FactKind, FactState, Form, Level, Priority, Quality, Resolution, Status, StatusDetail


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
