"""Who greets a guest at the airport is not whom he came to meet: such an arrival goes to the talks.

groups --only arrivals, with a greeter--> the same traveller's talks beside them, with somebody higher -> one group

It looks only at what grouping made, so it too is a function of the set of reports. Talks with the greeter himself
have taken his arrivals before: a premier who only stands at the steps is another case than one who negotiates.
"""

from collections.abc import Sequence

from streams.stories.tellings import Telling
from streams.stories.when import Group, next_to, precise
from wire.records import Actor, Form, Level, Status

HOME = "KZ"
RANK = {Level.HEAD_OF_STATE: 0, Level.HEAD_OF_GOVERNMENT: 1, Level.SPEAKER: 2, Level.MINISTER: 2}
LOWEST = 3


def received(groups: Sequence[list[Telling]]) -> list[list[Telling]]:
    """Return the groups with each greeted arrival in that of the traveller's talks, where there are any."""
    gathered = [Group(group) for group in groups]
    arrivals = [n for n, group in enumerate(gathered) if _arrives(group)]
    talks = [n for n, group in enumerate(gathered) if n not in arrivals and _talks(group)] if arrivals else []
    found = [list(group) for group in groups]
    for number in arrivals:
        rank = _host_rank(gathered[number], gathered[number])
        homes = [n for n in talks if _is_for(gathered[number], rank, gathered[n])]
        if homes:
            best = min(homes, key=lambda n: (_host_rank(gathered[number], gathered[n]), min(groups[n])))
            found[best] += found[number]
            found[number] = []
    return [group for group in found if group]


def _arrives(group: Group) -> bool:
    return (
        group.forms == {Form.VISIT}
        and bool(group.spans)
        and precise(group)
        and all(each.meeting.status is Status.HELD for each in group.told)
        and _guest_is_theirs(group) is not None
    )


def _talks(group: Group) -> bool:
    met = (each.meeting.form is Form.MEETING and each.meeting.status is Status.HELD for each in group.told)
    return any(met)


def _guest_is_theirs(group: Group) -> bool | None:
    """Return who travels, by where it is: nobody knows in a third country, or where none is told."""
    if group.countries == {HOME}:
        return True
    return False if group.countries == {group.told[0].report.partner.code} else None


def _is_for(arrival: Group, rank: int, talks: Group) -> bool:
    """Return whether the arrival, greeted by that rank, is for the talks; the days, which most fail, come first."""
    return (
        _beside(arrival, talks)
        and arrival.agrees(talks.countries)
        and _host_rank(arrival, talks) < rank
        and not _guests(arrival, arrival).isdisjoint(_guests(talks, arrival))
    )


def _guests(group: Group, arrival: Group) -> set[str]:
    return {_who(_sides(each, arrival)[0]) for each in group.told}


def _beside(arrival: Group, talks: Group) -> bool:
    """Return whether the talks are in the visit or on the day after; without a day, by when they are told."""
    if talks.spans:
        return next_to(arrival, talks) == 0
    first, last = arrival.spans[0][0], arrival.spans[-1][1]
    return any(each.published is not None and first <= each.published <= last + 1 for each in talks.told)


def _host_rank(arrival: Group, group: Group) -> int:
    return min(RANK.get(_sides(each, arrival)[1].level, LOWEST) for each in group.told)


def _sides(each: Telling, arrival: Group) -> tuple[Actor, Actor]:
    """Return the traveller, and who receives him, going by the arrival."""
    ours, theirs = each.meeting.kz, each.meeting.counterpart
    return (theirs, ours) if _guest_is_theirs(arrival) else (ours, theirs)


def _who(actor: Actor) -> str:
    return actor.person or actor.office
