"""How often a feed publishes: times of its articles -> Rhythm -> how long it may be quiet.

Pure; all figures are seconds.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from wire.records import Value

WEIGHT = 0.2
"""Share of the newest gap in the pace: some ten articles make a new habit."""
FORGETTING = 14 * 86_400.0
"""Half-life of the longest pause: last month's holiday does not excuse this week's silence."""
FEWEST = 5
"""Dates from which a first document's rhythm can be told."""
PATIENCE = 3.0
LEAST_SILENCE, MOST_SILENCE = 12 * 3600.0, 7 * 86_400.0
DORMANT_AFTER = 30 * 86_400.0


class Rhythm(Value, frozen=True, kw_only=True):
    """The usual gap between two articles, and the longest of late."""

    pace: float
    longest: float


def first(times: Iterable[datetime], seen: datetime) -> Rhythm | None:
    """Return the rhythm that a document's own dates tell, or None when they are too few."""
    known = sorted(at for at in times if at <= seen)
    if len(known) < FEWEST:
        return None
    gaps = [(after - before).total_seconds() for before, after in pairwise(known)]
    return Rhythm(pace=sum(gaps) / len(gaps), longest=max(gaps))


def heard(rhythm: Rhythm | None, gap: float, articles: int) -> Rhythm:
    """Return the rhythm after so many new articles came, `gap` after the last."""
    each = gap / articles
    if rhythm is None:
        return Rhythm(pace=each, longest=gap)
    faded = rhythm.longest * 2.0 ** -(gap / FORGETTING)
    return Rhythm(pace=rhythm.pace + WEIGHT * (each - rhythm.pace), longest=max(gap, faded))


def patience(rhythm: Rhythm | None) -> float:
    """Return how long the feed may bring nothing new before its silence is strange."""
    if rhythm is None:
        return MOST_SILENCE
    return min(MOST_SILENCE, max(LEAST_SILENCE, PATIENCE * rhythm.longest))
