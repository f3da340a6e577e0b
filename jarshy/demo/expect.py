"""What a desk should have heard, pure: script + alerts -> verdict for each event, and what should not have come."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from jarshy.newsroom.script import Entry, Event, Expected, Newsroom
from wire.records import Alert, AlertKind, Origin

COUNTED = (AlertKind.FIRST, AlertKind.STATUS_CHANGE, AlertKind.CORRECTION)
"""Updates are free to come: a story grows as its articles do."""


class EventVerdict(NamedTuple):
    """How one event was told."""

    event: str
    alerts: tuple[str, ...]
    faults: tuple[str, ...]


class Verdicts(NamedTuple):
    """How the whole play was told."""

    events: tuple[EventVerdict, ...]
    stray: tuple[str, ...]  # alerts on what was no bilateral meeting

    @property
    def right(self) -> bool:
        """Return whether the expected alerts came, no more and no fewer."""
        return not self.stray and not any(verdict.faults for verdict in self.events)


def judge(newsroom: Newsroom, alerts: Iterable[Alert], today: date) -> Verdicts:
    """Compare the alerts that ring with what the script expects, event by event."""
    counted = [alert for alert in alerts if alert.kind in COUNTED and alert.origin is Origin.LIVE]
    entries = {f"/{newsroom.feed(e.feed).home or e.feed}/{e.path}": e for e in newsroom.entries if e.path}
    heard: dict[str, list[Alert]] = {event.id: [] for event in newsroom.events}
    stray = []
    for alert in sorted(counted, key=lambda alert: alert.times.told):
        event = _event_of(alert, entries, newsroom.events, today)
        if event:
            heard[event].append(alert)
        else:
            stray.append(_words(alert))
    return Verdicts(tuple(_verdict(event, heard[event.id], today) for event in newsroom.events), tuple(stray))


def _event_of(alert: Alert, entries: dict[str, Entry], events: Iterable[Event], today: date) -> str | None:
    """Return the event that most of the alert's articles tell; of several in one article, the one that fits best."""
    told = Counter(event for source in alert.sources for event in _tells(source.url, entries))
    by_id = {event.id: event for event in events}
    if not told:
        return None
    return max(sorted(told), key=lambda event: (_likeness(alert, by_id[event], today), told[event]))


def _tells(url: str | None, entries: dict[str, Entry]) -> tuple[str, ...]:
    path = "/" + (url or "").split("://", 1)[-1].partition("/")[2].partition("?")[0]
    return entries[path].tells if path in entries else ()


def _likeness(alert: Alert, event: Event, today: date) -> int:
    return -min((len(_differences(alert, expected, today)) for expected in event.alerts), default=99)


def _verdict(event: Event, alerts: list[Alert], today: date) -> EventVerdict:
    faults = []
    for expected, alert in zip(event.alerts, alerts, strict=False):
        faults += _differences(alert, expected, today)
    faults += [f"no {expected.kind} alert came" for expected in event.alerts[len(alerts) :]]
    faults += [f"one too many: {_words(alert)}" for alert in alerts[len(event.alerts) :]]
    return EventVerdict(event.id, tuple(_words(alert) for alert in alerts), tuple(faults))


def _differences(alert: Alert, expected: Expected, today: date) -> list[str]:
    """Return what the alert says otherwise than expected; what is not expected to be said is not judged."""
    place = (alert.place.names.en if alert.place.names else "") if alert.place and alert.place.city else ""
    said = {
        "kind": alert.kind.value,
        "country": alert.partner.code,
        "form": alert.form.value,
        "status": alert.status.value,
        "level": alert.counterpart.level.value,
        "counterpart": alert.counterpart.names.en if alert.counterpart.names else None,
        "kz_actor": alert.kz.names.en if alert.kz.names else None,
        "place": place,
        "date": alert.date.start if alert.date else None,
    }
    wanted = {name: getattr(expected, name) for name in said}
    if expected.date is not None:
        wanted["date"] = today + timedelta(days=expected.date)
    return [
        f"{name} is {said[name]}, not {value}"
        for name, value in wanted.items()
        if value is not None and said[name] != value
    ]


def _words(alert: Alert) -> str:
    who = alert.counterpart.names.en if alert.counterpart.names else alert.counterpart.office
    return f"{alert.kind.value} {alert.partner.code} {who} {alert.form.value} {alert.status.value}"
