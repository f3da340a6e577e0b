"""Which tellings are of one event: a function of the set of reports alone.

tellings -> who meets (buckets) -> when (days) -> two names are two (parts)
         -> arrivals go to the talks (greeters) -> groups, oldest first
"""

from collections.abc import Sequence

from streams.stories.greeters import received
from streams.stories.tellings import Telling
from streams.stories.when import by_date
from streams.stories.who import buckets, parts


def groups(told: Sequence[Telling]) -> list[list[Telling]]:
    """Return the tellings in one group for each event, each sorted by event time, the groups by their first."""
    found = [part for bucket in buckets(told) for group in by_date(bucket) for part in parts(group)]
    return sorted((sorted(group) for group in received(found)), key=lambda group: group[0])
