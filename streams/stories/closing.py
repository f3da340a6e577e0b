"""When a story is over: seven days after its last article was seen, or after its days are past.

tellings, clock -> due? ; stories closed and tied by no article to an open one -> rows that can go

The clock is the newest `seen` of the partner's reports, not the wall: a replay, or a worker that catches
up after an outage, closes what the day itself would have closed.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from streams.stories.tellings import Links, Telling
from wire.records import Report

QUIET = timedelta(days=7)
AFTERMATH = timedelta(days=2)
"""After the last day of the event: articles on it come the next day, and days end later in the west."""
FARTHEST = timedelta(days=400)
"""A date farther off is a mistake, and must not keep rows for ever."""


def clock(reports: Mapping[str, Report], trigger: Report, now: datetime) -> datetime:
    """Return the time of the stream."""
    return min(now, max([trigger.source.seen, *(report.source.seen for report in reports.values())]))


def over(group: Sequence[Telling], clock: datetime) -> bool:
    """Return whether nothing more is to come."""
    seen = max(each.source.seen for each in group)
    last = max((end for each in group for _, end in each.spans), default=0)
    if not last:
        return clock > seen + QUIET
    past = datetime.combine(date.fromordinal(last + 1), time(), UTC) + AFTERMATH
    return clock > max(seen + QUIET, min(past, seen + FARTHEST))


def disposable(groups: Sequence[Sequence[Telling]], closed: Collection[int]) -> tuple[list[int], tuple[str, ...]]:
    """Return which closed groups can be forgotten, and the articles that go with them.

    An article also told of by an open story stays, and with it every story it tells.
    """
    links: Links[str] = Links()
    for group in groups:
        for each in group:
            links.join(group[0].article, each.article)
    held = {links.root(group[0].article) for n, group in enumerate(groups) if n not in closed}
    gone = [n for n in closed if links.root(groups[n][0].article) not in held]
    return gone, tuple(sorted({each.article for n in gone for each in groups[n]}))
