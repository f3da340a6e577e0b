"""What is to come: the alerts of planned events, as one morning's message freezes them.

planned events of the next seven days + those whose day passed without a report -> Agenda -> the words of `gathered`
"""

from datetime import date, timedelta

from msgspec.structs import replace

from wire.records import Alert, Record

AGENDA = "agenda"
DAYS = timedelta(days=7)


class Agenda(Record, frozen=True, kw_only=True, tag_field="type", tag="jarshy.agenda.v1"):
    """What one receiver is told of a day's week; it stays in the outbox."""

    day: date
    planned: tuple[Alert, ...] = ()
    passed: tuple[Alert, ...] = ()  # their day is over, and nothing was heard


def shortened(alert: Alert) -> Alert:
    """Return the alert with no more than a line needs."""
    return replace(alert, evidence=(), facts=(), claims=(), keys=(), disputes=(), rules=(), sources=alert.sources[-1:])
