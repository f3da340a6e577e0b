"""When a story is over: seven days after its last article was seen, or after its days are past; and when forgotten.

tellings, clock -> over? -> a month later forgotten? ; forgotten and tied by no article to others -> rows that can go

A closed story is kept as long as the topic keeps the reports that it is made of: till then an edit of its articles,
or a late copy, is its next revision. Founded again from that alone it would lose its sources and begin at revision 1.

The clock is the newest `seen` of the partner's reports, not the wall: a replay, or a worker that catches
up after an outage, closes what the day itself would have closed.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from streams.stories.tellings import Links, Telling
from wire.records import Report
from wire.topics import MEETINGS

QUIET = timedelta(days=7)
KEPT = timedelta(seconds=MEETINGS.retention)
"""After the last article of a closed story; what is edited later founds a story again."""
AFTERMATH = timedelta(days=2)
"""After the last day of the event: articles on it come the next day, and days end later in the west."""
FARTHEST = timedelta(days=400)
"""A date farther off is a mistake, and must not keep rows for ever."""


def clock(reports: Mapping[str, Report], trigger: Report, now: datetime) -> datetime:
    """Return the time of the stream."""
    return min(now, max([trigger.source.seen, *(report.source.seen for report in reports.values())]))


def over(group: Sequence[Telling], clock: datetime) -> bool:
    """Return whether nothing more is to come: its story is closed."""
    return clock > _end(group, QUIET)


def disposable(groups: Sequence[Sequence[Telling]], clock: datetime) -> tuple[list[int], tuple[str, ...]]:
    """Return which groups can be forgotten, and the articles that go with them.

    An article also told of by a story that is kept stays, and with it every story it tells.
    """
    past = [n for n, group in enumerate(groups) if clock > _end(group, KEPT)]
    if not past:
        return [], ()
    links: Links[str] = Links()
    for group in groups:
        for each in group:
            links.join(group[0].article, each.article)
    held = {links.root(group[0].article) for n, group in enumerate(groups) if n not in set(past)}
    gone = [n for n in past if links.root(groups[n][0].article) not in held]
    return gone, tuple(sorted({each.article for n in gone for each in groups[n]}))


def _end(group: Sequence[Telling], after: timedelta) -> datetime:
    """Return when a story's time is up: so long after its last article, or after its days where those are later."""
    seen = max(each.source.seen for each in group)
    last = max((end for each in group for _, end in each.spans), default=0)
    if not last:
        return seen + after
    past = datetime.combine(date.fromordinal(last + 1), time(), UTC) + AFTERMATH
    return max(seen + after, min(past, seen + FARTHEST))
