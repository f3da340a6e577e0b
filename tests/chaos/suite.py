"""A whole run: articles and faults of a seed -> run -> read back -> judged -> Verdict."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from streams.pipeline import LivePipeline
from tests.chaos.articles import stream
from tests.chaos.faults import schedule
from tests.chaos.outcome import Finding, Tally, judged, read_back
from tests.chaos.run import Broker, Course, Run
from tests.chaos.workers import ROOT
from wire.settings import Settings

FOUND = "found.msgpack"
"""All that a run left on the broker, kept beside the workers' logs: `msgspec.msgpack.decode(..., type=Found)`."""


class Plan(NamedTuple):
    """What decides a run."""

    seed: int
    articles: int
    faults: int
    workers: int


class Verdict(NamedTuple):
    """A run and what came of it."""

    plan: Plan
    engine: str
    course: Course
    tallies: list[Tally]
    seconds: float

    @property
    def lost(self) -> list[Finding]:
        """Return everything that is missing."""
        return [each for tally in self.tallies for each in tally.lost]

    @property
    def doubled(self) -> list[Finding]:
        """Return everything that is there in two ways."""
        return [each for tally in self.tallies for each in tally.doubled]

    @property
    def kept(self) -> bool:
        """Return whether the promise was kept."""
        return not (self.course.given_up or self.lost or self.doubled)


def put_through(plan: Plan, broker: Broker, settings: Settings, say: Callable[[int, str], None]) -> Verdict:
    """Put the streams through one run; the workers' logs are in the settings' data folder."""
    begun = time.monotonic()
    ours = replace(settings, config=ROOT / "config")
    pipeline = LivePipeline(ours.config)
    articles = stream(pipeline.pipeline.lexicon, plan.seed, plan.articles, datetime.now(UTC))
    faults = schedule(plan.seed, len(articles), plan.faults, ours.session_timeout, lasting=not broker.embedded)
    course = Run(ours, broker, articles=articles, faults=faults, workers=plan.workers, say=say).go()
    say(len(articles), "reading everything back")
    found = read_back(ours)
    (ours.data / FOUND).write_bytes(msgspec.msgpack.encode(found))
    tallies = judged(found, articles, pipeline.pipeline)
    engine = "embedded" if broker.embedded else "apache"
    return Verdict(plan, engine, course, tallies, time.monotonic() - begun)
