"""What may stand in desks.yaml: receivers, desks, routes and their tests, as frozen values.

A receiver's lines say where it is, what it wants and when it may be disturbed.
"""

import re
from datetime import time
from typing import Annotated, Literal

import msgspec

from alerts.rates import Rate, parse_rate, parse_span
from wire.records import AlertKind

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Language = Literal["kk", "pl", "ar"]
FrameLanguage = Literal["kk", "pl", "ar", "en"]
Kind = Literal["first", "status-change", "correction", "update"]
PriorityWord = Literal["flash", "urgent", "routine"]
RINGING: tuple[Kind, ...] = ("first", "status-change", "correction")
AT_ONCE = "at once"
"""What a test of desks.yaml expects of an alert that nothing holds."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of desks.yaml."""


class Quiet(Section, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Hours in which a chat is left alone: what comes then is told in one digest when they end."""

    from_: str
    to: str
    flash: bool = False  # flash goes through

    @property
    def hours(self) -> tuple[time, time]:
        """Return when they begin and end; ValueError as of `clock`."""
        return clock(self.from_), clock(self.to)


class Digests(Section, frozen=True, kw_only=True):
    """Times of day at which alerts of these priorities are told, in one message."""

    at: tuple[str, ...]
    of: tuple[PriorityWord, ...] = ("routine",)

    @property
    def times(self) -> tuple[time, ...]:
        """Return the times of day, earliest first; ValueError as of `clock`."""
        return tuple(sorted(clock(each) for each in self.at))


class Grouping(Section, frozen=True, kw_only=True):
    """Alertmanager's: what comes of one story or visit within `wait` is one message, the next after `interval`."""

    wait: str = "20s"
    interval: str = "10min"

    @property
    def seconds(self) -> tuple[float, float]:
        """Return both; ValueError as of `parse_span`."""
        return parse_span(self.wait), parse_span(self.interval)


class ReceiverLines(Section, frozen=True, kw_only=True):
    """One chat: where it is, in which language it is addressed, what it wants and when."""

    url: str  # Apprise's, with ${SECRET} for what nobody may read here
    frame: FrameLanguage
    zone: str = "UTC"
    kinds: tuple[Kind, ...] | None = None
    edits: bool = False  # an update edits the first message: Telegram, or Slack with a bot's token
    silent: str | None = None  # a second URL, for what must not ring: Telegram needs none
    rate: str | None = None  # 18/min: instead of the service's own limit
    quiet: Quiet | None = None
    digest: Digests | None = None
    group: Grouping = Grouping()
    throttle: Annotated[int, msgspec.Meta(ge=0, le=40)] = 12  # more stories than this at once are one digest; 0: never
    agenda: str | None = None  # time of day at which it is told what is planned

    @property
    def wanted(self) -> frozenset[AlertKind]:
        """Return the kinds of alerts that this receiver wants: updates too, where they disturb nobody."""
        kinds = self.kinds if self.kinds is not None else (*RINGING, "update") if self.edits else RINGING
        return frozenset(AlertKind(kind) for kind in kinds)

    @property
    def own_rate(self) -> Rate | None:
        """Return the rate that the file sets, if it does."""
        return parse_rate(self.rate) if self.rate else None


class Match(Section, frozen=True, kw_only=True):
    """What an alert must have; lines are AND, a list is OR, a missing line is anything."""

    rule: str | tuple[str, ...] = ()
    country: str | tuple[str, ...] = ()  # no pattern here: msgspec 0.22 crashes on one in a union
    priority: PriorityWord | tuple[PriorityWord, ...] = ()
    language: Language | tuple[Language, ...] = ()
    kind: Kind | tuple[Kind, ...] = ()


class Route(Section, frozen=True, kw_only=True, rename={"continue_": "continue"}):
    """A branch of the tree: the first that matches takes the alert, unless it says `continue: true`."""

    match: Match = Match()
    desks: tuple[Name, ...] = ()
    continue_: bool = False
    routes: "tuple[Route, ...]" = ()


class TrialAlert(Section, frozen=True, kw_only=True):
    """The alert of a test: what routes and receivers look at."""

    country: str
    rule: str = "a-rule"
    desks: tuple[str, ...] = ()  # that its rule names
    priority: PriorityWord = "routine"
    kind: Kind = "first"
    language: Language = "kk"


class Trial(Section, frozen=True, kw_only=True):
    """A test of the file: this alert, at that time, goes there, at once or held till then."""

    alert: TrialAlert
    at: str  # 2026-11-24T23:30+05:00
    to: dict[Name, str]  # receiver: `at once`, or the day and time in its own zone till which it is held


class Desks(Section, frozen=True, kw_only=True):
    """The whole file."""

    receivers: dict[Name, ReceiverLines]
    desks: dict[Name, tuple[Name, ...]]
    operators: tuple[Name, ...]  # receivers of notices
    default: tuple[Name, ...] = ()  # desks of what no rule and no route takes; none: every desk, nothing is lost
    routes: tuple[Route, ...] = ()
    tests: tuple[Trial, ...] = ()


def clock(text: str) -> time:
    """Return a time of day such as 07:30.

    Raises ValueError with a sentence.
    """
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f"{text!r} is no time of day")
    return time.fromisoformat(text)


def listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return one word, or several, as several."""
    return (value,) if isinstance(value, str) else value
