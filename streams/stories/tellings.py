"""Reports -> tellings: one article's word on one meeting, in order of event time.

Report -> its Meetings -> Telling (key, days, event time)
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Generic, NamedTuple, TypeVar

from wire.records import EventDate, Meeting, Origin, Quality, Report, Source

H = TypeVar("H", bound=Hashable)
Span = tuple[int, int]
"""First and last day, as ordinals."""
ASSUMED = ("publication", "published")
"""Codes of the reason of a date that no word of the text gives."""
VAGUEST = 92
"""Days: a wider date ("this year") places nothing and counts as none."""


class Telling(NamedTuple):
    """What one article says of one meeting; `key` is its identity among the partner's tellings.

    Sorts by event time, then by article and key.
    """

    at: datetime  # event time: the earlier of published and seen
    article: str
    key: str
    ordinal: int  # among those of the same roles and mode in the article
    report: Report
    meeting: Meeting
    spans: tuple[Span, ...]  # the days it names; a postponed meeting names two
    published: int | None  # day of publication, where it can be trusted

    @property
    def source(self) -> Source:
        """Return where it was read."""
        return self.report.source


def tellings(reports: Mapping[str, Report]) -> list[Telling]:
    """Return every telling of the reports, sorted by event time and article."""
    return sorted(each for report in reports.values() for each in _of(report))


def article_of(key: str) -> str:
    """Return the article of a telling's key."""
    return key.partition("|")[0]


def event_time(source: Source) -> datetime:
    """Return the earlier of published and seen."""
    return min(source.published, source.seen) if source.published else source.seen


def _of(report: Report) -> Iterable[Telling]:
    at, published, article = event_time(report.source), _published_day(report), report.source.article
    ordinals: Counter[tuple[str, str]] = Counter()
    for meeting in sorted(report.meetings, key=_first_day) if len(report.meetings) > 1 else report.meetings:
        same = meeting.roles, meeting.mode
        ordinal = ordinals[same]
        ordinals[same] += 1
        key = f"{article}|{meeting.roles}|{meeting.mode}|{ordinal}"
        yield Telling(at, article, key, ordinal, report, meeting, _spans(meeting), published)


def _first_day(meeting: Meeting) -> int:
    return meeting.date.start.toordinal() if meeting.date else 10_000_000


def _spans(meeting: Meeting) -> tuple[Span, ...]:
    days = [
        (date.start.toordinal(), max(date.start, date.end).toordinal())
        for date in (meeting.date, meeting.new_date)
        if date is not None and not assumed(date)
    ]
    return tuple(span for span in days if width(span) <= VAGUEST)


def assumed(date: EventDate) -> bool:
    """Return whether the day is only that of publication: it may as well have been the day before."""
    return date.reason.code in ASSUMED


def width(span: Span) -> int:
    """Return the number of days in it."""
    return span[1] - span[0] + 1


def _published_day(report: Report) -> int | None:
    """Return the day of publication; a clamped time stands for the time seen, which says something only when live."""
    source = report.source
    if source.published is None or (source.quality is Quality.CLAMPED and report.origin is not Origin.LIVE):
        return None
    return source.published.astimezone(UTC).toordinal()


class Links(Generic[H]):
    """Which of some things belong together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[H, H] = {}

    def root(self, one: H) -> H:
        """Return the thing that stands for all that belong with `one`."""
        above = self._above
        while (up := above.setdefault(one, one)) != one:
            above[one] = one = above[up]
        return one

    def join(self, one: H, other: H) -> None:
        """Say that the two belong together."""
        self._above[self.root(other)] = self.root(one)

    def gathered(self, things: Sequence[H]) -> list[list[H]]:
        """Return `things` in their groups, in order of first appearance."""
        groups: dict[H, list[H]] = {}
        for thing in things:
            groups.setdefault(self.root(thing), []).append(thing)
        return list(groups.values())


def touching(spans: Sequence[Sequence[Span]], gap: int = 0) -> Links[int]:
    """Return which of the things whose days are given overlap, or lie at most `gap` days apart."""
    links: Links[int] = Links()
    reach, last = -1, 0
    for start, end, number in sorted((*span, number) for number, days in enumerate(spans) for span in days):
        if reach >= 0 and start <= reach + gap:
            links.join(last, number)
            reach = max(reach, end)
        else:
            reach = end
        last = number
    for number, days in enumerate(spans):
        if days:
            links.root(number)
    return links
