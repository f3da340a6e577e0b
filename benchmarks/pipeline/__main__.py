"""`make bench-pipeline`: what a stream worker carries, in a table or as JSON."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console

from benchmarks.match.articles import PUBLISHED
from benchmarks.pipeline import figures
from benchmarks.pipeline.fold import fold
from benchmarks.pipeline.load import Press, again
from benchmarks.pipeline.stretch import FORWARD, ROOT, SETTLING, WORKER, Kind, Pace, Trouble, delays, growth, pace
from benchmarks.pipeline.told import INTERVAL, Way, told
from jarshy.embedded import EmbeddedBroker
from streams.pipeline import LivePipeline, Pipeline
from tests.brokers.kafka import KafkaBroker, jars
from wire.records import Article, encode
from wire.settings import Settings

REPORTING = 5.0
PARTITIONS, SEED, TRIES = 12, 1, 3
TOLD_A_SECOND = 50.0
"""Articles a second while the way from feeds to the chat is measured: ten thousand feeds in a busy hour."""
BROKER_MEGABYTES = 8_192
Say = Callable[[str], None]


class Size(NamedTuple):
    """How much is done."""

    articles: int
    kilobytes: int
    seconds: float  # of the stretch at half pace, once it has settled
    told: float  # seconds of the stretch from feed to chat
    memory: int  # articles over which memory is watched; 0: none


@click.command()
@click.option("--broker", "engine", type=click.Choice(["embedded", "apache"]), default="embedded", show_default=True)
@click.option("--articles", default=6_000, show_default=True, help="In each stretch.")
@click.option("--kilobytes", default=1, show_default=True, help="Of each article, about: 1 is a title and a summary.")
@click.option("--memory", default=50_000, show_default=True, help="Articles over which memory is watched; 0: none.")
@click.option("--quick", is_flag=True, help="1,500 articles in each stretch, and 3,000 for memory.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def main(engine: str, articles: int, kilobytes: int, memory: int, *, quick: bool, as_json: bool) -> None:
    """Measure articles a second with one and two workers, beside a Faust agent that only forwards; delays; memory."""
    size = Size(articles, kilobytes, 20, 60, memory)
    if quick:
        size = Size(1_500, kilobytes, 5, 20, min(memory, 3_000))
    folder = Path(tempfile.mkdtemp(prefix="jarshy-bench-"))
    with Console(stderr=True).status("writing articles") as status, _broker(engine, folder) as broker:
        settings = Settings(
            kafka=broker.address, embedded=broker.embedded, data=folder, partitions=PARTITIONS, session_timeout=6
        )
        found = _measured(settings, engine, size, status.update)
    shutil.rmtree(folder)  # it stays, with the workers' logs, when something goes wrong
    figures.as_json(found) if as_json else figures.table(found)


def _measured(settings: Settings, engine: str, size: Size, say: Say) -> figures.Figures:
    pipeline = LivePipeline(ROOT / "config").pipeline
    press = Press(pipeline, size.kilobytes, SEED)
    loads = {share: press.articles(size.articles, share) for share in (REPORTING, 0.0)}
    quiet = loads[0.0]
    rows = _rows(settings, loads, say)
    delay = _delay(settings, press, rows[0].ours.a_second, size.seconds, say)
    say("from feed to chat")
    chat = _to_chat(
        told(settings, press.articles(round(TOLD_A_SECOND * (SETTLING + size.told) / 0.9), REPORTING), TOLD_A_SECOND)
    )
    say(f"memory over {size.memory:,} articles")
    grown = growth(settings, lambda: again(quiet, size.memory), size.memory) if size.memory else None
    kilobytes = sum(len(encode(each)) for each in quiet) / len(quiet) / 1024
    return figures.Figures(
        engine, size.articles, kilobytes, _reading(pipeline, quiet), rows, delay, chat, fold(SEED), grown
    )


def _rows(settings: Settings, loads: dict[float, list[Article]], say: Say) -> tuple[figures.Row, ...]:
    """Return each load's pace with one and two workers, and the peer's on the same articles at nearly the same time."""

    def measured(kind: Kind, share: float, workers: int) -> Pace:
        say(f"{kind.name}: {workers} at work, {share:g} % reporting")
        for _ in range(TRIES - 1):
            try:
                return pace(settings, kind, loads[share], workers)
            except Trouble as trouble:  # too much else runs on this machine
                click.echo(f"{trouble}: done again", err=True)
        return pace(settings, kind, loads[share], workers)

    return tuple(
        figures.Row(share, workers, measured(WORKER, share, workers), measured(FORWARD, share, workers))
        for workers in (1, 2)
        for share in loads
    )


def _delay(settings: Settings, press: Press, full: float, seconds: float, say: Say) -> figures.Delay:
    """Return one worker's delays at half of its full pace."""
    rate = full / 2
    found = delays(settings, _settling_too(press, rate, seconds), rate, say)
    return figures.Delay(rate, *_ends(found.settled), SETTLING, *_ends(found.settling))


def _settling_too(press: Press, rate: float, seconds: float) -> list[Article]:
    """Return the articles of so many seconds at a rate, those before it has settled, and a tenth to form the groups."""
    return press.articles(round(rate * (SETTLING + seconds) / 0.9), REPORTING)


def _to_chat(ways: Sequence[Way]) -> figures.ToChat:
    handed_out, stood = _ends(way.seconds for way in ways), _ends(way.unread + way.seconds for way in ways)
    parts = (_ends(part)[0] for part in list(zip(*ways, strict=True))[1:])
    return figures.ToChat(TOLD_A_SECOND, INTERVAL, len(ways), *handed_out, *stood, *parts)


def _ends(found: Iterable[float]) -> tuple[float, float]:
    """Return the median and what one of a hundred goes beyond."""
    ordered = sorted(found)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]


def _broker(engine: str, folder: Path) -> AbstractContextManager[EmbeddedBroker | KafkaBroker]:
    if engine == "embedded":
        return EmbeddedBroker(folder / "broker.log", max_memory_mb=BROKER_MEGABYTES)
    return KafkaBroker(folder / "kafka", jars())


def _reading(pipeline: Pipeline, articles: Sequence[Article]) -> float:
    """Return the processor milliseconds that reading an article takes by itself."""
    begun = time.process_time()
    for article in articles:
        pipeline.read(article, 0, PUBLISHED)
    return (time.process_time() - begun) * 1000 / len(articles)


if __name__ == "__main__":
    main()
