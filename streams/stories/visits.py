"""Which stories are of one journey: in person, days that touch, one country -> a shared visit id.

groups --days touch, same country--> components ; place unknown joins the one country beside it ; sticky ids
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streams.stories.tellings import Links, Span, Telling, touching, width
from streams.stories.when import PRECISE
from wire import ids
from wire.records import Form, Status, Story


class Leg(NamedTuple):
    """A story that may be part of a journey."""

    story: Story
    group: Sequence[Telling]
    days: tuple[Span, ...]
    earlier: tuple[str, ...]  # visit ids it had

    @property
    def country(self) -> str | None:
        """Return where it is."""
        return self.story.place.country if self.story.place else None

    @property
    def is_visit(self) -> bool:
        """Return whether an article calls it a visit."""
        return any(each.meeting.form is Form.VISIT for each in self.group)


def leg(story: Story, group: Sequence[Telling], earlier: Sequence[str | None]) -> Leg | None:
    """Return the story as a leg, if it is told of a meeting in person."""
    if group[0].meeting.mode == "remote":
        return None
    days = {span for each in group for span in _days(each)}
    return Leg(story, group, tuple(sorted(days)), tuple(sorted(filter(None, earlier))))


def _days(each: Telling) -> tuple[Span, ...]:
    if each.spans:
        return tuple(span for span in each.spans if width(span) <= PRECISE)
    if each.published is not None and each.meeting.status is Status.HELD:
        return ((each.published - 1, each.published),)
    return ()


def visits(legs: Sequence[Leg]) -> Mapping[str, str]:
    """Return the visit id of each story that has one, by story id."""
    found: dict[str, str] = {}
    journeys = [[legs[n] for n in row] for row in _linked(legs).gathered(range(len(legs)))]
    for journey in sorted(journeys, key=lambda row: min(each.story.id for each in row)):
        if len(journey) < 2 and not journey[0].is_visit:
            continue
        earlier = sorted({id for each in journey for id in each.earlier} - set(found.values()))
        oldest = min(journey, key=lambda each: (each.group[0], each.story.id))
        visit = earlier[0] if earlier else ids.make(ids.VISIT, oldest.story.id)
        found |= {each.story.id: visit for each in journey}
    return found


def _linked(legs: Sequence[Leg]) -> Links[int]:
    links: Links[int] = Links()
    for country in {each.country for each in legs if each.country}:
        _link(links, [n for n, each in enumerate(legs) if each.country == country], legs)
    placed = [n for n, each in enumerate(legs) if each.country]
    nowhere = [n for n, each in enumerate(legs) if not each.country]
    _link(links, nowhere, legs)
    near = _by_day(placed, legs)
    for row in links.gathered(nowhere):
        beside = {m for n in row for start, end in legs[n].days for day in range(start, end + 1) for m in near[day]}
        if len({legs[m].country for m in beside}) == 1:  # between two countries a place must not be guessed
            for m in beside:
                links.join(row[0], m)
    _link_undated(links, legs)
    return links


def _link(links: Links[int], numbers: Sequence[int], legs: Sequence[Leg]) -> None:
    near = touching([legs[n].days for n in numbers], gap=1)
    for row in near.gathered(range(len(numbers))):
        for other in row[1:]:
            links.join(numbers[row[0]], numbers[other])


def _by_day(numbers: Sequence[int], legs: Sequence[Leg]) -> Mapping[int, list[int]]:
    """Return which legs touch each day: of one of theirs, the day before or the day after."""
    near: defaultdict[int, list[int]] = defaultdict(list)
    for number in numbers:
        for start, end in legs[number].days:
            for day in range(start - 1, end + 2):
                near[day].append(number)
    return near


def _link_undated(links: Links[int], legs: Sequence[Leg]) -> None:
    """Tie stories without a day that one article tells, unless it places them in two countries."""
    by_article: dict[str, list[int]] = {}
    for n, each in enumerate(legs):
        if not each.days:
            for telling in each.group:
                by_article.setdefault(telling.article, []).append(n)
    for numbers in by_article.values():
        if len({legs[n].country for n in numbers} - {None}) < 2:
            for n in numbers[1:]:
                links.join(numbers[0], n)
