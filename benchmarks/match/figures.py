"""What was measured, as figures: medians, and ratios to the bare scan and to the smallest set of rules."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.match.measure import Cost
from benchmarks.match.memory import Peak
from benchmarks.match.recognition import Pace
from wire.records import Article


class Sized(NamedTuple):
    """What judging costs with one number of rules."""

    cost: Cost
    seconds: float  # to load the rules
    topics: float  # named by an article
    wanted: float  # rules that want an article

    @classmethod
    def of(cls, cost: Cost, seconds: float, hits: Mapping[str, float]) -> "Sized":
        """Put together what was measured."""
        return cls(cost, seconds, hits["topics"], hits["wanted"])


class Recognising(NamedTuple):
    """What recognising costs for one kind of article."""

    ours: bool
    letters: float
    kilobytes: float
    pace: Pace
    where: Mapping[str, float]

    @classmethod
    def of(cls, ours: bool, texts: Sequence[Article], pace: Pace, where: Mapping[str, float]) -> "Recognising":
        """Put together what was measured."""
        letters = sum(len(each.body) for each in texts) / len(texts)
        size = sum(len(each.body.encode()) for each in texts) / len(texts) / 1024
        return cls(ours, letters, size, pace, where)


class Figures(NamedTuple):
    """All of it."""

    articles: int
    bare: Cost
    sized: Mapping[int, Sized]
    stages: Mapping[str, float]  # of the largest set, warm
    peak: Peak
    recognising: tuple[Recognising, ...]


class Ratios(NamedTuple):
    """One temperature's figures of one number of rules."""

    a_second: float
    of_bare: float  # articles a second, as a part of the bare scan's
    times_ten: float  # cost, in costs of the smallest set


def ratios(figures: Figures, size: int, *, warm: bool) -> Ratios:
    """Return how one set of rules compares."""
    cost, bare, smallest = (
        median(each.warm if warm else each.cold)
        for each in (figures.sized[size].cost, figures.bare, figures.sized[min(figures.sized)].cost)
    )
    return Ratios(1e6 / cost, bare / cost, cost / smallest)
