"""What one report more costs a partner of whom much is told: invented events of a month -> reports -> folds -> ms."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Final, NamedTuple

from streams.stories import Rows, follow, gather
from tests.streams.stories.newsroom import as_published, at, call, cancelled, day, fact, meeting, planned, report, visit
from wire.records import Report

FEW, MANY, MORE, PASSES = 300, 3_000, 10, 3
DAYS: Final = 30
OURS: Final = ("head-of-state", "head-of-government", "foreign-minister", "speaker")
THEIRS: Final = (*OURS, "deputy-minister", "envoy")
PLACES: Final = (None, "KZ", "KZ/astana", "CN/beijing")


class Fold(NamedTuple):
    """Processor milliseconds of one report more, with few and with many reports of its partner."""

    few: int
    few_ms: float
    many: int
    many_ms: float

    @property
    def ratio(self) -> float:
        """Return what many cost as a multiple of few."""
        return self.many_ms / self.few_ms


def fold(seed: int) -> Fold:
    """Measure, and return the fastest of the passes."""
    return Fold(FEW, _cost(FEW, seed), MANY, _cost(MANY, seed))


def _cost(many: int, seed: int) -> float:
    told = sorted(islice(_told(Random(seed)), many + MORE), key=lambda each: each.source.seen)
    reports = {each.source.article: each for each in told[:many]}
    kept = gather(reports, (), told[many - 1], _now(told[many - 1])).kept
    return min(_pass(Rows(reports, {each.story.id: each for each in kept}), told[many:]) for _ in range(PASSES))


def _pass(rows: Rows, more: list[Report]) -> float:
    begun = time.process_time()
    for each in more:
        rows, _ = follow(rows, each, _now(each))
    return (time.process_time() - begun) * 1000 / len(more)


def _now(report: Report) -> datetime:
    return report.source.seen + timedelta(seconds=2)


def _told(dice: Random) -> Iterator[Report]:
    """Yield reports of event after event: each told by one to nine articles, planned before and held, or called off."""
    number = 0
    while True:
        begins, us, them, where = dice.uniform(5, DAYS), dice.choice(OURS), dice.choice(THEIRS), dice.choice(PLACES)
        held, named = (
            dice.choice((meeting, meeting, meeting, visit, call)),
            dice.choice((None, f"a {them}", f"b {them}")),
        )
        for _ in range(dice.randint(1, 9)):
            tells = dice.choices((held, planned, cancelled), (15, 4, 1))[0]
            when = begins + (dice.uniform(0, 1.5) if tells is held else -dice.uniform(0, 4))
            on = dice.choice((None, day(int(begins)), as_published(int(when)), day(int(begins), int(begins) + 2)))
            said = tells(on, kz=us, them=them, theirs=named, where=where, facts=[fact(dice.choice(("treaty", "plan")))])
            yield report(f"art-{number}", said, published=at(1) + timedelta(days=when - 1))
            number += 1
