"""`jarshy feeds`: what is polled, how it stands, what a site offers, what a folder of feeds gives."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from collectors.feeds import Feed, load
from jarshy.cli import compiled, shown
from wire import settings
from wire.files import Problems

if TYPE_CHECKING:
    from collectors.states import FeedState
    from jarshy.probe import Offer

LANGUAGES = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}


@click.group()
def feeds() -> None:
    """Check config/feeds.yaml, see how its feeds stand, and find new ones."""


@feeds.command()
def check() -> None:
    """Show every fault of feeds.yaml at once, or what it holds; status 1 for a fault.

    A line is file:line:column: what is wrong (what to do).
    """
    to = shown.console()
    found = _loaded()
    rows = [_row(name, [feed for feed in found if feed.language == code]) for code, name in LANGUAGES.items()]
    headings = ("language", "feeds", "outlets", "hosts", "countries", "asked every")
    to.print(shown.table("", headings, [*rows, _row("all", found)]))
    click.echo(f"all is well: {shown.counted(len(found), 'feed')}")


def _loaded() -> tuple[Feed, ...]:
    try:
        return load(compiled.folder() / "feeds.yaml")
    except Problems as faults:
        number = shown.problems(shown.console(), faults.problems)
        raise click.ClickException(f"{shown.counted(number, 'problem')} in the feeds") from faults


@feeds.command()
@click.option("--trouble", is_flag=True, help="Only feeds that an operator hears of.")
def status(trouble: bool) -> None:
    """Show how every feed stands, when it last brought something new, when it is asked next, and why.

    It is read from the topic of states, where a state is written when it changes: a feed that is well was asked since.
    """
    from collectors.states import FeedState, restore
    from wire.broker import read_all
    from wire.topics import FEED_STATES

    found = _loaded()
    with compiled.waiting("reading the states"):
        states = restore(read_all(settings.read(), FEED_STATES))
    now = datetime.now(UTC)
    known = ((feed, states.get(feed.id) or FeedState(feed=feed.id)) for feed in found)
    rows = [row for feed, state in known if (row := _standing(feed, state, now, trouble))]
    headings = ("feed", "state", "why", "last new", "next poll", "why then", "took")
    shown.console().print(shown.table("", headings, rows))
    unlisted = len(states.keys() - {feed.id for feed in found})
    if unlisted:
        click.echo(f"{shown.counted(unlisted, 'feed')} remembered that feeds.yaml does not list")


def _standing(feed: Feed, state: "FeedState", now: datetime, trouble: bool) -> tuple[str | Text, ...] | None:
    """Return a feed's row, or None when only trouble is wanted and it has none."""
    from collectors.schedule import next_poll
    from collectors.standing import standing

    found, due = standing(state, now), next_poll(feed, state, now, 0.0)
    if trouble and not found.is_trouble:
        return None
    colour = "red" if found.is_trouble else "yellow" if state.failures else "green"
    wait = (due.at - (state.polled_at or now)).total_seconds()
    return (
        feed.id,
        Text(found.condition, colour),
        found.reason.text,
        f"{state.last_new:%Y-%m-%d %H:%M}" if state.last_new else "-",
        f"{due.at:%Y-%m-%d %H:%M:%S}" if due.at > now else f"within {_span(round(wait))}" if wait else "at once",
        due.reason.text,
        f"{state.took:.2f} s" if state.took else "-",
    )


@feeds.command()
@click.argument("url")
@click.option("--allow-private", is_flag=True, help="Ask addresses of this machine and its network too.")
def probe(url: str, allow_private: bool) -> None:
    """Find the feeds of the site at URL (or ask the feed there), and print a line for feeds.yaml for each.

    Shows what each gives: entries, language, how often it publishes, whether it can be asked for news alone, problems.
    """
    from jarshy import probe as asking

    with compiled.waiting(f"asking {url}"):
        offers = asyncio.run(asking.probe(url, allow_private=allow_private))
    good = [offer for offer in offers if offer.problem is None]
    headings = ("feed", "entries", "language", "newest", "publishes", "letters", "asked again, or what is wrong")
    shown.console().print(shown.table("", headings, [_offered(offer) for offer in offers]))
    for offer in good:
        if offer.language in LANGUAGES:
            click.echo(asking.line(offer))
        else:
            click.echo(f"# {offer.url} is not in Kazakh, Polish or Arabic")
    if not good:
        raise click.ClickException(f"no feed found at {url}")


def _offered(offer: "Offer") -> tuple[str, ...]:
    if offer.problem:
        return (offer.url, "-", "-", "-", "-", "-", offer.problem.text)
    return (
        offer.url,
        str(offer.entries),
        offer.language or "another",
        f"{offer.newest:%Y-%m-%d %H:%M}" if offer.newest else "-",
        f"every {_span(round(offer.pace))}" if offer.pace else "-",
        str(offer.letters),
        offer.asks_again,
    )


@feeds.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice([*LANGUAGES]), help="Its habits settle a charset that nothing declares.")
def conform(folder: Path, language: str | None) -> None:
    """Read every file below FOLDER as a feed, one line a file: what it gave, or why nothing; status 1 for a crash.

    The files are read as a collector reads them, in processes that are stopped after 10 seconds or 512 MB.
    """
    from jarshy import conform as suite

    async def run() -> Counter[str]:
        counts: Counter[str] = Counter()
        async for each in suite.check(suite.files(folder), language=language or ""):
            given = each.said or f"{each.entries} {'entry' if each.entries == 1 else 'entries'}"
            rest = f" ({each.problems})" if each.problems else ""
            click.echo(f"{each.path.relative_to(folder)}: {each.outcome}: {given}{rest}")
            counts[each.outcome] += 1
            counts["worse"] += each.is_worse
        return counts

    counts = asyncio.run(run())
    worse = counts.pop("worse", 0)
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in counts.most_common()) or "no files")
    if worse:
        raise click.ClickException(f"{shown.counted(worse, 'file')} had to be stopped, or found a fault of the parser")


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
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:g} s"
