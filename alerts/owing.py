"""Pure: what one receiver is owed of an alert or a notice, given what it was told before.

claims - told -> nothing: suppressed | something: first, when nothing was told; else its kind; wanted?
"""

from collections.abc import Collection
from typing import NamedTuple

from alerts.reasons import reason
from wire.records import Alert, AlertKind, Claim, Notice, NoticeState, Origin, Reason


class Owed(NamedTuple):
    """What a receiver is owed: as which kind, and the claims that are new to it."""

    kind: str  # an AlertKind's value, or notice
    claims: tuple[str, ...]
    rings: bool = True


NOTICE = "notice"


def owed(alert: Alert, wanted: Collection[AlertKind], told: Collection[str]) -> Owed | Reason:
    """Return what a receiver is owed that wants these kinds and was told these claims, or why nothing."""
    if alert.origin is not Origin.LIVE:
        return reason("not-live", alert.origin.value)
    fresh = [claim for claim in alert.claims if claim.id not in told]
    if not fresh:
        return reason("nothing-new")
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
