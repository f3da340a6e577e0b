"""What became of a meeting: the tellings' words in order of event time -> runs of one status.

tellings -> runs (planned, cancelled, planned again, held) -> the last one is the story's status
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from streams.stories.tellings import Telling
from wire.records import EventDate, Status, StatusDetail

STALE = timedelta(hours=12)
"""An announcement that comes so soon after a cancellation is an old one, told late."""
TELLING = (StatusDetail.POSTPONED, StatusDetail.DENIED)
"""Details that make another status of a cancelled meeting."""


class Run(NamedTuple):
    """A stretch of tellings that say the same status."""

    status: Status
    number: int  # which of its status: a meeting may be cancelled twice
    told: tuple[Telling, ...]

    @property
    def at(self) -> datetime:
        """Return since when it is said."""
        return self.told[0].at

    @property
    def detail(self) -> StatusDetail | None:
        """Return what the status alone does not say: what changes it, else the latest word."""
        details = [each.meeting.status_detail for each in self.told]
        if self.status is Status.HELD and None in details:
            return None  # no longer under way
        telling = [detail for detail in details if detail in TELLING]
        return next(reversed(telling or [detail for detail in details if detail]), None)

    @property
    def new_date(self) -> EventDate | None:
        """Return to when it is postponed, by the latest word."""
        if self.status is Status.HELD:
            return None
        return next((date for each in reversed(self.told) if (date := each.meeting.new_date)), None)

    @property
    def said(self) -> tuple[Telling, ...]:
        """Return the tellings that say its detail."""
        return tuple(each for each in self.told if each.meeting.status_detail is self.detail) or self.told


def runs(group: Sequence[Telling]) -> list[Run]:
    """Return the status history; held once is held: what came later with another word was written before."""
    held = [each for each in group if each.meeting.status is Status.HELD]
    found: list[Run] = []
    for each in group:
        if held and each.at >= held[0].at:
            break
        _follow(found, each)
    return [*found, Run(Status.HELD, 1, tuple(held))] if held else found


def _follow(found: list[Run], each: Telling) -> None:
    status = each.meeting.status
    last = found[-1] if found else None
    if last and last.status is status:
        found[-1] = last._replace(told=(*last.told, each))
    elif last is None or not _stale(each, last):
        found.append(Run(status, sum(run.status is status for run in found) + 1, (each,)))


def _stale(each: Telling, last: Run) -> bool:
    """Return whether a plan told after its cancellation is no news: an old plan, or the postponement's own day."""
    if last.status is not Status.CANCELLED or each.meeting.status is not Status.PLANNED:
        return False
    new = last.new_date
    if new and any(first <= new.end.toordinal() and end >= new.start.toordinal() for first, end in each.spans):
        return True
    cancelled = {span for telling in last.told for span in telling.spans}
    another_day = each.spans and cancelled and cancelled.isdisjoint(each.spans)
    return not another_day and each.at - last.told[-1].at < STALE
