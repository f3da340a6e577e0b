"""Which tellings are of one event: a function of the set of reports alone.

tellings -> who meets (buckets) -> when (days) -> two names are two (parts)
         -> what only echoes goes to what it echoes -> arrivals go to the talks (greeters) -> groups, oldest first
"""

from collections.abc import Sequence

from streams.stories.echoes import echoed, joined
from streams.stories.greeters import received
from streams.stories.tellings import Telling
from streams.stories.when import by_date
from streams.stories.who import buckets, parts


def groups(told: Sequence[Telling]) -> list[list[Telling]]:
    """Return the tellings in one group for each event, each sorted by event time, the groups by their first.

    Of one article those come first that echo no other: who is named keeps the story when an echo leaves it.
    """
    echoes = echoed(told)
    found = [part for bucket in buckets(told) for group in by_date(bucket) for part in parts(group)]
    gathered = [sorted(group) for group in received(joined(found, echoes))]
    return sorted(gathered, key=lambda group: (*group[0][:2], group[0].key in echoes, group[0]))
