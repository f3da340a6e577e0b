"""Two meetings in one article, one with somebody named, one with an office alone: often the same talks, told twice.

tellings of an article --same side of ours, mode, status, days; the other side named, and only an office--> echoes
groups --those of echoes alone--> joined to the group of what they echo

All 27 articles of our corpora that truly tell of two meetings name both counterparts; of 8 second meetings that
recognition had made up, 5 were such echoes (a minister's other post, "his counterpart the president"). When another
article names the second counterpart, the echo becomes an event of its own; until then its words and rules stay with
the first.
"""

from collections.abc import Iterable, Mapping, Sequence

from streams.stories.tellings import Telling
from wire.records import Actor, Resolution

NAMED = (Resolution.NAMED, Resolution.INTRODUCED)


def echoed(told: Iterable[Telling]) -> Mapping[str, str]:
    """Return of each telling that echoes others of its article the key of the first of them."""
    articles: dict[str, list[Telling]] = {}
    for each in told:
        articles.setdefault(each.article, []).append(each)
    beside = (each for each in articles.values() if len(each) > 1)
    return {each.key: min(of).key for its in beside for each in its if (of := [o for o in its if _echoes(each, o)])}


def joined(groups: Sequence[list[Telling]], echoes: Mapping[str, str]) -> list[list[Telling]]:
    """Return the groups with each that only echoes in the group of what its first telling echoes."""
    homes = {each.key: number for number, group in enumerate(groups) for each in group}
    found = [list(group) for group in groups]
    for number, group in enumerate(groups):
        if all(each.key in echoes for each in group):
            found[homes[echoes[min(group).key]]] += group
            found[number] = []
    return [group for group in found if group]


def _echoes(each: Telling, other: Telling) -> bool:
    ours, theirs = each.meeting, other.meeting
    return (
        ours.counterpart.resolution not in NAMED
        and theirs.counterpart.resolution in NAMED
        and _who(ours.kz) == _who(theirs.kz)
        and (ours.mode, ours.status) == (theirs.mode, theirs.status)
        and _same_days(each, other)
    )


def _who(actor: Actor) -> str:
    return actor.person or actor.office


def _same_days(each: Telling, other: Telling) -> bool:
    """Return whether the two can be of one day."""
    if not each.spans or not other.spans:
        return True
    return any(start <= last and end >= first for start, end in each.spans for first, last in other.spans)
