"""One stretch: topics of its own | articles in | workers on | what they cost and when each article was through.

Rates are of the broker's message timestamps: from the first tenth of the verdicts to the last verdict or alert.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psutil
from msgspec.structs import replace

from benchmarks.pipeline.forward import GROUP
from jarshy.children import Child
from wire import broker
from wire import settings as environment
from wire.records import Article
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, CHANGELOGS, MANIFEST, MEETINGS, Topic

ROOT = Path(__file__).parents[2]
VERDICTS = next(topic for topic in CHANGELOGS if "verdicts" in topic.name)
EVERY, IN_FLIGHT = 0.25, 500
SETTLING = 10.0
"""Seconds at a rate that do not count as its delays: what queued up at a standing start is worked off in them."""
_numbers = count(1)


class Kind(NamedTuple):
    """What works on the articles: the module, its group, where it leaves one message for each article."""

    name: str
    module: str
    group: str
    reads: tuple[Topic, ...]
    leaves: Topic


WORKER = Kind("worker", "streams", "streams", (ARTICLES, MEETINGS), VERDICTS)
FORWARD = Kind("forward", "benchmarks.pipeline.forward", GROUP, (ARTICLES,), ALERTS)


class Sample(NamedTuple):
    """How things stood at a moment: processor seconds and megabytes of all workers, articles that are through."""

    at: float
    cpu: float
    megabytes: float
    through: int


class Pace(NamedTuple):
    """What one stretch came to."""

    a_second: float
    cpu_ms: float  # of the workers' processor time, an article
    alerts: int
    load: float  # what else wants this machine: the last minute's average


class Trouble(RuntimeError):
    """A stretch did not come to its end."""


def fresh(settings: Settings) -> Settings:
    """Return settings with topics of their own, made."""
    ours = replace(settings, prefix=f"bench-{next(_numbers)}", config=ROOT / "config")
    broker.create(ours, MANIFEST)
    return ours


def publish(settings: Settings, articles: Iterable[Article], rate: float = 0) -> None:
    """Publish the articles: as fast as it goes, or so many a second."""
    publisher = broker.Publisher(settings, "bench")
    pending, begun = [], time.monotonic()
    for number, article in enumerate(articles):
        pending.append(publisher.send_record(ARTICLES, article.id, article, id=article.id, time=article.seen))
        if len(pending) >= IN_FLIGHT:
            publisher.wait(pending)
            pending.clear()
        if rate and (early := begun + number / rate - time.monotonic()) > 0:
            time.sleep(early)
    publisher.wait(pending)
    publisher.close()


@contextmanager
def working(settings: Settings, kind: Kind, workers: int) -> Iterator[list[Child]]:
    """Run so many workers while the context lasts."""
    env = {**environment.environment(settings), "PYTHONPATH": str(ROOT)}
    logs = settings.data / settings.prefix
    logs.mkdir(parents=True)
    children = [Child([sys.executable, "-m", kind.module], logs / f"{n}.log", env) for n in range(workers)]
    try:
        for child in children:
            child.start()
        yield children
    finally:
        for child in children:
            child.kill()


def watch(settings: Settings, kind: Kind, children: Sequence[Child], many: int, limit: float) -> list[Sample]:
    """Sample until so many articles are through and nothing waits; raises Trouble when that takes too long."""
    processes = [psutil.Process(child.pid) for child in children if child.pid]
    outcome, samples = broker.Standing(settings, kind.group, (kind.leaves,)), list[Sample]()
    until = time.monotonic() + limit
    while not samples or samples[-1].through < many or broker.lag(settings, kind.group, kind.reads):
        if time.monotonic() > until or not all(child.alive for child in children):
            raise Trouble(f"{kind.name}: {samples[-1].through} of {many} through; see {settings.data}")
        time.sleep(EVERY)
        through = sum(end for _, end in outcome.ask().values())
        used = [process.cpu_times() for process in processes]
        memory = sum(process.memory_info().rss for process in processes) / 2**20
        samples.append(Sample(time.time(), sum(each.user + each.system for each in used), memory, through))
    outcome.close()
    return samples


def pace(settings: Settings, kind: Kind, articles: Sequence[Article], workers: int) -> Pace:
    """Let workers drain what waits, and return how fast they were."""
    ours = fresh(settings)
    publish(ours, articles)
    with working(ours, kind, workers) as children:
        samples = watch(ours, kind, children, len(articles), 120 + len(articles) / 10)
    written = sorted(message.timestamp / 1000 for message in broker.read_all(ours, kind.leaves))
    alerts = [message.timestamp / 1000 for message in broker.read_all(ours, ALERTS)]
    first, last = written[len(written) // 10], max([written[-1], *alerts])
    share = 0.9 * len(articles)
    cpu_ms = (_cpu(samples, last) - _cpu(samples, first)) * 1000 / share
    return Pace(share / (last - first), cpu_ms, len(alerts), os.getloadavg()[0])


def _cpu(samples: Sequence[Sample], at: float) -> float:
    """Return the processor seconds at a moment, between two samples."""
    before = max((s for s in samples if s.at <= at), default=samples[0], key=lambda s: s.at)
    after = min((s for s in samples if s.at > at), default=samples[-1], key=lambda s: s.at)
    share = (at - before.at) / (after.at - before.at) if after.at > before.at else 0.0
    return before.cpu + (after.cpu - before.cpu) * share


class Delays(NamedTuple):
    """Seconds from each article's publication to its verdict, in order of length."""

    settling: list[float]  # of the first SETTLING seconds
    settled: list[float]


def delays(settings: Settings, articles: Sequence[Article], rate: float, say: Callable[[str], None]) -> Delays:
    """Give one worker so many articles a second; return their delays."""
    ours, warm = fresh(settings), max(1, len(articles) // 10)
    with working(ours, WORKER, 1) as children:
        publish(ours, articles[:warm])  # the group has formed, the texts' words are known
        watch(ours, WORKER, children, warm, 120)
        say(f"{rate:.0f} articles a second for {(len(articles) - warm) / rate:.0f} s")
        publish(ours, articles[warm:], rate)
        watch(ours, WORKER, children, len(articles), 120)
    came = {message.key: message.timestamp for message in broker.read_all(ours, ARTICLES)}
    through = {message.key: message.timestamp for message in broker.read_all(ours, VERDICTS)}
    found = [(through[each.id] - came[each.id]) / 1000 for each in articles[warm:]]
    begins = round(rate * SETTLING)
    return Delays(sorted(found[:begins]), sorted(found[begins:]))


class Growth(NamedTuple):
    """A worker's memory over a long stretch, in MB."""

    articles: int
    at_a_fifth: float
    at_end: float
    slope: float  # for 100,000 articles, by least squares over the last four fifths


def growth(settings: Settings, articles: Callable[[], Iterable[Article]], many: int) -> Growth:
    """Return what a worker's memory does while many articles flow."""
    ours = fresh(settings)
    publish(ours, articles())
    with working(ours, WORKER, 1) as children:
        samples = watch(ours, WORKER, children, many, 120 + many / 50)
    late = [each for each in samples if each.through >= many / 5]
    middle = sum(s.through for s in late) / len(late), sum(s.megabytes for s in late) / len(late)
    spread = sum((s.through - middle[0]) ** 2 for s in late) or 1.0
    slope = sum((s.through - middle[0]) * (s.megabytes - middle[1]) for s in late) / spread
    return Growth(many, late[0].megabytes, late[-1].megabytes, slope * 100_000)
