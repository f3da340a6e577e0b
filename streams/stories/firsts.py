"""Events that were not told once by one first alert for each of their meetings, and why.

labelled articles, their stories and alerts --count by event--> too few: who was not read, or joined another's story
                                                             --> too many: what keeps two first alerts apart
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from streams.stories.where import date_value, place_value
from wire.records import Actor, Alert, AlertKind, Form, Reason, Report

REMOTE = (Form.PHONE_CALL, Form.VIDEO_CALL)


class Labelled(NamedTuple):
    """One article of an evaluation file with what was recognised in it."""

    article: str
    event: str | None
    language: str
    positive: bool
    published: datetime
    reports: tuple[Report, ...]
    meetings: tuple[str, ...] = ()  # of the event, that it tells by the file: any names, equal for equal
    refused: tuple[Reason, ...] = ()  # why recognition took no more of it for a meeting


class Told(NamedTuple):
    """What a run of articles came to."""

    stories: Mapping[str, frozenset[str]]  # article -> its stories
    alerts: Sequence[Alert]

    @property
    def firsts(self) -> list[Alert]:
        """Return the alerts of kind first."""
        return [alert for alert in self.alerts if alert.kind is AlertKind.FIRST]


class Fault(NamedTuple):
    """An event told too seldom or too often, and why."""

    event: str
    expected: int
    firsts: tuple[str, ...]  # articles that set them off
    why: tuple[Reason, ...]


def expected(positives: Iterable[Labelled]) -> Mapping[str, int]:
    """Return how many meetings each event has by the file: one where it does not say."""
    found: dict[str, set[str]] = {}
    for each in positives:
        found.setdefault(each.event or "", set()).update(each.meetings)
    return {event: max(1, len(names)) for event, names in found.items()}


def by_event(positives: Sequence[Labelled], told: Told) -> Mapping[str, list[Alert]]:
    """Return the first alerts that the articles of each event set off."""
    events = {each.article: each.event or "" for each in positives}
    found: dict[str, list[Alert]] = {event: [] for event in events.values()}
    for alert in told.firsts:
        found[events[alert.trigger]].append(alert)
    return found


def faults(positives: Sequence[Labelled], told: Told) -> tuple[Fault, ...]:
    """Return the events that have more or fewer first alerts than meetings."""
    many, found = expected(positives), []
    for event, alerts in by_event(positives, told).items():
        articles = [each for each in positives if (each.event or "") == event]
        if len(alerts) < many[event]:
            why = tuple(reason for each in articles for reason in _too_few(each, positives, told))
        else:
            why = tuple(_apart(one, other) for one, other in combinations(alerts, 2))
        if len(alerts) != many[event]:
            found.append(Fault(event, many[event], tuple(alert.trigger for alert in alerts), why))
    return tuple(found)


def _too_few(each: Labelled, positives: Sequence[Labelled], told: Told) -> Iterable[Reason]:
    """Yield what the article did not do for a first alert of its event."""
    read = sum(len(report.meetings) for report in each.reports)
    if read < max(1, len(each.meetings)):
        refused = "; ".join(f"{why.code}: {why.text}" for why in each.refused)
        yield _reason("unread", f"{each.article}: {read} of {max(1, len(each.meetings))} meetings read: {refused}")
    others = {other.event: other for other in positives if other.event != each.event}
    for other in others.values():
        shared = told.stories[each.article] & told.stories[other.article]
        if shared:
            yield _reason("joined", f"{each.article} is in a story of {other.event} with {other.article}")


def _apart(one: Alert, other: Alert) -> Reason:
    """Return what differs between two first alerts of one event."""
    differing = [
        f"{what} {ours} / {theirs}"
        for (what, ours), (_, theirs) in zip(_marks(one), _marks(other), strict=True)
        if ours != theirs
    ]
    text = f"{one.trigger} / {other.trigger}: {'; '.join(differing) or 'nothing shows'}"
    return _reason("apart", text)


def _marks(alert: Alert) -> list[tuple[str, str]]:
    return [
        ("partner", alert.partner.code),
        ("way", "remote" if alert.form in REMOTE else "in person"),
        ("ours", _who(alert.kz)),
        ("theirs", _who(alert.counterpart)),
        ("date", date_value(alert.date) if alert.date else "unknown"),
        ("status", alert.status.value),
        ("place", place_value(alert.place) if alert.place else "unknown"),
    ]


def _who(actor: Actor) -> str:
    return f"{actor.office} {actor.person or 'unnamed'}"


def _reason(code: str, text: str) -> Reason:
    return Reason(code=code, text=text)
