"""One article, one of ours, somebody named and somebody only by his office: often the same talks in other words.

tellings of an article --the same of ours, way, status and days; theirs named beside an office--> who echoes whom
groups --nothing but echoes--> the group of what is echoed

Of 27 second meetings of an article in our corpora all name both sides; of 8 that recognition had made up before it
was mended for them 5 were such echoes (a minister's other post, "his counterpart the president"). Another article
that names him makes the second meeting an event of its own; until then its words and rules stay with the first.
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
