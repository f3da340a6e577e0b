"""Where and when a meeting is, by the word of most: places and dates of a group, and what is disputed.

tellings -> votes -> place (a city says more than its country), date (a day says more than a range)
"""

from collections.abc import Iterable, Mapping, Sequence

from streams.stories.statuses import Run
from streams.stories.tellings import Telling, assumed
from streams.stories.votes import Vote, dispute, prevailing, votes
from wire.records import Dispute, EventDate, Names, Place, Reason


def place_value(place: Place) -> str:
    """Return a place as one comparable value: `KZ/astana`, or `KZ`."""
    return "/".join(part for part in (place.country, place.city) if part)


def date_value(date: EventDate) -> str:
    """Return a date as one comparable value: a day, or two with a slash (ISO 8601)."""
    return date.start.isoformat() if date.end <= date.start else f"{date.start.isoformat()}/{date.end.isoformat()}"


def place_of(group: Sequence[Telling]) -> tuple[Place | None, tuple[Dispute, ...]]:
    """Return where it is, and the cities (or, without any, the countries) on which sources differ."""
    told = [(place, each) for each in group if (place := each.meeting.place)]
    cities = votes((place_value(place), each) for place, each in told if place.city)
    found = cities or votes((place_value(place), each) for place, each in told if place.country)
    value = prevailing(found)
    places = {place_value(place): place for place, _ in reversed(told)}
    return places[value] if value else None, _disputes(
        "place", found, {value: place.names for value, place in places.items()}
    )


def date_of(group: Sequence[Telling], run: Run) -> tuple[EventDate | None, Reason | None, tuple[Dispute, ...]]:
    """Return when it is: by a word of the text, of those who say its present status, the narrowest, then of most.

    A day told before stands for a later range that holds it: "this week" does not unsay "on Thursday".
    """
    told = _stated(run.told) or _stated(group) or _dated(run.told) or _dated(group)
    if not told:
        return None, _why_not([why for each in group if (why := each.meeting.date_unknown)]), ()
    narrow = _narrowest(told)
    narrow = _narrowest([each for each in _stated(group) if _inside(each[0], narrow[0][0])]) or narrow
    found = votes((date_value(date), each) for date, each in narrow)
    value = prevailing(found)
    return next(date for date, _ in narrow if date_value(date) == value), None, _disputes("date", found)


def _narrowest(told: Sequence[tuple[EventDate, Telling]]) -> list[tuple[EventDate, Telling]]:
    least = min((date.end - date.start for date, _ in told), default=None)
    return [each for each in told if each[0].end - each[0].start == least]


def _inside(date: EventDate, other: EventDate) -> bool:
    return other.start <= date.start and date.end <= other.end


def _why_not(reasons: Sequence[Reason]) -> Reason | None:
    """Return the earliest reason that shows in a text: a Tuesday of an unknown week says more than no day at all."""
    return next((why for why in reasons if why.start is not None), reasons[0] if reasons else None)


def _stated(group: Iterable[Telling]) -> list[tuple[EventDate, Telling]]:
    return [(date, each) for date, each in _dated(group) if not assumed(date)]


def _dated(group: Iterable[Telling]) -> list[tuple[EventDate, Telling]]:
    return [(date, each) for each in group if (date := each.meeting.date)]


def _disputes(
    what: str, found: dict[str, Vote], names: Mapping[str, Names | None] | None = None
) -> tuple[Dispute, ...]:
    if len(found) < 2:
        return ()
    return (dispute(what, [(value, vote.told) for value, vote in found.items()], names),)
