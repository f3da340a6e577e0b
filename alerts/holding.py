"""Pure: may this be told now, or is it held, till when and why.

silenced? | quiet hours? | told in digests? | grouped? -> Hold, or None: its turn has come
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.lines import Quiet, ReceiverLines
from alerts.reasons import reason
from alerts.silences import About, Silence, silenced
from wire.records import AlertKind, Priority, Reason

ALERT_KINDS = frozenset(kind.value for kind in AlertKind)
CHANGES = (AlertKind.STATUS_CHANGE.value, AlertKind.CORRECTION.value)
QUIET, DIGEST, SILENCED, GROUPED, RELEASED = "quiet-hours", "in-digest", "silenced", "grouped", "released"
TOGETHER = (QUIET, DIGEST, SILENCED)
"""What was held for these is told in one digest when it ends."""
AGENDA_LATE = timedelta(hours=3)


class Waiting(NamedTuple):
    """A delivery that waits for its turn, and what decides on it."""

    n: int
    thread: str
    group: str  # the visit, or the thread alone
    kind: str
    priority: str
    about: About
    owed: datetime
    attempt: int = 0
    held: str = ""  # why it was held, if it was
    until: datetime | None = None
    told: datetime | None = None  # when the receiver last heard of the group
    opens: datetime | None = None  # when what else waits of the group may go

    @property
    def fresh(self) -> bool:
        """Return whether it may still be told together with others: an alert that no attempt has frozen."""
        return self.attempt == 0 and self.kind in ALERT_KINDS


class Hold(NamedTuple):
    """Why something is not told yet, and when to look again."""

    until: datetime
    reason: Reason


def hold(each: Waiting, lines: ReceiverLines, silences: Sequence[Silence], now: datetime) -> Hold | None:
    """Return what holds a delivery now, if anything does."""
    if each.kind not in ALERT_KINDS or each.held == RELEASED:
        return None
    if each.fresh and (found := silenced(each.about, silences, now)):
        return Hold(found.until, reason(SILENCED, str(found)))
    flash = each.priority == Priority.FLASH.value
    zone = ZoneInfo(lines.zone)
    if lines.quiet and not (flash and lines.quiet.flash) and (end := quiet_end(lines.quiet, zone, now)):
        return Hold(end, reason(QUIET, _till(end, zone)))
    if not each.fresh or (each.held in TOGETHER and each.until and each.until <= now) or each.held in (QUIET, SILENCED):
        return None
    if lines.digest and each.priority in lines.digest.of:
        then = next_time(lines.digest.times, zone, now)
        return Hold(then, reason(DIGEST, _till(then, zone)))
    return None if flash else _grouped(each, lines, now)


def _grouped(each: Waiting, lines: ReceiverLines, now: datetime) -> Hold | None:
    """Return Alertmanager's wait: short for what is new or changes, longer for more of what was told."""
    wait, interval = lines.group.seconds
    until = min(each.owed, now) + timedelta(seconds=wait)
    if each.opens:
        until = min(until, each.opens)
    if each.told and each.kind not in CHANGES:
        until = max(until, min(each.told, now) + timedelta(seconds=interval))
    return Hold(until, reason(GROUPED)) if until > now else None


def quiet_end(quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the quiet hours end that it is in now, if it is; nights may pass midnight."""
    begin, end = quiet.hours
    clock = now.astimezone(zone).time()
    inside = begin <= clock < end if begin <= end else clock >= begin or clock < end
    return next_time((end,), zone, now) if inside else None


def next_time(times: Sequence[time], zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the clock next shows one of the times."""
    today = now.astimezone(zone).date()
    days = (today, today + timedelta(days=1), today + timedelta(days=2))
    return min(then for day in days for each in times if (then := datetime.combine(day, each, zone)) > now)


def agenda_day(at: time, zone: ZoneInfo, now: datetime) -> date | None:
    """Return the day whose agenda is to be told now: up to three hours late, when we were not there in time."""
    local = now.astimezone(zone)
    since = local - datetime.combine(local.date(), at, zone)
    return local.date() if timedelta(0) <= since < AGENDA_LATE else None


def _till(then: datetime, zone: ZoneInfo) -> str:
    return f"till {then.astimezone(zone):%Y-%m-%d %H:%M}"
