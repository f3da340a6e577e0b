"""Pure: what one receiver is owed of an alert or a notice, given what it was told before.

claims - told -> nothing: suppressed | something: first, when nothing was told; else its kind; wanted?
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from alerts.reasons import reason
from wire.records import Alert, AlertKind, Claim, Notice, NoticeState, Origin, Reason, Status, StatusDetail


class Owed(NamedTuple):
    """What a receiver is owed: as which kind, and the claims that are new to it."""

    kind: str  # an AlertKind's value, or notice
    claims: tuple[str, ...]
    rings: bool = True


NOTICE = "notice"
ASIDE = frozenset({"language", "source"})
"""Kinds of claims that alone are no message: they are told with the next that is one."""


def owed(alert: Alert, wanted: Collection[AlertKind], told: Collection[str]) -> Owed | Reason:
    """Return what a receiver is owed that wants these kinds and was told these claims, or why nothing."""
    if alert.origin is not Origin.LIVE:
        return reason("not-live", alert.origin.value)
    fresh = [claim for claim in alert.claims if claim.id not in told]
    if not fresh:
        return reason("nothing-new")
    if all(claim.kind in ASIDE for claim in fresh):
        return reason("language-only")
    kind = kind_for(alert.kind, fresh, first=not told)
    if kind not in wanted:
        return reason("kind-not-wanted", kind.value)
    return Owed(kind.value, tuple(claim.id for claim in fresh), kind is not AlertKind.UPDATE)


def kind_for(kind: AlertKind, fresh: Collection[Claim], *, first: bool) -> AlertKind:
    """Return what the alert is to this receiver: its first, or by what rings among what is new to it."""
    if first:
        return AlertKind.FIRST
    ringing = [claim for claim in fresh if claim.rings]
    if not ringing:
        return AlertKind.UPDATE
    if kind in (AlertKind.STATUS_CHANGE, AlertKind.CORRECTION):
        return kind
    return AlertKind.STATUS_CHANGE if any(claim.kind == "status" for claim in ringing) else AlertKind.UPDATE


def owed_notice(notice: Notice, *, firing: bool) -> Owed | Reason:
    """Return what operators are owed of a notice, who were told that it fires or were not."""
    if notice.state is NoticeState.RESOLVED:
        return Owed(NOTICE, ()) if firing else reason("not-firing")
    return reason("already-firing") if firing else Owed(NOTICE, (NoticeState.FIRING.value,))


def planned_days(alert: Alert) -> tuple[date, date] | None:
    """Return the days on which the event is to come, if it is: of a postponed one the new days."""
    if alert.status is Status.PLANNED and alert.date:
        return alert.date.start, alert.date.end
    if alert.status_detail is StatusDetail.POSTPONED and alert.new_date:
        return alert.new_date.start, alert.new_date.end
    return None
