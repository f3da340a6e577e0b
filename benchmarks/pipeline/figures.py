"""What was measured, for people (a table) and for programs (JSON)."""

import json
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.table import Table

from benchmarks.pipeline.fold import Fold
from benchmarks.pipeline.stretch import Growth, Pace

LEAST_OF_FORWARD, LEAST_A_SECOND, MOST_GROWTH = 0.6, 1_000, 10.0
"""What it should reach: with meetings in 5 % of the articles; with none, on one worker; MB for 100,000 articles."""


class Row(NamedTuple):
    """One kind of load on so many processes, of ours and of the forwarding peer."""

    of_a_hundred: float  # articles that report a meeting
    workers: int
    ours: Pace
    forward: Pace

    @property
    def ratio(self) -> float:
        """Return our articles a second as a part of the peer's."""
        return self.ours.a_second / self.forward.a_second


class Delay(NamedTuple):
    """Seconds from an article's publication on the topic to its verdict, at so many articles a second."""

    a_second: float
    p50: float
    p99: float
    settling: float  # so many seconds before, from a standing start, and their delays
    settling_p50: float
    settling_p99: float


class ToChat(NamedTuple):
    """Seconds on the way to the chat, from the answer that handed an entry out, and from its standing in the feed."""

    a_second: float
    interval: float  # seconds between two polls of a feed
    messages: int
    p50: float
    p99: float
    stood_p50: float
    stood_p99: float
    collector_p50: float
    stream_p50: float
    alerts_p50: float


class Figures(NamedTuple):
    """All of it."""

    engine: str
    articles: int
    kilobytes: float
    reading_ms: float  # what reading an article takes by itself, in one process with nothing around it
    rows: tuple[Row, ...]
    delay: Delay  # to the verdict, at half of the measured pace
    chat: ToChat
    fold: Fold
    growth: Growth | None


def table(figures: Figures) -> None:
    """Print the figures and whether they reach what they should."""
    console = Console()
    if not console.is_terminal:
        console.width = 120
    console.print(_paces(figures), _rest(figures))
    for good, text in reached(figures):
        console.print(f"{'reached' if good else 'NOT reached'}: {text}", highlight=False)


def _paces(figures: Figures) -> Table:
    title = f"Articles to alerts, {figures.engine}, {figures.articles:,} articles of {figures.kilobytes:.1f} KB"
    made = Table(title=title, title_justify="left")
    headings = ("reporting", "workers", "ours /s", "/CPU s", "alerts", "load")
    for heading in (*headings, "forward /s", "/CPU s", "load", "ratio", "of CPU"):
        made.add_column(heading, justify="right")
    for row in figures.rows:
        made.add_row(
            f"{row.of_a_hundred:g} %", str(row.workers),
            *_pace(row.ours), str(row.ours.alerts), f"{row.ours.load:.0f}",
            *_pace(row.forward), f"{row.forward.load:.0f}",
            f"{row.ratio:.2f}", f"{row.forward.cpu_ms / row.ours.cpu_ms:.2f}",
        )  # fmt: skip
    return made


def _pace(pace: Pace) -> tuple[str, str]:
    """Return articles a second by the clock, and by the workers' processors: that holds when others want them too."""
    return f"{pace.a_second:,.0f}", f"{1000 / pace.cpu_ms:,.0f}"


def _rest(figures: Figures) -> Table:
    made = Table(show_header=False)
    delay, chat, fold, growth = figures.delay, figures.chat, figures.fold, figures.growth
    made.add_row("reading alone, CPU ms an article", f"{figures.reading_ms:.2f}")
    made.add_row(f"article to verdict at {delay.a_second:.0f} a second, p50 / p99", _ms(delay.p50, delay.p99))
    start = _ms(delay.settling_p50, delay.settling_p99)
    made.add_row(f"in the {delay.settling:.0f} s before, from a standing start", start)
    made.add_row(f"feed to chat at {chat.a_second:.0f} a second, p50 / p99", _ms(chat.p50, chat.p99))
    parts = _ms(chat.collector_p50, chat.stream_p50, chat.alerts_p50)
    made.add_row("of it collector / stream worker / alerts, p50 each", parts)
    made.add_row(f"with the wait for a poll every {chat.interval:g} s", _ms(chat.stood_p50, chat.stood_p99))
    folds = f"{fold.few_ms:.1f} / {fold.many_ms:.1f}, {fold.ratio:.1f} times"
    made.add_row(f"a report more at {fold.few:,} / {fold.many:,} of its partner, CPU ms", folds)
    if growth:
        memory = f"{growth.at_a_fifth:.0f} at a fifth, {growth.at_end:.0f} at the end, {growth.slope:+.1f} for 100,000"
        made.add_row(f"a worker's memory over {growth.articles:,} articles, MB", memory)
    return made


def _ms(*seconds: float) -> str:
    return " / ".join(f"{each * 1000:.0f}" for each in seconds) + " ms"


def reached(figures: Figures) -> list[tuple[bool, str]]:
    """Return what was to be reached, and whether it was."""
    told = []
    for row in figures.rows:
        if row.of_a_hundred:
            text = f"{row.ratio:.2f} of forwarding, {row.workers} workers, {row.of_a_hundred:g} % reporting"
            told.append((row.ratio >= LEAST_OF_FORWARD, f"{text} (at least {LEAST_OF_FORWARD})"))
        elif row.workers == 1:
            text = f"{row.ours.a_second:,.0f} articles a second on one worker, none reporting"
            told.append((row.ours.a_second >= LEAST_A_SECOND, f"{text} (at least {LEAST_A_SECOND:,})"))
    if figures.growth:
        text = f"{figures.growth.slope:+.1f} MB for 100,000 articles (at most {MOST_GROWTH:.0f})"
        told.append((figures.growth.slope <= MOST_GROWTH, text))
    return told


def as_json(figures: Figures) -> None:
    """Print the figures as one JSON object."""
    rows = [
        {"reporting_percent": r.of_a_hundred, "workers": r.workers, "ours": r.ours._asdict(),
         "forward": r.forward._asdict(), "ratio": r.ratio}
        for r in figures.rows
    ]  # fmt: skip
    whole: dict[str, Any] = {
        "broker": figures.engine, "articles": figures.articles, "kilobytes": figures.kilobytes,
        "reading_ms": figures.reading_ms, "pace": rows, "delay": figures.delay._asdict(),
        "feed_to_chat": figures.chat._asdict(),
        "fold": {**figures.fold._asdict(), "ratio": figures.fold.ratio},
        "memory": figures.growth._asdict() if figures.growth else None,
        "reached": all(good for good, _ in reached(figures)),
    }  # fmt: skip
    click.echo(json.dumps(whole, indent=1))
