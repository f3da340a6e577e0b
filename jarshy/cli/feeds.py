"""`jarshy feeds`: what is polled."""

from collections import Counter
from collections.abc import Sequence

import click

from collectors.feeds import Feed, load
from jarshy.cli import compiled, shown
from wire.files import Problems

LANGUAGES = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}


@click.group()
def feeds() -> None:
    """Check config/feeds.yaml."""


@feeds.command()
def check() -> None:
    """Show every fault of feeds.yaml at once, or what it holds; status 1 for a fault.

    A line is file:line:column: what is wrong (what to do).
    """
    to = shown.console()
    try:
        found = load(compiled.folder() / "feeds.yaml")
    except Problems as faults:
        number = shown.problems(to, faults.problems)
        raise click.ClickException(f"{shown.counted(number, 'problem')} in the feeds") from faults
    rows = [_row(name, [feed for feed in found if feed.language == code]) for code, name in LANGUAGES.items()]
    headings = ("language", "feeds", "outlets", "hosts", "countries", "asked every")
    to.print(shown.table("", headings, [*rows, _row("all", found)]))
    click.echo(f"all is well: {shown.counted(len(found), 'feed')}")


def _row(name: str, feeds: Sequence[Feed]) -> tuple[str, ...]:
    countries = Counter(feed.country or "?" for feed in feeds)
    return (
        name,
        str(len(feeds)),
        str(len({feed.outlet for feed in feeds})),
        str(len({feed.host for feed in feeds})),
        ", ".join(f"{country} {number}" for country, number in countries.most_common(8)),
        _intervals(feeds),
    )


def _intervals(feeds: Sequence[Feed]) -> str:
    seconds = sorted({feed.interval for feed in feeds})
    if not seconds:
        return "-"
    return _span(seconds[0]) if len(seconds) == 1 else f"{_span(seconds[0])} to {_span(seconds[-1])}"


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
